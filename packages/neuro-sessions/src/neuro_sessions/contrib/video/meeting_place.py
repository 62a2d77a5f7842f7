from datetime import datetime
from typing import TYPE_CHECKING

from neuro_accounts.profiles import display_name
from neuro_video import rooms
from neuro_video.providers.base import Participant

from ...meeting_place import CannotJoin, Door
from ...models import ScheduledSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

SOURCE_TYPE = "neuro_sessions.scheduled_session"


class Room:
    """The ``MeetingPlace`` that is a video room of neuro-video."""

    asks_for_link = False

    def want(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        rooms.want(SOURCE_TYPE, str(scheduled.pk), starts_at=scheduled.starts_at, ends_at=scheduled.ends_at, now=now)

    def move(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        rooms.move(SOURCE_TYPE, str(scheduled.pk), starts_at=scheduled.starts_at, ends_at=scheduled.ends_at, now=now)

    def end(self, scheduled: ScheduledSession, *, now: datetime) -> None:
        rooms.end(SOURCE_TYPE, str(scheduled.pk), now=now)

    def door(self, scheduled: ScheduledSession) -> Door:
        return Door(rooms.opens_at(scheduled), rooms.closes_at(scheduled))

    def join_url(self, scheduled: ScheduledSession, *, person: "AbstractUser", back_path: str, now: datetime) -> str:
        participant = Participant(
            role="host" if person.pk == scheduled.host_id else "guest",
            external_id=f"{scheduled.pk}:{person.pk}",
            display_name=display_name(person),
            back_path=back_path,
        )
        try:
            return rooms.join(SOURCE_TYPE, str(scheduled.pk), participant=participant, now=now).url
        except rooms.NotOpenYet as refusal:
            raise CannotJoin("too_early", refusal.sentence) from refusal
        except rooms.Closed as refusal:
            raise CannotJoin("over", refusal.sentence) from refusal
        except rooms.RoomUnavailable as refusal:
            raise CannotJoin("no_room", refusal.sentence) from refusal
