import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..constraints import AppendOnly
from .abstract import AbstractSessionRequest, AbstractSessionReview
from .listing import PeerSession, granted_to

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


def _answered_by(user: "AbstractBaseUser") -> Q:
    # Nobody answers a request of their own, also when they became a co-host after asking.
    cohosted = Q(peer_session__in=granted_to(user, "schedule_session")) & ~Q(seeker_id=user.pk)
    return Q(host_id=user.pk) | cohosted


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        """The two people of a booking, its listing's co-hosts, and nobody else."""
        return self.filter(Q(seeker_id=user.pk) | _answered_by(user)) if user.is_authenticated else self.none()

    def of_seeker(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        return self.filter(seeker_id=user.pk) if user.is_authenticated else self.none()

    def manageable_by(self, user: "AbstractBaseUser | AnonymousUser") -> "BookingQuerySet":
        """What a person may answer for: as its host, or as a co-host of its listing."""
        return self.filter(_answered_by(user)) if user.is_authenticated else self.none()

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
        CANCELLED = "cancelled", _("cancelled")

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        ATTENDED = "attended", _("was there")
        LATE = "late", _("came late")
        MISSED = "missed", _("did not come")

    class Side(models.TextChoices):
        SEEKER = "seeker", _("who asked")
        HOST = "host", _("the host")
        PLATFORM = "platform", _("our team")

    class Concession(models.TextChoices):
        NONE = "none", _("not asked for")
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("given")
        DECLINED = "declined", _("not possible")

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hosted_bookings")
    peer_session = models.ForeignKey(PeerSession, on_delete=models.PROTECT, related_name="bookings")
    scheduled_session = models.ForeignKey(
        ScheduledSession, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    state = models.CharField(_("state"), max_length=16, choices=State.choices, editable=False)
    attendance = models.CharField(
        _("attendance"), max_length=16, choices=Attendance.choices, default=Attendance.UNKNOWN, editable=False
    )
    concession = models.CharField(
        _("reduced price"), max_length=8, choices=Concession.choices, default=Concession.NONE, editable=False
    )
    answer = models.TextField(_("the host's message"), max_length=2000, blank=True)
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    proposed_starts_at = models.DateTimeField(_("proposed start"), null=True, editable=False)
    proposed_by = models.CharField(_("proposed by"), max_length=8, choices=Side.choices, blank=True, editable=False)
    cancelled_by = models.CharField(_("cancelled by"), max_length=8, choices=Side.choices, blank=True, editable=False)
    refund = models.PositiveIntegerField(_("to give back"), default=0, editable=False)
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


class BookingDraft(models.Model):
    """What somebody has filled in for a request so far: one for each listing, for 30 days after the last change."""

    seeker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="booking_drafts")
    peer_session = models.ForeignKey(PeerSession, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    hold_ends_by = models.DateTimeField(help_text=_("The time can be kept until then at most."))
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("request in the making")
        verbose_name_plural = _("requests in the making")
        constraints = [
            models.UniqueConstraint(fields=["seeker", "peer_session"], name="neuro_sessions_draft_one_per_listing")
        ]

    def __str__(self) -> str:
        return f"{self.seeker_id}: {self.peer_session_id}"


class ExactEncoder(DjangoJSONEncoder):
    """Keeps the microseconds, which Django's encoder drops."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class BookingEvent(models.Model):
    """Append-only: what happened to a booking. ``changes`` are ``{column: [before, after]}``; replaying them in order
    gives the booking's row. The database refuses to change an event; what people wrote stands in ``words``, in the same
    shape, and can be erased.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="events")
    revision = models.PositiveIntegerField()
    act = models.CharField(max_length=16)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    changes = models.JSONField(encoder=ExactEncoder)
    words = models.JSONField(null=True)

    class Meta:
        verbose_name = _("booking event")
        verbose_name_plural = _("booking events")
        ordering = ["booking", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "revision"], name="neuro_sessions_event_once_per_revision"),
            AppendOnly(name="neuro_sessions_event_append_only", erasable=["words"]),
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
