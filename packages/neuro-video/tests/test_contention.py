import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from neuro_video import rooms, tasks
from neuro_video.models import MeetingRoom
from tests.conftest import ENDS_AT, GUEST, HOST, LONG_BEFORE, SOURCE, STARTS_AT
from tests.doubles import Service

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs all acts at the same moment, each with its own connection; what they return or raise, in their order."""
    results: list[object] = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=10)
            results[number] = acts[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.feature("V5")
def test_two_people_at_the_door_make_one_room(service: Service) -> None:
    for number in range(ROUNDS):
        source = ("diary.meeting", str(number))
        rooms.want(*source, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
        results = at_once(
            partial(rooms.join, *source, participant=HOST, now=STARTS_AT),
            partial(rooms.join, *source, participant=GUEST, now=STARTS_AT),
        )
        assert len(service.created) == number + 1
        refused = [result for result in results if isinstance(result, Exception)]
        assert len(refused) < 2, refused
        assert all(isinstance(error, rooms.RoomUnavailable) and error.code == "being_made" for error in refused), (
            refused
        )
        assert rooms.join(*source, participant=GUEST, now=STARTS_AT)


@pytest.mark.feature("V5")
def test_a_tick_and_a_person_make_one_room(service: Service) -> None:
    for number in range(ROUNDS):
        source = ("diary.meeting", str(number))
        rooms.want(*source, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
        at_once(
            lambda: tasks.tick(now=STARTS_AT),
            lambda: tasks.tick(now=STARTS_AT),
            partial(rooms.join, *source, participant=GUEST, now=STARTS_AT),
        )
        assert len(service.created) == number + 1


def test_two_wishes_for_one_source_give_one_room() -> None:
    for number in range(ROUNDS):
        starts_at = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
        wish = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "now": LONG_BEFORE}
        results = at_once(*[partial(rooms.want, "diary.meeting", str(number), **wish)] * 3)
        assert len({room.pk for room in results if isinstance(room, MeetingRoom)}) == 1, results
        assert MeetingRoom.objects.of("diary.meeting", str(number)).count() == 1


def test_the_claim_is_what_keeps_it_one_room(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: without the claim, two people do make the room twice."""
    monkeypatch.setattr(rooms, "claim_due", lambda rows, *, now: list(rows))
    barrier = threading.Barrier(2)
    service.meanwhile = lambda: barrier.wait(timeout=10) if len(service.created) <= 2 else None
    rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)
    at_once(*[lambda: rooms.join(*SOURCE, participant=GUEST, now=STARTS_AT)] * 2)
    assert len(service.created) == 2
