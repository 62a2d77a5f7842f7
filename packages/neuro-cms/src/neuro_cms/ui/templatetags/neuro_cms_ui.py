from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django_components import ComponentRegistry, RegistrySettings

from neuro_cms.ui import icons
from neuro_cms.ui.components.accordion import Accordion
from neuro_cms.ui.components.hero import Hero

register = Library()
# An own registry keeps the tags as they are documented, whatever formatter the host has chosen.
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("accordion", Accordion)
registry.register("hero", Hero)

ICON = '<svg class="nm-icon" aria-hidden="true" width="24" height="24"><use href="{}#{}"></use></svg>'


class IconNode(Node):
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return format_html(ICON, static(icons.SPRITE), self.name)


@register.tag
def icon(parser: Parser, token: Token) -> IconNode:
    """``{% icon "calendar" %}``: an icon beside words, which screen readers pass over.

    Raises TemplateSyntaxError for anything but one quoted name that the sprite holds.
    """
    given = token.split_contents()[1:]
    name = given[0].strip("\"'") if len(given) == 1 else ""
    if not name or name == given[0]:
        raise TemplateSyntaxError("The tag icon takes one name in quotes.")
    if name not in icons.names():
        raise TemplateSyntaxError(f"There is no icon {name!r} in {icons.SPRITE}.")
    return IconNode(name)
