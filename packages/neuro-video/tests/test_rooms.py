from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from neuro_video import rooms, tasks
from neuro_video.models import MeetingRoom
from tests.conftest import ENDS_AT, GUEST, HOST, LONG_BEFORE, SOURCE, STARTS_AT, snapshot
from tests.doubles import Service

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
OPENS_AT = STARTS_AT - 15 * MINUTE
CLOSES_AT = ENDS_AT + 30 * MINUTE


@pytest.mark.feature("V5")
def test_a_room_goes_from_wanted_to_ready_to_ended(room: MeetingRoom, service: Service) -> None:
    assert room.state == "wanted"
    tasks.tick(now=STARTS_AT - 60 * MINUTE - TICK)
    assert service.created == []
    tasks.tick(now=STARTS_AT - 60 * MINUTE)
    room.refresh_from_db()
    assert (room.state, room.remote_id) == ("ready", f"far-{room.key}")
    tasks.tick(now=CLOSES_AT - TICK)
    room.refresh_from_db()
    assert room.state == "ready"
    tasks.tick(now=CLOSES_AT)
    room.refresh_from_db()
    assert (room.state, room.next_attempt_at) == ("ended", None)
    assert service.ended == [room.remote_id]


@pytest.mark.feature("V5")
def test_tick_repeated_has_no_second_effect(room: MeetingRoom, service: Service) -> None:
    for now in (STARTS_AT, STARTS_AT, CLOSES_AT, CLOSES_AT, CLOSES_AT + DAY):
        tasks.tick(now=now)
    assert (len(service.created), len(service.ended)) == (1, 1)


def test_the_provider_learns_a_random_key_and_the_times_only(room: MeetingRoom, service: Service) -> None:
    tasks.tick(now=STARTS_AT)
    (spec,) = service.created
    assert (spec.key, spec.starts_at, spec.ends_at) == (room.key, STARTS_AT, ENDS_AT)
    assert len(room.key) == 32
    assert not {*SOURCE, str(room.pk)} & {spec.key}


def test_want_again_gives_the_same_room_and_changes_nothing(room: MeetingRoom) -> None:
    before = snapshot()
    again = rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE + MINUTE)
    assert again.pk == room.pk
    assert snapshot() == before


@pytest.mark.feature("V5")
def test_want_with_other_times_moves_the_room(room: MeetingRoom) -> None:
    moved = rooms.want(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=LONG_BEFORE)
    assert (moved.pk, moved.starts_at, moved.next_attempt_at) == (
        room.pk,
        STARTS_AT + DAY,
        STARTS_AT + DAY - 60 * MINUTE,
    )


def test_want_inside_a_transaction_that_is_rolled_back_leaves_no_room() -> None:
    with transaction.atomic():
        rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
        transaction.set_rollback(True)
    assert rooms.room_of(*SOURCE) is None


def test_a_source_may_have_a_new_room_after_the_old_one_ended(room: MeetingRoom) -> None:
    rooms.end(*SOURCE, now=LONG_BEFORE)
    new = rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE + MINUTE)
    assert new.pk != room.pk
    assert new.key != room.key
    assert rooms.room_of(*SOURCE) == new


def test_the_database_refuses_a_second_live_room_for_a_source(room: MeetingRoom) -> None:
    second = MeetingRoom(
        source_type=SOURCE[0], source_id=SOURCE[1], starts_at=STARTS_AT, ends_at=ENDS_AT, created_at=LONG_BEFORE
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_the_database_refuses_a_room_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rooms.want(*SOURCE, starts_at=ENDS_AT, ends_at=STARTS_AT, now=LONG_BEFORE)


@pytest.mark.feature("V5")
def test_move_keeps_the_room_that_is_ready(room: MeetingRoom, service: Service) -> None:
    tasks.tick(now=STARTS_AT - 30 * MINUTE)
    moved = rooms.move(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=STARTS_AT - 20 * MINUTE)
    assert moved is not None
    assert (moved.pk, moved.key, moved.state) == (room.pk, room.key, "ready")
    assert moved.next_attempt_at == CLOSES_AT + DAY
    with pytest.raises(rooms.NotOpenYet):
        rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)
    tasks.tick(now=CLOSES_AT)
    assert service.ended == []
    tasks.tick(now=CLOSES_AT + DAY)
    assert len(service.ended) == 1


def test_move_without_a_live_room_changes_nothing(room: MeetingRoom) -> None:
    rooms.end(*SOURCE, now=LONG_BEFORE)
    before = snapshot()
    assert rooms.move(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=LONG_BEFORE) is None
    assert snapshot() == before


@pytest.mark.feature("V4")
@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (OPENS_AT - TICK, rooms.NotOpenYet),
        (OPENS_AT, None),
        (STARTS_AT, None),
        (ENDS_AT, None),
        (CLOSES_AT - TICK, None),
        (CLOSES_AT, rooms.Closed),
        (CLOSES_AT + DAY, rooms.Closed),
    ],
)
def test_the_door_is_open_from_its_first_to_its_last_moment(
    room: MeetingRoom, service: Service, now: datetime, refusal: type[rooms.Refusal] | None
) -> None:
    assert rooms.is_open(room, now=now) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            rooms.join(*SOURCE, participant=GUEST, now=now)
        assert service.created == []
    else:
        assert rooms.join(*SOURCE, participant=GUEST, now=now).url.startswith("https://video.example/")


@pytest.mark.feature("V4")
def test_not_open_yet_says_when_the_door_opens(room: MeetingRoom) -> None:
    with pytest.raises(rooms.NotOpenYet) as caught:
        rooms.join(*SOURCE, participant=GUEST, now=LONG_BEFORE)
    assert caught.value.opens_at == OPENS_AT == rooms.opens_at(room)
    assert rooms.closes_at(room) == CLOSES_AT
    assert (caught.value.code, caught.value.sentence) == ("not_open_yet", "The room is not open yet.")


def test_the_window_follows_the_settings(room: MeetingRoom, settings: Settings) -> None:
    settings.NEURO_VIDEO = {"OPENS_BEFORE_MINUTES": 0, "CLOSES_AFTER_MINUTES": 0}
    assert not rooms.is_open(room, now=STARTS_AT - TICK)
    assert rooms.is_open(room, now=STARTS_AT)
    assert rooms.is_open(room, now=ENDS_AT - TICK)
    assert not rooms.is_open(room, now=ENDS_AT)


def test_a_longer_window_in_the_settings_spares_a_room_that_was_due_to_end(
    room: MeetingRoom, service: Service, settings: Settings
) -> None:
    tasks.tick(now=STARTS_AT)
    settings.NEURO_VIDEO = {**settings.NEURO_VIDEO, "CLOSES_AFTER_MINUTES": 120}
    tasks.tick(now=CLOSES_AT)
    room.refresh_from_db()
    assert rooms.is_open(room, now=CLOSES_AT)
    assert service.ended == []
    tasks.tick(now=ENDS_AT + 120 * MINUTE)
    assert len(service.ended) == 1


@pytest.mark.feature("V5")
def test_join_makes_the_room_when_no_tick_has_run(room: MeetingRoom, service: Service) -> None:
    host = rooms.join(*SOURCE, participant=HOST, now=STARTS_AT)
    guest = rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)
    assert len(service.created) == 1
    assert host.url.endswith("role=host")
    assert guest.url.endswith("role=guest")


@pytest.mark.feature("V4")
def test_the_address_of_a_person_is_neither_stored_nor_shown_in_logs(room: MeetingRoom, service: Service) -> None:
    join = rooms.join(*SOURCE, participant=HOST, now=STARTS_AT)
    assert join.url not in repr(join)
    assert join.url not in str(snapshot())


def test_join_without_any_room_is_refused_with_a_sentence() -> None:
    with pytest.raises(rooms.RoomUnavailable) as caught:
        rooms.join("diary.meeting", "unknown", participant=GUEST, now=STARTS_AT)
    assert caught.value.code == "no_room"
    assert caught.value.sentence == "There is no room for this meeting."


def test_join_after_the_end_was_called_is_closed_even_before_the_start(room: MeetingRoom) -> None:
    rooms.end(*SOURCE, now=LONG_BEFORE)
    for now in (LONG_BEFORE, STARTS_AT):
        with pytest.raises(rooms.Closed):
            rooms.join(*SOURCE, participant=GUEST, now=now)


@pytest.mark.django_db(transaction=True)
def test_join_refuses_to_run_inside_a_transaction() -> None:
    rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)


@pytest.mark.feature("V5")
def test_a_room_that_ends_before_it_was_made_costs_no_call(room: MeetingRoom, service: Service) -> None:
    rooms.end(*SOURCE, now=LONG_BEFORE)
    tasks.tick(now=STARTS_AT)
    assert (service.created, service.ended) == ([], [])
    assert MeetingRoom.objects.get().next_attempt_at is None


def test_end_is_idempotent_and_harmless_without_a_room(room: MeetingRoom, service: Service) -> None:
    tasks.tick(now=STARTS_AT)
    for _ in range(2):
        rooms.end(*SOURCE, now=STARTS_AT)
        tasks.tick(now=STARTS_AT)
    rooms.end("diary.meeting", "unknown", now=STARTS_AT)
    assert service.ended == [f"far-{room.key}"]
