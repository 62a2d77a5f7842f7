from django.template import Library
from django_components import ComponentRegistry, RegistrySettings

from neuro_video._places import zone_name
from neuro_video.components.join_card import JoinCard

register = Library()
registry = ComponentRegistry(
    library=register,
    settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter"),
)
registry.register("join_card", JoinCard)

register.simple_tag(zone_name, name="video_zone")
