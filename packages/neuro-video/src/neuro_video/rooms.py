"""Everything that happens to a room. No other module changes a ``MeetingRoom``.

    wanted → ready → ended          failed: the provider refused for good; a move or a person at the door asks again

``next_attempt_at`` says when a row has to be looked at: before the start to make the room, after the end to end it.
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neuro_video import conf
from neuro_video._claims import claim_due, finish, try_again
from neuro_video.models import MeetingRoom, MeetingRoomQuerySet
from neuro_video.providers import asking
from neuro_video.providers.base import Join, Participant, ProviderError, Room, RoomSpec
from neuro_video.tickets import Ticket, under_another_id

State = MeetingRoom.State
FRAME_SALT = "neuro_video.frame"


class Refusal(Exception):
    """Somebody cannot enter now. ``code`` is stable, ``sentence`` is for people."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        return str(self._sentence)


class NotOpenYet(Refusal):
    """``opens_at``: when the door opens, aware."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__("not_open_yet", _("The room is not open yet."))
        self.opens_at = opens_at


class Closed(Refusal):
    def __init__(self) -> None:
        super().__init__("closed", _("This meeting is over. The room is closed."))


class RoomUnavailable(Refusal):
    """``code``: ``no_room``, ``being_made``, ``not_ready`` or ``provider_failed``."""


def want(source_type: str, source_id: str, *, starts_at: datetime, ends_at: datetime, now: datetime) -> MeetingRoom:
    """The live room of this source, for these times. Repeating is harmless; other times move the room.

    Only writes down that a room is wanted: no network, safe inside the caller's transaction.
    """
    room, made = (
        MeetingRoom.objects.live()
        .of(source_type, source_id)
        .get_or_create(
            defaults={
                "source_type": source_type,
                "source_id": source_id,
                "starts_at": starts_at,
                "ends_at": ends_at,
                "next_attempt_at": _make_at(starts_at),
                "created_at": now,
            }
        )
    )
    if not made and (room.starts_at, room.ends_at) != (starts_at, ends_at):
        _set_times(room, starts_at=starts_at, ends_at=ends_at)
    return room


def move(
    source_type: str, source_id: str, *, starts_at: datetime, ends_at: datetime, now: datetime
) -> MeetingRoom | None:
    """Gives the live room of this source other times; it stays the same room. None: there is no live room."""
    room = MeetingRoom.objects.live().of(source_type, source_id).first()
    if room:
        _set_times(room, starts_at=starts_at, ends_at=ends_at)
    return room


def end(source_type: str, source_id: str, *, now: datetime) -> None:
    """Closes the door at once. The provider is told by the next ``tick``, so its trouble is never the caller's."""
    live = MeetingRoom.objects.live().of(source_type, source_id)
    live.update(state=State.ENDED, next_attempt_at=now, attempts=0)


def join(source_type: str, source_id: str, *, participant: Participant, now: datetime) -> Join:
    """The address for this person, now. Makes the room if that has not happened yet.

    A provider whose meeting is shown in a frame gives the address of our own room page, which asks it again.

    Asks the provider, so it refuses (``RuntimeError``) to run inside a transaction. Whether this person may
    enter at all is decided by the caller. Raises ``NotOpenYet``, ``Closed``, ``RoomUnavailable``.
    """
    with transaction.atomic(durable=True):
        room = room_of(source_type, source_id)
    if room is None:
        raise RoomUnavailable("no_room", _("There is no room for this meeting."))
    check_open(room, now=now)
    if room.state != State.READY:
        room = _made_on_demand(room, now=now)
    participant = under_another_id(participant, key=room.key)
    joined = _address(room, participant)
    if joined.frame_origin:
        ticket = Ticket(key=room.key, participant=participant)
        return Join(url=reverse("neuro_video:room", args=[ticket.sign(salt=FRAME_SALT)]))
    return joined


def frame(key: str, *, participant: Participant, now: datetime) -> Join:
    """What our room page shows to this person, asked for at each opening, because it may be short-lived.

    Changes nothing, so a room that is not ready is refused. Asks the provider: not inside a transaction.
    Raises as ``join`` does, and ``MeetingRoom.DoesNotExist``.
    """
    with transaction.atomic(durable=True):
        room = MeetingRoom.objects.get(key=key)
    check_open(room, now=now)
    if room.state != State.READY:
        raise _provider_failed(code="not_ready")
    return _address(room, participant)


def room_of(source_type: str, source_id: str) -> MeetingRoom | None:
    """The live room of this source, else the one that ended last, else None."""
    rooms = MeetingRoom.objects.of(source_type, source_id)
    return rooms.live().first() or rooms.order_by("-created_at").first()


class Meeting(Protocol):
    """Anything with a start and an end: a room, or what it is for."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def opens_at(meeting: Meeting) -> datetime:
    return meeting.starts_at - timedelta(minutes=conf.get().opens_before_minutes)


def closes_at(meeting: Meeting) -> datetime:
    return meeting.ends_at + timedelta(minutes=conf.get().closes_after_minutes)


def check_open(room: MeetingRoom, *, now: datetime) -> None:
    """The door is open from ``opens_at`` until just before ``closes_at``. Raises ``NotOpenYet``, ``Closed``."""
    if room.state == State.ENDED or now >= closes_at(room):
        raise Closed
    if now < opens_at(room):
        raise NotOpenYet(opens_at(room))


def is_open(room: MeetingRoom, *, now: datetime) -> bool:
    try:
        check_open(room, now=now)
    except Refusal:
        return False
    return True


def converge_due(*, now: datetime) -> int:
    """Does for every due room what its row says and returns how many there were. Asks providers: no transaction."""
    count = 0
    for room in claim_due(MeetingRoom.objects.all(), now=now):
        _converge(room, now=now)
        count += 1
    return count


def _converge(room: MeetingRoom, *, now: datetime) -> None:
    if room.state == State.ENDED:
        _end_at_provider(room, now=now)
    elif now >= closes_at(room):
        # Only for these times: it may have been moved since we read it.
        if _as_claimed(room).filter(ends_at=room.ends_at).update(state=State.ENDED, attempts=0):
            _end_at_provider(room, now=now)
    elif room.state == State.WANTED:
        _make(room, now=now)
    else:
        _as_claimed(room).update(next_attempt_at=closes_at(room), claimed_until=None)


def _make(room: MeetingRoom, *, now: datetime) -> None:
    spec = RoomSpec(key=room.key, starts_at=room.starts_at, ends_at=room.ends_at)
    try:
        with asking(room.provider, about=room.pk) as provider:
            made = provider.create(spec)
    except ProviderError as error:
        _record_failure(room, error, now=now)
    else:
        _record_made(room, made, now=now)


def _record_made(room: MeetingRoom, made: Room, *, now: datetime) -> None:
    outcome = {"remote_id": made.remote_id, "url": made.url, "claimed_until": None, "last_error": "", "attempts": 0}
    if _as_claimed(room).update(state=State.READY, next_attempt_at=closes_at(room), **outcome):
        return
    # Ended while we were making it: the row must know what there is to end at the provider.
    MeetingRoom.objects.filter(pk=room.pk, state=State.ENDED, remote_id="").update(next_attempt_at=now, **outcome)


def _record_failure(room: MeetingRoom, error: ProviderError, *, now: datetime) -> None:
    if error.retryable:
        try_again(room, now=now, last_error=error.code[:100])
    else:
        outcome = {"next_attempt_at": closes_at(room), "claimed_until": None, "last_error": error.code[:100]}
        _as_claimed(room).update(state=State.FAILED, **outcome)


def _end_at_provider(room: MeetingRoom, *, now: datetime) -> None:
    if not room.remote_id:
        finish(room)
        return
    try:
        with asking(room.provider, about=room.pk) as provider:
            provider.end(_at_provider(room))
    except ProviderError as error:
        if error.retryable:
            try_again(room, now=now, last_error=error.code[:100])
        else:
            finish(room, last_error=error.code[:100])
    else:
        finish(room, last_error="")


def _made_on_demand(room: MeetingRoom, *, now: datetime) -> MeetingRoom:
    """The room, ready. Two people at the door make one room: the claim goes to one of them."""
    not_made = MeetingRoom.objects.filter(pk=room.pk, state__in=[State.WANTED, State.FAILED])
    not_made.update(state=State.WANTED, next_attempt_at=now)
    for claimed in claim_due(MeetingRoom.objects.filter(pk=room.pk), now=now):
        _converge(claimed, now=now)
    room.refresh_from_db()
    check_open(room, now=now)
    if room.state == State.READY:
        return room
    if room.claimed_until:
        raise RoomUnavailable("being_made", _("The room is being prepared. Please try again in a minute."))
    raise _provider_failed()


def _address(room: MeetingRoom, participant: Participant) -> Join:
    try:
        with asking(room.provider, about=room.pk) as provider:
            return provider.join(_at_provider(room), participant)
    except ProviderError as error:
        raise _provider_failed() from error


def _provider_failed(*, code: str = "provider_failed") -> RoomUnavailable:
    return RoomUnavailable(code, _("We could not open the room. Please try again in a few minutes."))


def _set_times(room: MeetingRoom, *, starts_at: datetime, ends_at: datetime) -> None:
    room.starts_at, room.ends_at = starts_at, ends_at
    times = {"starts_at": starts_at, "ends_at": ends_at, "attempts": 0}
    same_room = MeetingRoom.objects.filter(pk=room.pk)
    not_made = same_room.filter(state__in=[State.WANTED, State.FAILED])
    not_made.update(state=State.WANTED, next_attempt_at=_make_at(starts_at), **times)
    same_room.filter(state=State.READY).update(next_attempt_at=closes_at(room), **times)
    room.refresh_from_db()


def _as_claimed(room: MeetingRoom) -> MeetingRoomQuerySet:
    """The row, as long as nobody else has taken it over or changed its state since we claimed it."""
    return MeetingRoom.objects.filter(pk=room.pk, state=room.state, claimed_until=room.claimed_until)


def _make_at(starts_at: datetime) -> datetime:
    return starts_at - timedelta(minutes=conf.get().create_before_minutes)


def _at_provider(room: MeetingRoom) -> Room:
    return Room(remote_id=room.remote_id, url=room.url)
