from typing import Any
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 5, 120
# First parts of addresses under the index that are not listings.
RESERVED_SLUGS = frozenset({"availability", "bookings", "create", "edit", "hosting", "publish", "request", "unpublish"})


def validate_durations(value: Any) -> None:
    """A list of different whole minutes from 5 to 120."""
    if not isinstance(value, list) or not value:
        raise ValidationError(_("Choose at least one length."))
    if any(not isinstance(minutes, int) or not SHORTEST <= minutes <= LONGEST for minutes in value):
        raise ValidationError(_("A length is between 5 and 120 minutes."))
    if len(set(value)) != len(value):
        raise ValidationError(_("Each length can be there once."))


def validate_languages(value: Any) -> None:
    """A list of different codes of languages that Django has names for."""
    if not isinstance(value, list) or any(code not in LANG_INFO for code in value):
        raise ValidationError(_("Choose languages from the list."))
    if len(set(value)) != len(value):
        raise ValidationError(_("Each language can be there once."))


def validate_slug_is_free(value: str) -> None:
    if value in RESERVED_SLUGS:
        raise ValidationError(_("This address is needed for another page."))


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("This time zone is not known."))
