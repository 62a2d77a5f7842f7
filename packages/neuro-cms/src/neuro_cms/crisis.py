import json
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from neuro_cms import conf, countries
from neuro_cms.models import CrisisService

SHIPPED = Path(__file__).parent / "data" / "crisis_services.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstNumbers:
    """What stands at the end of each page: the first of each kind that has a phone number."""

    emergency: CrisisService | None
    helpline: CrisisService | None


def first_numbers() -> FirstNumbers:
    """For the country of ``CRISIS_COUNTRY``, in one query."""
    services = [service for service in services_in(conf.get().crisis_country) if service.phone]
    first = {service.kind: service for service in reversed(services)}
    kinds = CrisisService.Kind
    return FirstNumbers(emergency=first.get(kinds.EMERGENCY), helpline=first.get(kinds.HELPLINE))


def services_in(country: str) -> list[CrisisService]:
    return list(CrisisService.objects.filter(country=country))


def covered_countries() -> dict[str, str]:
    """The countries that have services, by their two letters, in the order of their names."""
    covered = set(CrisisService.objects.order_by().values_list("country", flat=True).distinct())
    return {code: name for code, name in countries.names().items() if code in covered}


def load_shipped_services() -> list[str]:
    """Add the services that come with this package; returns the countries that were added.

    A country of which there is any row is left exactly as it is, so what editors changed or took away stays so.
    """
    shipped: dict[str, list[dict[str, str]]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    with transaction.atomic():
        known = set(CrisisService.objects.order_by().values_list("country", flat=True))
        added = [country for country in shipped if country not in known]
        # Somebody who loads at the same moment writes the same rows.
        CrisisService.objects.bulk_create(
            [
                CrisisService(country=country, order=10 * place, **fields)
                for country in added
                for place, fields in enumerate(shipped[country], start=1)
            ],
            ignore_conflicts=True,
        )
    return added
