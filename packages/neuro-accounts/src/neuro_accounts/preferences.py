"""How a person wants pages to look and times to be written.

People with an account keep their choices there, guests in a cookie. An account that was ever asked keeps its answer:
choices from a cookie are taken over only where there is none.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpResponseBase

from neuro_accounts.models import DisplayPreferences

COOKIE = "nm_display"
COOKIE_AGE = 365 * 24 * 60 * 60
SALT = "neuro_accounts.preferences"

# What pages are told in another way than by an attribute.
NO_ATTRIBUTES = ("clock", "times")
CLOCK_24, CLOCK_12 = "H:i", "g:i A"

_clock_format: ContextVar[str] = ContextVar("neuro_accounts_clock_format", default=CLOCK_24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person chose. Empty: nothing chosen, so the device or the site decides. Values as in the model."""

    theme: str = ""
    calm: str = ""
    contrast: str = ""
    tint: str = ""
    font: str = ""
    size: str = ""
    spacing: str = ""
    motion: str = ""
    clock: str = ""
    times: str = ""


NOTHING = Choices()
NAMES = tuple(field.name for field in fields(Choices))
OPTIONS = {field.name: [value for value, _label in field.flatchoices] for field in DisplayPreferences._meta.fields}


def of(user: AbstractBaseUser) -> Choices:
    """What this person's account keeps."""
    try:
        stored = user.neuro_display_preferences  # type: ignore[attr-defined]
    except DisplayPreferences.DoesNotExist:
        return NOTHING
    return _known({name: getattr(stored, name) for name in NAMES})


def chosen(user: AbstractBaseUser | AnonymousUser | None, cookies: Mapping[str, str]) -> Choices:
    """What counts for this visitor: the account's choices, for guests those of the cookie."""
    return of(user) if user is not None and user.is_authenticated else from_cookie(cookies)


def save(user: AbstractBaseUser, choices: Choices) -> None:
    stored, _created = DisplayPreferences.objects.update_or_create(user_id=user.pk, defaults=asdict(choices))
    # What the user object remembers would be out of date.
    user.neuro_display_preferences = stored  # type: ignore[attr-defined]


def reset(user: AbstractBaseUser) -> None:
    """Puts everything back to normal, and keeps that as the account's answer."""
    save(user, NOTHING)


def take_over_on_sign_in(user: AbstractBaseUser, cookies: Mapping[str, str]) -> None:
    """Stores what the guest chose before signing in, unless the account already has an answer."""
    choices = from_cookie(cookies)
    if choices != NOTHING:
        stored, _created = DisplayPreferences.objects.get_or_create(user_id=user.pk, defaults=asdict(choices))
        user.neuro_display_preferences = stored  # type: ignore[attr-defined]


def from_cookie(cookies: Mapping[str, str]) -> Choices:
    """What a guest chose. A cookie that is older than a year or that we did not write counts as none."""
    try:
        kept = signing.loads(cookies.get(COOKIE, ""), salt=SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return NOTHING
    return _known(kept)


def to_cookie(response: HttpResponseBase, choices: Choices) -> None:
    """Has the browser keep these choices for a year; a choice of nothing takes the cookie away."""
    if choices == NOTHING:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps({name: value for name, value in asdict(choices).items() if value}, salt=SALT),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def attributes(choices: Choices) -> dict[str, str]:
    """The ``data-`` attributes for ``<html>``, without what is not chosen: ``{"theme": "dark"}``."""
    return {name: value for name, value in asdict(choices).items() if value and name not in NO_ATTRIBUTES}


def clock_format() -> str:
    """Django's format for a time of day, as its reader wants it: ``H:i`` or ``g:i A``."""
    return _clock_format.get()


@contextmanager
def clock_of(choices: Choices) -> Iterator[None]:
    """While this lasts, ``clock_format`` follows these choices."""
    token = _clock_format.set(CLOCK_12 if choices.clock else CLOCK_24)
    try:
        yield
    finally:
        _clock_format.reset(token)


def _known(given: Mapping[str, Any]) -> Choices:
    """Without names and values that the model does not know: another version of this package may have written them."""
    return Choices(**{name: given[name] for name in NAMES if given.get(name) in OPTIONS[name]})
