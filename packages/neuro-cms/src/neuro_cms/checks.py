from typing import Any

from django.core import checks

from neuro_cms import conf, countries


def settings_are_sound(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """E001 to E003 as in every package; E004 unknown country; W001 when no person can be reached."""
    found = conf.get.check("neuro_cms")
    return found or [*_check_country(conf.get().crisis_country), *_check_support(conf.get().support_email)]


def _check_country(code: str) -> list[checks.CheckMessage]:
    if code in countries.names():
        return []
    message = f"NEURO_CMS['CRISIS_COUNTRY'] is no known country: {code!r}."
    return [checks.Error(message, hint="Two capital letters of ISO 3166-1, for example 'GB'.", id="neuro_cms.E004")]


def _check_support(address: str) -> list[checks.CheckMessage]:
    if address:
        return []
    message = "The help page names no person who can be reached."
    return [checks.Warning(message, hint="Set NEURO_CMS['SUPPORT_EMAIL'].", id="neuro_cms.W001")]
