from dataclasses import dataclass

from neuro_cms._conf import PackageSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``NEURO_CMS``, in capitals there."""

    crisis_country: str = "GB"
    """Whose emergency number and helplines are shown first: a country by its two letters (ISO 3166-1)."""

    support_email: str = ""
    """Where a person reads and answers."""

    support_answers_within_days: int = 3
    """Within how many days that person answers."""


get = PackageSettings("NEURO_CMS", Settings)
