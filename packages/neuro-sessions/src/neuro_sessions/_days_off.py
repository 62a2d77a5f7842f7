from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@lru_cache(maxsize=1024)
def public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """The days of one year. A country or region that is not known has none."""
    import holidays  # It takes a fifth of a second, and few processes look at holidays.

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()


def validate_place(country: str, region: str) -> None:
    """Raises ``ValidationError`` by field where no public holidays are known."""
    import holidays

    known = holidays.list_supported_countries()
    if country and country not in known:
        raise ValidationError({"holiday_country": _("The public holidays of this country are not known.")})
    if region and region not in known.get(country, []):
        raise ValidationError({"holiday_region": _("The public holidays of this region are not known.")})
