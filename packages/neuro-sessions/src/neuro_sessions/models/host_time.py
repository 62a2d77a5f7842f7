from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..constraints import NoOverlap


class HostCalendar(models.Model):
    """One row per host; updating it takes the lock under which the host's time is claimed."""

    host = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.host_id}: {self.version}"


class HostTime(models.Model):
    """Time of a host that is taken. A row exists exactly as long as it takes the time.

    Only ``host_time.claim_time`` writes here; ``expires_at`` is when a claim ends by itself.
    """

    class Kind(models.TextChoices):
        REQUEST = "request", _("asked for")
        SESSION = "session", _("session")

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    booking = models.OneToOneField("Booking", on_delete=models.CASCADE, related_name="host_time")

    class Meta:
        verbose_name = _("taken time")
        verbose_name_plural = _("taken times")
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_host_time_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            NoOverlap(
                name="neuro_sessions_host_time_no_overlap",
                same="host",
                start="starts_at",
                end="ends_at",
                violation_error_message=_("The host is taken at that time."),
            ),
        ]
        indexes = [models.Index(fields=["host", "ends_at"], name="neuro_sessions_host_time_ends")]

    def __str__(self) -> str:
        return f"{self.host_id}: {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M} UTC"
