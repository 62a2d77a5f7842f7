"""What it prevents: somebody fills in the form slowly, and the time that they chose is gone when they send it."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import holds
from neuro_sessions.refusals import Refusal
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E19")]

MINUTE = timedelta(minutes=1)


def somebody_faster(ask, minutes):
    with pytest.raises(Refusal) as refused:
        ask(by=UserFactory(), now=NOW + minutes * MINUTE)
    return refused.value.code


def test_25_minutes_of_writing_keep_the_time(ask, listing, seeker):
    draft = holds.start(listing, by=seeker, starts_at=NOW + timedelta(days=1), minutes=30, now=NOW)
    for minutes in (8, 16, 24):
        holds.save(draft, answers={"note": "a" * minutes}, now=NOW + minutes * MINUTE)
        assert somebody_faster(ask, minutes) == "taken"
    assert ask(now=NOW + 25 * MINUTE).state == "requested"


def test_control_without_a_hold_somebody_faster_gets_it(ask):
    ask(by=UserFactory(), now=NOW + 20 * MINUTE)
    with pytest.raises(Refusal) as refused:
        ask(now=NOW + 25 * MINUTE)
    assert refused.value.code == "taken"
