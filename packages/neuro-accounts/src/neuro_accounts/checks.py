from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, register

from neuro_accounts import conf, zones


def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001 to E003 as in every package; E004 unknown time zone; E005 base address without scheme or host."""
    found = conf.get.check("neuro_accounts")
    return found or [*_check_zone(conf.get().default_time_zone), *_check_base_url(conf.get().base_url)]


def _check_zone(name: str) -> list[CheckMessage]:
    if zones.find(name):
        return []
    message = f"NEURO_ACCOUNTS['DEFAULT_TIME_ZONE'] is no known time zone: {name!r}."
    return [Error(message, hint="Use an IANA name, for example 'Europe/London'.", id="neuro_accounts.E004")]


def _check_base_url(url: str) -> list[CheckMessage]:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return []
    message = f"NEURO_ACCOUNTS['BASE_URL'] needs a scheme and a host: {url!r}."
    return [Error(message, hint="For example 'https://www.example.org'.", id="neuro_accounts.E005")]


def connect() -> None:
    register(check_settings, "neuro_accounts")
