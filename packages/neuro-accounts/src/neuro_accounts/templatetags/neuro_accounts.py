from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.template import Library
from django.utils.formats import date_format
from django_components import ComponentRegistry, RegistrySettings

from neuro_accounts import profiles
from neuro_accounts._places import zone_name
from neuro_accounts.components.profile_card import ProfileCard
from neuro_accounts.preferences import clock_format

register = Library()
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("profile_card", ProfileCard)

register.simple_tag(zone_name, name="active_zone")


@register.filter(expects_localtime=True)
def time_of_day(moment: datetime) -> str:
    """In the active zone, on the clock that the reader chose: ``14:30`` or ``2:30 PM``."""
    return date_format(moment, clock_format())


@register.filter
def display_name(user: AbstractBaseUser) -> str:
    """The name that others see."""
    return profiles.display_name(user)
