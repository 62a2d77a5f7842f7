from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from neuro_video import rooms, tasks
from neuro_video._claims import LEASE, claim_due
from neuro_video.models import MeetingRoom
from neuro_video.providers.base import ProviderError
from tests.conftest import ENDS_AT, GUEST, LONG_BEFORE, SOURCE, STARTS_AT
from tests.doubles import Service

pytestmark = [pytest.mark.django_db, pytest.mark.feature("V5")]

MINUTE = timedelta(minutes=1)
AN_HOUR_BEFORE = STARTS_AT - 60 * MINUTE
DAY = timedelta(days=1)


def refusal_at(now: datetime) -> rooms.RoomUnavailable:
    with pytest.raises(rooms.RoomUnavailable) as caught:
        rooms.join(*SOURCE, participant=GUEST, now=now)
    return caught.value


@pytest.mark.parametrize("trouble", [ProviderError("timeout"), KeyError("a fault in the provider's own code")])
def test_a_room_that_could_not_be_made_is_due_again(room: MeetingRoom, service: Service, trouble: Exception) -> None:
    service.trouble = trouble
    tasks.tick(now=AN_HOUR_BEFORE)
    room.refresh_from_db()
    assert (room.state, room.claimed_until, room.attempts) == ("wanted", None, 1)
    assert room.next_attempt_at == AN_HOUR_BEFORE + MINUTE
    assert room.last_error in ("timeout", "unexpected")
    service.trouble = None
    tasks.tick(now=AN_HOUR_BEFORE + MINUTE)
    room.refresh_from_db()
    assert (room.state, room.last_error, room.attempts) == ("ready", "", 0)


def test_join_with_a_failing_provider_is_refused_with_a_sentence(room: MeetingRoom, service: Service) -> None:
    service.trouble = ProviderError("timeout")
    refusal = refusal_at(STARTS_AT)
    assert refusal.code == "provider_failed"
    assert refusal.sentence == "We could not open the room. Please try again in a few minutes."
    service.trouble = None
    assert rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT + MINUTE)


def test_a_person_at_the_door_does_not_wait_for_the_next_attempt(room: MeetingRoom, service: Service) -> None:
    service.trouble = ProviderError("timeout")
    for minutes in range(60, 15, -1):
        tasks.tick(now=STARTS_AT - minutes * MINUTE)
    service.trouble = None
    room.refresh_from_db()
    assert room.next_attempt_at
    assert room.next_attempt_at > STARTS_AT - 15 * MINUTE
    assert rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT - 15 * MINUTE)


def test_a_ready_room_whose_address_cannot_be_had_is_refused_and_stays_ready(
    room: MeetingRoom, service: Service
) -> None:
    tasks.tick(now=STARTS_AT)
    service.trouble = ProviderError("timeout")
    assert refusal_at(STARTS_AT).code == "provider_failed"
    room.refresh_from_db()
    assert room.state == "ready"


def test_one_faulty_room_does_not_stop_the_others(room: MeetingRoom, service: Service) -> None:
    MeetingRoom.objects.update(provider="removed")
    rooms.want("diary.meeting", "8", starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
    tasks.tick(now=STARTS_AT)
    assert {r.source_id: r.state for r in MeetingRoom.objects.all()} == {"7": "failed", "8": "ready"}


def test_a_final_refusal_is_not_repeated_by_tick_but_by_a_person(room: MeetingRoom, service: Service) -> None:
    service.trouble = ProviderError("bad_key", retryable=False)
    tasks.tick(now=AN_HOUR_BEFORE)
    tasks.tick(now=STARTS_AT)
    room.refresh_from_db()
    assert (room.state, room.last_error, len(service.created)) == ("failed", "bad_key", 1)
    assert refusal_at(STARTS_AT).code == "provider_failed"
    service.trouble = None
    assert rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)


def test_a_failed_room_is_tried_again_after_a_move(room: MeetingRoom, service: Service) -> None:
    service.trouble = ProviderError("bad_key", retryable=False)
    tasks.tick(now=AN_HOUR_BEFORE)
    service.trouble = None
    moved = rooms.move(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=AN_HOUR_BEFORE)
    assert moved is not None
    assert moved.state == "wanted"
    tasks.tick(now=AN_HOUR_BEFORE + DAY)
    moved.refresh_from_db()
    assert moved.state == "ready"


@pytest.mark.parametrize("retryable", [True, False])
def test_a_room_that_was_never_made_is_ended_when_its_time_is_over(
    room: MeetingRoom, service: Service, retryable: bool
) -> None:
    service.trouble = ProviderError("down", retryable=retryable)
    tasks.tick(now=STARTS_AT)
    tasks.tick(now=ENDS_AT + DAY)
    room.refresh_from_db()
    assert (room.state, room.next_attempt_at, service.ended) == ("ended", None, [])


def test_end_never_fails_and_the_provider_is_told_when_it_is_well_again(room: MeetingRoom, service: Service) -> None:
    tasks.tick(now=STARTS_AT)
    service.trouble = ProviderError("timeout")
    rooms.end(*SOURCE, now=STARTS_AT)
    assert service.ended == []
    tasks.tick(now=STARTS_AT)
    room.refresh_from_db()
    assert (room.state, room.last_error, room.next_attempt_at) == ("ended", "timeout", STARTS_AT + MINUTE)
    service.trouble = None
    tasks.tick(now=STARTS_AT + MINUTE)
    room.refresh_from_db()
    assert (room.next_attempt_at, room.last_error, len(service.ended)) == (None, "", 2)


def test_end_at_a_provider_that_left_the_settings_is_given_up_with_its_reason(
    room: MeetingRoom, service: Service, settings: Settings
) -> None:
    tasks.tick(now=STARTS_AT)
    MeetingRoom.objects.update(provider="removed")
    rooms.end(*SOURCE, now=STARTS_AT)
    tasks.tick(now=STARTS_AT)
    room.refresh_from_db()
    assert (room.state, room.next_attempt_at, room.last_error) == ("ended", None, "unknown_provider")


def test_a_killed_worker_gives_its_room_back_when_the_lease_ends(room: MeetingRoom, service: Service) -> None:
    next(claim_due(MeetingRoom.objects.all(), now=STARTS_AT))  # and then it dies
    tasks.tick(now=STARTS_AT + LEASE - timedelta(seconds=1))
    assert service.created == []
    assert refusal_at(STARTS_AT).code == "being_made"
    tasks.tick(now=STARTS_AT + LEASE)
    room.refresh_from_db()
    assert room.state == "ready"


def test_a_slow_worker_that_lost_its_lease_overwrites_nothing(room: MeetingRoom, service: Service) -> None:
    def another_worker_takes_over() -> None:
        service.meanwhile = lambda: None
        tasks.tick(now=STARTS_AT + LEASE)

    service.meanwhile = another_worker_takes_over
    tasks.tick(now=STARTS_AT)
    room.refresh_from_db()
    assert [spec.key for spec in service.created] == [room.key, room.key]
    assert (room.state, room.remote_id, service.ended) == ("ready", f"far-{room.key}", [])


def test_the_late_failure_of_a_worker_that_lost_its_lease_is_not_recorded(room: MeetingRoom, service: Service) -> None:
    service.trouble = ProviderError("bad_key", retryable=False)
    service.meanwhile = lambda: next(claim_due(MeetingRoom.objects.all(), now=STARTS_AT + LEASE))
    tasks.tick(now=STARTS_AT)
    room.refresh_from_db()
    assert (room.state, room.last_error, room.claimed_until) == ("wanted", "", STARTS_AT + 2 * LEASE)


def test_a_room_that_ends_while_it_is_made_is_ended_at_the_provider(room: MeetingRoom, service: Service) -> None:
    service.meanwhile = lambda: rooms.end(*SOURCE, now=STARTS_AT)
    with pytest.raises(rooms.Closed):
        rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)
    room.refresh_from_db()
    assert (room.state, room.remote_id) == ("ended", f"far-{room.key}")
    service.meanwhile = lambda: None
    tasks.tick(now=STARTS_AT)
    assert service.ended == [room.remote_id]


def test_a_room_that_moves_while_it_is_made_keeps_its_new_times(room: MeetingRoom, service: Service) -> None:
    service.meanwhile = lambda: rooms.move(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=STARTS_AT)
    with pytest.raises(rooms.NotOpenYet):
        rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)
    service.meanwhile = lambda: None
    tasks.tick(now=ENDS_AT + 30 * MINUTE)
    room.refresh_from_db()
    assert (room.state, room.starts_at, service.ended) == ("ready", STARTS_AT + DAY, [])


def test_a_room_that_moves_while_it_is_about_to_end_stays(room: MeetingRoom, service: Service) -> None:
    tasks.tick(now=STARTS_AT)
    over = ENDS_AT + 30 * MINUTE
    claimed = next(claim_due(MeetingRoom.objects.all(), now=over))
    rooms.move(*SOURCE, starts_at=STARTS_AT + DAY, ends_at=ENDS_AT + DAY, now=over)
    rooms._converge(claimed, now=over)
    room.refresh_from_db()
    assert (room.state, service.ended) == ("ready", [])
