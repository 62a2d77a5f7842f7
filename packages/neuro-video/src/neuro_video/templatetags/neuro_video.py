from django.template import Library
from django.utils import timezone
from django_components import ComponentRegistry, RegistrySettings

from neuro_video.components.join_card import JoinCard

register = Library()
registry = ComponentRegistry(
    library=register,
    settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter"),
)
registry.register("join_card", JoinCard)


@register.simple_tag
def video_zone_place() -> str:
    """The active time zone as a place: "London" for Europe/London."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
