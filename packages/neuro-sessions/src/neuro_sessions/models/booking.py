import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .abstract import AbstractSessionRequest, AbstractSessionReview
from .listing import PeerSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class ScheduledSession(models.Model):
    """A time when people meet. A one-to-one session has a capacity of one and is made when it is approved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scheduled_sessions")
    peer_session = models.ForeignKey(PeerSession, on_delete=models.PROTECT, related_name="scheduled_sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=1)
    meeting_link = models.URLField(max_length=500, blank=True)
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("scheduled session")
        verbose_name_plural = _("scheduled sessions")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_scheduled_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peer_session} {self.starts_at:%Y-%m-%d %H:%M} UTC"


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        """The two people of a booking, and nobody else."""
        return self.filter(Q(seeker_id=user.pk) | Q(host_id=user.pk)) if user.is_authenticated else self.none()

    def of_seeker(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        return self.filter(seeker_id=user.pk) if user.is_authenticated else self.none()

    def manageable_by(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        return self.filter(host_id=user.pk) if user.is_authenticated else self.none()

    def with_people(self) -> "BookingQuerySet":
        return self.select_related(
            "seeker__neuro_profile", "host__neuro_profile", "peer_session", "scheduled_session", "review"
        )


class Booking(AbstractSessionRequest):
    """One person's seat, from the request to afterwards. ``booking.py`` alone writes ``state``."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for the host")
        APPROVED = "approved", _("waiting for payment")
        CONFIRMED = "confirmed", _("booked")
        COMPLETED = "completed", _("over")
        REJECTED = "rejected", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("ran out")

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        ATTENDED = "attended", _("was there")

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hosted_bookings")
    peer_session = models.ForeignKey(PeerSession, on_delete=models.PROTECT, related_name="bookings")
    scheduled_session = models.ForeignKey(
        ScheduledSession, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    state = models.CharField(_("state"), max_length=16, choices=State.choices, editable=False)
    attendance = models.CharField(
        _("attendance"), max_length=16, choices=Attendance.choices, default=Attendance.UNKNOWN, editable=False
    )
    answer = models.TextField(_("the host's message"), max_length=2000, blank=True)
    deadline = models.DateTimeField(
        _("ends by itself"), null=True, blank=True, help_text=_("When the present state ends if nobody acts.")
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_booking_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["state", "deadline"], name="neuro_sessions_booking_due"),
            models.Index(fields=["state", "ends_at"], name="neuro_sessions_booking_over"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_at:%Y-%m-%d %H:%M} UTC"

    def get_absolute_url(self) -> str:
        return reverse("neuro_sessions:booking", args=[self.pk])


class ExactEncoder(DjangoJSONEncoder):
    """Keeps the microseconds, which Django's encoder drops."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class BookingEvent(models.Model):
    """Append-only: what happened to a booking. Replaying ``changes`` in order gives the booking's row."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="events")
    revision = models.PositiveIntegerField()
    act = models.CharField(max_length=16)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    changes = models.JSONField(encoder=ExactEncoder)

    class Meta:
        verbose_name = _("booking event")
        verbose_name_plural = _("booking events")
        ordering = ["booking", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "revision"], name="neuro_sessions_event_once_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.revision} {self.act}"


class Review(AbstractSessionReview):
    """What a seeker says after a session; one per booking. Shown on the listing without the seeker's name."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="review")

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_review_rating_1_to_5", condition=Q(rating__gte=1) & Q(rating__lte=5)
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5: {self.booking}"
