from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from . import conf
from .models import ScheduledSession
from .refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class CannotJoin(Refusal):
    """Codes: too_early, over, no_room."""


@dataclass(frozen=True, slots=True)
class Door:
    """When a meeting can be joined: aware UTC instants."""

    opens_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


class MeetingPlace(Protocol):
    """Where people meet. An implementation keeps its own records and holds no rule of bookings."""

    asks_for_link: bool
    """Whether hosts type a meeting link on their listing."""

    def want(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        """People will meet at this time. In a transaction: no network."""

    def move(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        """The time has changed. In a transaction: no network."""

    def end(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        """Nobody meets there any more. In a transaction: no network."""

    def door(self, scheduled: ScheduledSession) -> Door: ...

    def join_url(self, scheduled: ScheduledSession, *, person: "AbstractUser", back_path: str, now: datetime) -> str:
        """The address for this person now, never to be stored. Raises ``CannotJoin``."""


class TypedLink:
    """The host types a link on the listing; it is shown only inside the window."""

    asks_for_link = True

    def want(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        return

    def move(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        return

    def end(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        return

    def door(self, scheduled: ScheduledSession) -> Door:
        settings = conf.get()
        return Door(
            scheduled.starts_at - timedelta(minutes=settings.opens_before_minutes),
            scheduled.ends_at + timedelta(minutes=settings.closes_after_minutes),
        )

    def join_url(self, scheduled: ScheduledSession, *, person: "AbstractUser", back_path: str, now: datetime) -> str:
        door = self.door(scheduled)
        if now < door.opens_at:
            raise CannotJoin("too_early", _("It is too early to join."))
        if now >= door.closes_at:
            raise CannotJoin("over", _("This session is over."))
        # The listing's link as it is now: a host who corrects it reaches everybody who has booked.
        link = scheduled.meeting_link or scheduled.peer_session.meeting_link
        if not link:
            raise CannotJoin("no_room", _("The host has not added a meeting link yet."))
        return link


def meeting_place() -> MeetingPlace:
    """The implementation that ``NEURO_SESSIONS["MEETING_PLACE"]`` names."""
    chosen: MeetingPlace = import_string(conf.get().meeting_place)()
    return chosen
