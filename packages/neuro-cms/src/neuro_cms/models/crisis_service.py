import re
from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from neuro_cms import countries

CHECK_EVERY = timedelta(days=182)

is_dialled = RegexValidator(r"^\+?[0-9][0-9 ]*$", _("Enter digits and spaces only, like 116 123."), "invalid_number")


class CrisisServiceQuerySet(models.QuerySet["CrisisService"]):
    def to_check(self, *, on: date) -> Self:
        """What nobody has checked within the last six months."""
        return self.exclude(last_checked__gt=on - CHECK_EVERY)


class CrisisService(models.Model):
    """Who helps at once, in one country: the emergency number, or people who listen."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency number")
        HELPLINE = "helpline", _("Somebody who listens")

    country = models.CharField(_("country"), max_length=2, choices=countries.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HELPLINE)
    name = models.CharField(_("name"), max_length=80, help_text=_("What the service calls itself."))
    phone = models.CharField(_("phone number"), max_length=24, blank=True, validators=[is_dialled])
    text_number = models.CharField(_("number for text messages"), max_length=24, blank=True, validators=[is_dialled])
    text_words = models.CharField(
        _("word to send"), max_length=40, blank=True, help_text=_("What the text message has to say, like Shout.")
    )
    web_address = models.URLField(_("website"), blank=True, validators=[URLValidator(["https"])])
    hours = models.CharField(_("when somebody answers"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Who it is for, or what to expect."))
    last_checked = models.DateField(
        _("last checked"), null=True, blank=True, help_text=_("When somebody of the team last tried all of this.")
    )
    order = models.PositiveSmallIntegerField(
        _("order"),
        default=10,
        help_text=_("The smallest number comes first, also at the end of every page."),
    )

    objects = CrisisServiceQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("country"), FieldPanel("kind")]),
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("phone", "text_number", "text_words", "web_address")],
            heading=_("How to reach it"),
        ),
        FieldPanel("hours"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("last_checked"), FieldPanel("order")]),
    ]

    class Meta:
        ordering = ["country", "order", "name"]
        verbose_name = _("crisis service")
        verbose_name_plural = _("crisis services")
        constraints = [models.UniqueConstraint(fields=["country", "name"], name="neuro_cms_crisis_service_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"

    def clean(self) -> None:
        super().clean()
        if not (self.phone or self.text_number or self.web_address):
            raise ValidationError(_("Give a phone number, a number for text messages or a website."), "unreachable")
        if self.text_words and not self.text_number:
            raise ValidationError({"text_number": _("Where is the text message sent to?")}, "no_text_number")

    def needs_a_check(self, *, on: date) -> bool:
        """Whether nobody has checked it within the last six months."""
        return self.last_checked is None or self.last_checked <= on - CHECK_EVERY

    @property
    def phone_address(self) -> str:
        return f"tel:{_digits(self.phone)}"

    @property
    def text_address(self) -> str:
        return f"sms:{_digits(self.text_number)}"

    @property
    def web_host(self) -> str:
        return re.sub(r"^https://(www\.)?|/.*$", "", self.web_address)


def _digits(number: str) -> str:
    return number.replace(" ", "")
