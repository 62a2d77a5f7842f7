from typing import Any

from django.core.checks import CheckMessage, Error

from neuro_video import conf

MINUTES = ("OPENS_BEFORE_MINUTES", "CLOSES_AFTER_MINUTES", "CREATE_BEFORE_MINUTES")


def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E001 to E003 are those of every neuro package; E004: no ``default`` provider; E005: negative minutes."""
    found = conf.get.check("neuro_video")
    if found:
        return found
    settings = conf.get()
    if conf.DEFAULT_ALIAS not in settings.providers:
        hint = "Rooms are made by the provider under this alias."
        found.append(Error("NEURO_VIDEO['PROVIDERS'] has no 'default'.", hint=hint, id="neuro_video.E004"))
    for key in MINUTES:
        if getattr(settings, key.lower()) < 0:
            found.append(Error(f"NEURO_VIDEO[{key!r}] must not be negative.", id="neuro_video.E005"))
    return found
