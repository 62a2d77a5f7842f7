from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from neuro_accounts import zones
from neuro_accounts.models import Profile

__all__ = ["Profile", "change", "chosen_time_zone", "display_name", "language_of", "load", "time_zone_of"]

REMEMBERED = ("neuro_profile", "neuro_display_preferences")


def display_name(user: AbstractBaseUser) -> str:
    """The name that others see: the one the person chose, else the username."""
    return Profile.objects.of(user).display_name or user.get_username()


def chosen_time_zone(user: AbstractBaseUser) -> ZoneInfo | None:
    """The zone that the person chose. None: they have not chosen one."""
    return zones.find(Profile.objects.of(user).time_zone)


def time_zone_of(user: AbstractBaseUser) -> ZoneInfo:
    """The zone in which times are shown to this person."""
    return chosen_time_zone(user) or zones.default()


def language_of(user: AbstractBaseUser) -> str:
    """The language code in which mails are written to this person: theirs if the site offers it, else the site's."""
    language = Profile.objects.of(user).language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def load(user: AbstractBaseUser) -> None:
    """Reads the profile and the display settings of a person in one query. The user object remembers both."""
    people = get_user_model()._base_manager.select_related(*REMEMBERED)
    for stored in people.filter(pk=user.pk):
        for relation in REMEMBERED:
            # Where there is none, that is remembered too.
            user._state.fields_cache[relation] = stored._state.fields_cache[relation]


def change(user: AbstractBaseUser, **fields: Any) -> Profile:
    """Stores these fields of the person's profile, which is made when it is not there yet."""
    stored, _created = Profile.objects.update_or_create(user_id=user.pk, defaults=fields)
    # What the user object remembers of its profile would be out of date.
    user.neuro_profile = stored  # type: ignore[attr-defined]
    return stored
