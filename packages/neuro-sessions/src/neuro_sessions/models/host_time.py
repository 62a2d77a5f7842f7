import uuid
from datetime import time

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..constraints import NoOverlap
from ..validators import validate_time_zone


class HostCalendar(models.Model):
    """One row per person: the lock under which their time is claimed, and their rules for all of their listings.

    ``version`` rises with every change to what is free. Empty numbers mean what ``NEURO_SESSIONS`` says.
    """

    host = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="neuro_calendar"
    )
    version = models.PositiveBigIntegerField(default=0, editable=False)
    notice_minutes = models.PositiveIntegerField(_("minutes of notice"), null=True, blank=True)
    horizon_days = models.PositiveSmallIntegerField(_("days ahead"), null=True, blank=True)
    interval_minutes = models.PositiveSmallIntegerField(
        _("minutes between starts"), null=True, blank=True, validators=[MinValueValidator(5)]
    )
    buffer_before_minutes = models.PositiveSmallIntegerField(_("minutes free before a session"), default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(_("minutes free after a session"), default=0)
    max_per_day = models.PositiveSmallIntegerField(_("sessions in one day at most"), null=True, blank=True)
    max_per_week = models.PositiveSmallIntegerField(_("sessions in one week at most"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True, editable=False)
    holiday_country = models.CharField(_("public holidays of"), max_length=2, blank=True)
    holiday_region = models.CharField(_("region"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def __str__(self) -> str:
        return f"{self.host_id}: {self.version}"


class DateOverride(models.Model):
    """Days of a host that are not as usual, both included: away, or at other hours. It rules all of their listings.

    Several overrides of one day add their hours. Clock times are in ``time_zone``; an end of 00:00 is the day's end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="date_overrides")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("to"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    note = models.CharField(_("note for yourself"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("change to the usual times")
        verbose_name_plural = _("changes to the usual times")
        ordering = ["first_day", "start_time"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_override_last_day_after_first",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="neuro_sessions_override_ends_after_start",
                condition=Q(start_time=None, end_time=None)
                | Q(start_time__isnull=False, end_time=time(0))
                | Q(end_time__gt=F("start_time")),
                violation_error_message=_("The end must be later than the start."),
            ),
        ]
        indexes = [models.Index(fields=["host", "last_day"], name="neuro_sessions_override_host")]

    def __str__(self) -> str:
        return f"{self.host_id}: {self.first_day}–{self.last_day}"

    @property
    def is_away(self) -> bool:
        return self.start_time is None


class HostTerms(models.Model):
    """A host's ground rules; append-only. The highest version is the one that people are asked to accept."""

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="host_terms")
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("ground rules"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("since"), editable=False)

    class Meta:
        verbose_name = _("ground rules")
        verbose_name_plural = _("ground rules")
        ordering = ["host", "-version"]
        constraints = [models.UniqueConstraint(fields=["host", "version"], name="neuro_sessions_terms_one_per_version")]

    def __str__(self) -> str:
        return f"{self.host_id}: {self.version}"


class HostTime(models.Model):
    """Time of a person that is taken, buffers included. A row exists exactly as long as it takes the time.

    A booking takes the time of its host and of its seeker, so that nobody is in two sessions at once; a hold takes
    the host's for one person who is filling in a request. Only ``host_time`` writes here. ``expires_at`` is when a
    claim ends by itself. ``day`` is the host's day to which it counts under their limits; empty for seekers.
    """

    class Kind(models.TextChoices):
        HOLD = "hold", _("kept while somebody asks")
        REQUEST = "request", _("asked for")
        SESSION = "session", _("session")

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    day = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    booking = models.ForeignKey("Booking", on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times")
    holder = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("taken time")
        verbose_name_plural = _("taken times")
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_host_time_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="neuro_sessions_host_time_of_hold_or_booking",
                condition=Q(kind="hold", holder__isnull=False, booking=None)
                | Q(~Q(kind="hold"), holder=None, booking__isnull=False),
            ),
            models.UniqueConstraint(fields=["booking", "host"], name="neuro_sessions_host_time_once_per_person"),
            NoOverlap(
                name="neuro_sessions_host_time_no_overlap",
                same="host",
                start="starts_at",
                end="ends_at",
                violation_error_message=_("The host is taken at that time."),
            ),
        ]
        indexes = [
            models.Index(fields=["host", "ends_at"], name="neuro_sessions_host_time_ends"),
            models.Index(fields=["expires_at"], name="neuro_sessions_host_time_due"),
        ]

    def __str__(self) -> str:
        return f"{self.host_id}: {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M} UTC"
