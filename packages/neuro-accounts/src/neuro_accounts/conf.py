from dataclasses import dataclass, field
from typing import Any

from neuro_accounts._conf import PackageSettings


def _default_groups() -> dict[str, dict[str, Any]]:
    return {
        "Support Seeker": {"label": "Support seeker", "permissions": []},
        "Peer": {"label": "Peer", "permissions": []},
        "Neuromancer": {
            "label": "Neuromancer",
            "permissions": ["neuro_accounts.view_hostapplication", "neuro_accounts.change_hostapplication"],
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``NEURO_ACCOUNTS``."""

    default_time_zone: str = "Europe/London"
    """IANA name of the zone for everybody who has not chosen one."""
    minimum_age: int = 18
    """Whole years that a person must have lived to sign up."""
    terms_version: str = "2026-11"
    """Version of the terms that people accept at sign-up; stored with the time of acceptance."""
    terms_url: str = ""
    """Where the terms can be read. Empty: the sign-up form names them without a link."""
    base_url: str = "http://localhost:8000"
    """Scheme and host of the site, for links in mails."""
    host_group: str = "Peer"
    """Group that an accepted host application leads to."""
    seeker_group: str = "Support Seeker"
    """Group that a confirmed e-mail address leads to."""
    groups: dict[str, dict[str, Any]] = field(default_factory=_default_groups)
    """Groups that ``setup_default_groups`` makes: ``{name: {"label": …, "permissions": ["app.codename", …]}}``."""
    wakes_mail: bool = True
    """Whether new mails go out at once. With ``TASKS`` that run inside the request, False keeps pages from waiting
    for the mail server: mails then go out with the next ``tick``."""
    page_size: int = 12
    """Entries on one page of a list."""


get = PackageSettings("NEURO_ACCOUNTS", Settings)
