from django.contrib.auth.base_user import AbstractBaseUser
from django.template import Library
from django.utils import timezone
from django_components import ComponentRegistry, RegistrySettings

from neuro_accounts import profiles, zones
from neuro_accounts.components.profile_card import ProfileCard

register = Library()
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("profile_card", ProfileCard)


@register.filter
def display_name(user: AbstractBaseUser) -> str:
    """The name that others see."""
    return profiles.display_name(user)


@register.simple_tag
def active_place() -> str:
    """The place whose time the date filters show now: ``London``."""
    return zones.place(timezone.get_current_timezone_name())
