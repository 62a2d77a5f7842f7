"""Cancelling under a rule: what is shown before is what then happens."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neuro_accounts.testing import UserFactory
from neuro_sessions import attendance, cancelling, states
from neuro_sessions.cancelling import Outcome
from neuro_sessions.models import Booking, HostTime, PeerSession, ScheduledSession
from neuro_sessions.policies import EVERYTHING, CancellationPolicy, TieredCancellation, policy
from tests.acts import WAYS, pay, walk
from tests.conftest import NOW
from tests.test_machine import EXAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E21")]

State, Side = Booking.State, Booking.Side
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def booked(ask, on_account, priced):
    """Paid and booked, 100 hours after NOW, under the rule of this name."""

    def make(rule="moderate", hours=100, price=1500):
        PeerSession.objects.update(cancellation=rule, price=price)
        return walk(ask(hours=hours), WAYS[State.CONFIRMED])

    return make


def cancel(booking, *, by, now):
    outcome = cancelling.preview(booking, by=by, now=now)
    return cancelling.cancel(booking, by=by, expected_refund=outcome.refund, now=now)


@pytest.mark.parametrize(
    ("rule", "before", "back"),
    [
        ("moderate", DAY, 1500),
        ("moderate", DAY - timedelta(minutes=1), 750),
        ("moderate", timedelta(minutes=1), 750),
        ("flexible", timedelta(minutes=1), 1500),
        ("strict", 3 * DAY, 1500),
        ("strict", 3 * DAY - timedelta(minutes=1), 750),
        ("strict", DAY, 750),
        ("strict", DAY - timedelta(minutes=1), 0),
    ],
)
def test_what_goes_back_to_a_seeker_follows_the_notice(booked, on_account, rule, before, back):
    booking = booked(rule)
    now = booking.starts_at - before
    assert cancelling.preview(booking, by=booking.seeker, now=now) == Outcome(Side.SEEKER, back, 1500 - back)
    cancel(booking, by=booking.seeker, now=now)
    stored = Booking.objects.get()
    assert (stored.state, stored.cancelled_by, stored.refund) == (State.CANCELLED, Side.SEEKER, back)
    assert on_account.given_back == ({str(booking.pk): back} if back else {})


@pytest.mark.parametrize("rule", TieredCancellation.RULES)
def test_when_the_host_or_our_team_cancels_everything_goes_back(booked, rule):
    booking = booked(rule)
    late = booking.starts_at - timedelta(minutes=1)
    assert cancelling.preview(booking, by=booking.host, now=late).refund == 1500
    assert cancelling.preview(booking, by=UserFactory(), now=late) == Outcome(Side.PLATFORM, 1500, 0)
    cancel(booking, by=booking.host, now=late)
    assert Booking.objects.get().cancelled_by == Side.HOST


def test_cancelling_frees_the_time_of_both_and_closes_the_room(booked, ask):
    booking = booked()
    cancel(booking, by=booking.seeker, now=NOW)
    assert not HostTime.objects.exists()
    assert ScheduledSession.objects.get().calendar_sequence == 1
    assert ask(hours=100, by=UserFactory())


def test_what_was_promised_counts_and_not_what_the_listing_says_now(booked):
    booking = booked("flexible")
    PeerSession.objects.update(cancellation="strict", price=9900)
    late = booking.starts_at - timedelta(minutes=1)
    assert cancelling.preview(Booking.objects.get(), by=booking.seeker, now=late).refund == 1500


def test_another_amount_than_the_shown_one_changes_nothing(booked):
    """Who looks a minute before a day has passed and answers a minute later is asked again."""
    booking = booked()
    shown = cancelling.preview(booking, by=booking.seeker, now=booking.starts_at - DAY)
    with pytest.raises(cancelling.OutcomeChanged) as refused:
        cancelling.cancel(
            booking, by=booking.seeker, expected_refund=shown.refund, now=booking.starts_at - DAY + timedelta(minutes=1)
        )
    assert refused.value.outcome.refund == 750
    assert Booking.objects.get().state == State.CONFIRMED


def test_a_seeker_cannot_cancel_what_has_begun_and_a_host_can_until_the_end(booked):
    booking = booked()
    with pytest.raises(cancelling.HasBegun):
        cancel(booking, by=booking.seeker, now=booking.starts_at)
    assert cancelling.may_cancel(booking, by=booking.host, now=booking.ends_at - timedelta(seconds=1)) is None
    with pytest.raises(cancelling.HasBegun):
        cancel(booking, by=booking.host, now=booking.ends_at)


def test_a_host_can_take_back_a_yes_before_the_payment(ask, on_account, priced):
    booking = walk(ask(), WAYS[State.APPROVED])
    cancel(booking, by=booking.host, now=NOW)
    assert (booking.state, booking.refund, on_account.owed) == (State.CANCELLED, 0, set())


def test_a_payment_that_is_not_known_yet_is_found_before_cancelling(ask, on_account, priced):
    booking = walk(ask(hours=100), WAYS[State.APPROVED])
    pay(booking)
    cancel(booking, by=booking.host, now=NOW)
    assert Booking.objects.get().refund == 1500


def test_who_was_cancelled_is_not_said_to_have_missed_it(booked):
    booking = booked()
    cancel(booking, by=booking.seeker, now=NOW)
    assert not attendance.may_mark(booking, now=booking.ends_at)
    with pytest.raises(attendance.MarkRefused):
        attendance.mark(booking, as_="missed", by=booking.host, now=booking.ends_at)
    assert Booking.objects.get().attendance == "unknown"


def test_cancelling_twice_is_refused(booked, on_account):
    booking = booked()
    stale = Booking.objects.get()
    cancel(booking, by=booking.seeker, now=NOW)
    with pytest.raises(states.TransitionRefused):
        cancelling.cancel(stale, by=stale.seeker, expected_refund=1500, now=NOW)
    assert on_account.given_back == {str(booking.pk): 1500}


@pytest.mark.parametrize("key", [*TieredCancellation.RULES, "a key that is not known any more"])
def test_each_rule_is_said_in_plain_words(key):
    sentences = policy().sentences(policy().promise(key))
    assert all(len(sentence.split()) <= 20 for sentence in sentences)
    assert sentences[-1] == "If the host cancels, you get everything back."


def test_a_booking_from_before_there_were_rules_gives_everything_back():
    assert policy().share_back({}, side=Side.SEEKER, minutes_before=0) == EVERYTHING
    assert policy().sentences({})


class Never(CancellationPolicy):
    """Another team's rule."""

    def names(self):
        return {"never": "nothing back"}

    def promise(self, key):
        return {"back": 0}

    def share_back(self, promise, *, side, minutes_before):
        return promise["back"]

    def sentences(self, promise):
        return ["Nothing goes back."]


def test_a_project_can_have_a_rule_of_its_own(booked, settings):
    settings.NEURO_SESSIONS |= {"CANCELLATION_POLICY": f"{__name__}.Never"}
    booking = booked()
    assert cancelling.preview(booking, by=booking.host, now=NOW).refund == 0


@settings(
    max_examples=2 * EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    tiers=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, EVERYTHING)), min_size=1, max_size=4),
    price=st.integers(0, 10_000_000),
    minutes_before=st.integers(1, 6000),
    side=st.sampled_from(["seeker", "host"]),
    is_paid=st.booleans(),
)
def test_the_preview_is_what_happens_to_the_last_coin(
    listing, seeker, on_account, tiers, price, minutes_before, side, is_paid
):
    start = NOW + timedelta(minutes=6000)
    row = {"starts_at": start, "ends_at": start + HOUR, "price": price, "standard_price": price, "currency": "gbp"}
    promise = {"tiers": sorted((list(tier) for tier in tiers), reverse=True)}
    scheduled = ScheduledSession.objects.create(
        host=listing.host, peer_session=listing, starts_at=start, ends_at=start + HOUR
    )
    booking = Booking.objects.create(
        **row,
        **{"host": listing.host, "seeker": seeker, "peer_session": listing, "scheduled_session": scheduled},
        **{"state": "confirmed", "policy": promise, "created_at": NOW},
    )
    if is_paid:
        pay(booking)
    person, now = getattr(booking, side), start - timedelta(minutes=minutes_before)
    outcome = cancelling.preview(booking, by=person, now=now)
    assert outcome.refund + outcome.kept == (price if is_paid or not price else 0)
    cancelling.cancel(booking, by=person, expected_refund=outcome.refund, now=now)
    stored = Booking.objects.get(pk=booking.pk)
    assert stored.refund == outcome.refund == on_account.given_back.get(str(booking.pk), 0) <= price
    if side == "host" and is_paid:
        assert outcome.kept == 0
