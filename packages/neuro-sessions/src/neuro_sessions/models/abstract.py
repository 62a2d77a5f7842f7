import uuid
from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..validators import validate_durations, validate_slug_is_free, validate_time_zone


class AbstractSession(models.Model):
    """A listing: what a host offers. Prices are in minor units of ``currency``; durations are minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("host")
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True, validators=[validate_slug_is_free])
    description = models.TextField(_("what will happen"), max_length=4000)
    durations = models.JSONField(_("lengths in minutes"), validators=[validate_durations])
    currency = models.CharField(_("currency"), max_length=3)
    price = models.PositiveIntegerField(_("price"), default=0)
    meeting_link = models.URLField(_("meeting link"), max_length=500, blank=True)
    requests_block_time = models.BooleanField(
        _("keep the time free while I decide"),
        default=True,
        help_text=_("Nobody else can ask for the same time until you have answered."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class AbstractAvailability(models.Model):
    """A weekly window of wall-clock time in ``time_zone``. An end of 00:00 means the end of the day."""

    class Weekday(models.IntegerChoices):
        # As datetime.date.weekday() counts.
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("to"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.start_time:%H:%M}–{self.end_time:%H:%M} ({self.time_zone})"

    @property
    def is_whole_day(self) -> bool:
        return self.start_time == self.end_time == time(0)


class AbstractSessionRequest(models.Model):
    """One person's wish for a seat, with what was promised at that moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seeker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("seeker")
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    note = models.TextField(_("note to the host"), max_length=2000, blank=True)
    title = models.CharField(_("title as promised"), max_length=120)
    price = models.PositiveIntegerField(_("price as promised"))
    currency = models.CharField(_("currency"), max_length=3)
    seeker_time_zone = models.CharField(max_length=64)
    host_time_zone = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("asked at"), editable=False)

    class Meta:
        abstract = True


class AbstractSessionReview(models.Model):
    rating = models.PositiveSmallIntegerField(_("rating"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("review"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("written at"), editable=False)

    class Meta:
        abstract = True
