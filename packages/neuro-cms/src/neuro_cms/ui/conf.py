from dataclasses import dataclass, field

from django.urls import reverse

from neuro_cms._conf import PackageSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``NEURO_CMS_UI``, in capitals there."""

    exit_url: str = ""
    """Where “Exit this page” leads: a harmless page of somebody else, such as the weather. Empty: no such link."""

    help_url: str = ""
    """Where a person helps: a path, an address or the name of a route. Error pages and sign-in pages lead there."""

    account_url: str = ""
    """Where one's own account starts, in the same ways. The breadcrumb of the sign-in pages leads there."""

    colours: dict[str, dict[str, str]] = field(default_factory=dict)
    """The colours that the project has changed, by theme and token: ``{"light": {"brand": "#0b3d5c"}}``. A system check
    computes their contrast; it does not set them."""

    maintenance_file: str = ""
    """While a file is at this path, ``MaintenanceMiddleware`` answers every request. Empty: never."""

    maintenance_retry_seconds: int = 600
    """What ``Retry-After`` says meanwhile."""


get = PackageSettings("NEURO_CMS_UI", Settings)


def address(target: str) -> str:
    """The address that a setting means. Raises ``NoReverseMatch`` for a name that no route has."""
    return reverse(target) if target and "/" not in target else target
