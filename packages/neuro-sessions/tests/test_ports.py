"""The two ports: their defaults, and an implementation as another team would write it."""

from datetime import timedelta

import pytest

from neuro_sessions.meeting_place import CannotJoin, meeting_place
from neuro_sessions.testing import MeetingPlaceContract, SettlementContract
from tests import doubles

pytestmark = pytest.mark.django_db


class TestSettledOutside(SettlementContract):
    price = 0

    def pay(self, booking):
        """The people settle it between themselves."""


class TestTypedLink(MeetingPlaceContract):
    def test_without_a_link_there_is_no_room(self):
        scheduled, booking = self.scheduled()
        scheduled.peer_session.meeting_link = ""
        with pytest.raises(CannotJoin) as refused:
            meeting_place().join_url(
                scheduled, person=booking.host, back_path="/", now=scheduled.starts_at + timedelta(minutes=1)
            )
        assert refused.value.code == "no_room"


class TestAnotherTeamsSettlement(SettlementContract):
    @pytest.fixture(autouse=True)
    def on_account(self, settings):
        settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
        doubles.OnAccount.paid, doubles.OnAccount.owed = set(), set()

    def pay(self, booking):
        doubles.OnAccount.paid.add(str(booking.pk))
