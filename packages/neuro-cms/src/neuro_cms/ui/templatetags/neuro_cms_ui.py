from django.template import Library
from django_components import ComponentRegistry, RegistrySettings

from neuro_cms.ui.components.accordion import Accordion
from neuro_cms.ui.components.hero import Hero

register = Library()
# An own registry keeps the tags as they are documented, whatever formatter the host has chosen.
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("accordion", Accordion)
registry.register("hero", Hero)
