from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def _choice(label: Any, options: dict[str, Any], *, help_text: Any = "") -> "models.CharField[str, str]":
    """One setting. The empty option is what everybody gets who has chosen nothing."""
    return models.CharField(label, max_length=16, blank=True, choices=options, help_text=help_text)


class DisplayPreferences(models.Model):
    """How a person wants pages to look and times to be written. It works with every user model."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="neuro_display_preferences",
        verbose_name=_("user"),
    )
    theme = _choice(
        _("light or dark"),
        {"": _("As on my device"), "light": _("Light"), "dark": _("Dark")},
    )
    calm = _choice(
        _("calm colours"),
        {"": _("Off"), "on": _("On")},
        help_text=_("Softer colours, no shadows and no pictures that are only decoration."),
    )
    contrast = _choice(
        _("contrast"),
        {"": _("As on my device"), "more": _("More contrast")},
    )
    tint = _choice(
        _("page colour"),
        {"": _("Normal"), "cream": _("Cream"), "mint": _("Mint"), "sky": _("Sky"), "rose": _("Rose")},
        help_text=_("You see this when the page is light and calm colours are off."),
    )
    font = _choice(
        _("font"),
        {
            "": _("Atkinson Hyperlegible"),
            "opendyslexic": _("OpenDyslexic"),
            "lexend": _("Lexend"),
            "device": _("The font of my device"),
        },
    )
    size = _choice(
        _("text size"),
        {"": _("Normal"), "large": _("Large"), "xlarge": _("Very large")},
    )
    spacing = _choice(
        _("space between letters and lines"),
        {"": _("Normal"), "wide": _("Wide"), "wider": _("Very wide")},
    )
    motion = _choice(
        _("movement"),
        {
            "": _("As on my device"),
            "none": _("None: colours change at once"),
            "allow": _("Short: colours change softly"),
        },
        help_text=_("Nothing moves by itself here. This is about buttons and links that you use."),
    )
    clock = _choice(
        _("clock"),
        {"": _("24 hours, for example 14:30"), "12": _("12 hours, for example 2:30 PM")},
    )
    times = _choice(
        _("times to choose from"),
        {"": _("As a list of days"), "calendar": _("As a calendar")},
        help_text=_("You can also change this on each page with times."),
    )

    class Meta:
        verbose_name = _("display preferences")
        verbose_name_plural = _("display preferences")

    def __str__(self) -> str:
        return str(self.user)
