import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neuro_video._claims import DueWork
from neuro_video.conf import DEFAULT_ALIAS


def new_key() -> str:
    """The name of a room towards a provider: random, so that nobody guesses it and it tells nothing."""
    return secrets.token_hex(16)


class State(models.TextChoices):
    WANTED = "wanted", _("Wanted")
    READY = "ready", _("Ready")
    ENDED = "ended", _("Ended")
    FAILED = "failed", _("Failed")


class MeetingRoomQuerySet(models.QuerySet["MeetingRoom"]):
    def live(self) -> "MeetingRoomQuerySet":
        return self.exclude(state=State.ENDED)

    def of(self, source_type: str, source_id: str) -> "MeetingRoomQuerySet":
        return self.filter(source_type=source_type, source_id=source_id)


class MeetingRoom(DueWork):
    """A room for one source, whatever model of whatever project that is. ``rooms`` alone changes a row."""

    State = State

    id = models.UUIDField(_("identifier"), primary_key=True, default=uuid.uuid4, editable=False)
    source_type = models.CharField(_("kind of source"), max_length=100)
    source_id = models.CharField(_("source"), max_length=100)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WANTED)
    created_at = models.DateTimeField(_("created at"))
    provider = models.CharField(_("provider"), max_length=50, default=DEFAULT_ALIAS)
    key = models.CharField(_("key"), max_length=32, unique=True, default=new_key, editable=False)
    remote_id = models.CharField(_("identifier at the provider"), max_length=255, blank=True)
    url = models.CharField(_("address at the provider"), max_length=2000, blank=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    objects = MeetingRoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting room")
        verbose_name_plural = _("meeting rooms")
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["source_type", "source_id"], name="neuro_video_room_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id"],
                condition=~Q(state="ended"),
                name="neuro_video_room_one_live_per_source",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="neuro_video_room_ends_after_start"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="neuro_video_room_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_type} {self.source_id}"
