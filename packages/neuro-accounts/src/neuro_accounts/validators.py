from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from neuro_accounts import zones

username_characters = RegexValidator(
    r"^[\w-]+\Z", _("Use only letters, digits, underscores and hyphens."), code="username_characters"
)
username_length = MinLengthValidator(5, _("Use at least 5 characters."))
country_code = RegexValidator(r"^[A-Z]{2}\Z", _("Use the two-letter code of the country, for example GB."))


def validate_time_zone(name: str) -> None:
    """Raises ValidationError when no zone has this IANA name."""
    if zones.find(name) is None:
        raise ValidationError(_("This time zone is not known. Choose one from the list."), code="unknown_time_zone")
