"""Who answers a request and about which price: by oneself, by the listing, and with a reduced price."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, HostTime, PeerSession
from neuro_sessions.pricing import PriceRefused
from neuro_sessions.refusals import Refusal
from neuro_sessions.tasks import tick
from neuro_sessions.testing import PeerSessionFactory
from tests.acts import pay
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5")]

State = Booking.State
HOUR = timedelta(hours=1)


@pytest.fixture
def reduced(priced, on_account):
    """Costs 15.00, reduced 5.00, and the host decides about it."""
    priced.reduced_price, priced.require_concession_approval = 500, True
    priced.save()
    return priced


def code_of(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.code


# -- A listing that answers by itself


def test_a_listing_can_say_yes_by_itself(ask, listing):
    PeerSession.objects.update(require_request_approval=False)
    booking = ask()
    assert booking.state == State.CONFIRMED
    assert [event.act for event in booking.events.all()] == ["ask", "approve", "confirm"]
    assert {row.kind for row in HostTime.objects.all()} == {"session"}


def test_with_a_price_it_is_booked_when_it_is_paid(ask, on_account, priced):
    PeerSession.objects.update(require_request_approval=False)
    booking = ask()
    assert booking.state == State.APPROVED
    pay(booking)
    assert bookings.settle(booking, now=NOW).state == State.CONFIRMED


def test_a_reduced_price_that_has_to_be_answered_waits_for_the_host_all_the_same(ask, reduced):
    PeerSession.objects.update(require_request_approval=False)
    assert ask(price_kind="reduced").state == State.REQUESTED


# -- The reduced price


def test_without_a_decision_everybody_who_needs_it_gets_it(ask, reduced):
    PeerSession.objects.update(require_concession_approval=False)
    booking = ask(price_kind="reduced")
    assert (booking.price, booking.standard_price, booking.concession) == (500, 1500, "granted")


def test_a_yes_to_the_request_is_a_yes_to_the_reduced_price(ask, reduced):
    booking = bookings.approve(ask(price_kind="reduced"), by=reduced.host, now=NOW)
    assert (booking.state, booking.price, booking.concession) == (State.APPROVED, 500, "granted")


def test_a_yes_for_the_usual_price_binds_nobody_until_the_seeker_agrees(ask, reduced):
    booking = bookings.approve(ask(price_kind="reduced"), by=reduced.host, now=NOW, reduced=False)
    assert (booking.state, booking.price, booking.concession) == (State.REQUESTED, 500, "declined")
    assert code_of(bookings.approve, booking, by=reduced.host, now=NOW, reduced=False) == "price_open"
    bookings.agree_price(booking, by=booking.seeker, now=NOW)
    assert (booking.state, booking.price, booking.price_kind) == (State.APPROVED, 1500, "standard")
    assert Booking.objects.get().price == 1500


def test_the_host_can_still_give_the_reduced_price(ask, reduced):
    booking = bookings.approve(ask(price_kind="reduced"), by=reduced.host, now=NOW, reduced=False)
    bookings.approve(booking, by=reduced.host, now=NOW)
    assert (booking.state, booking.price, booking.concession) == (State.APPROVED, 500, "granted")


def test_an_offered_price_runs_out_when_nobody_answers(ask, reduced):
    booking = bookings.approve(ask(hours=200, price_kind="reduced"), by=reduced.host, now=NOW + HOUR, reduced=False)
    assert booking.deadline == NOW + 73 * HOUR
    tick(now=booking.deadline)
    assert Booking.objects.get().state == State.EXPIRED


def test_there_is_no_price_to_agree_to_where_none_was_offered(ask, reduced):
    assert code_of(bookings.agree_price, ask(), by=UserFactory(), now=NOW) == "no_price"


# -- What is promised


@pytest.mark.parametrize(
    ("minutes", "answers", "price"),
    [(30, {}, 1000), (60, {}, 2000), (60, {"price_kind": "reduced"}, 700), (30, {"price_kind": "reduced"}, 350)],
)
def test_a_price_for_the_hour_is_promised_for_the_length(ask, on_account, listing, minutes, answers, price):
    PeerSession.objects.update(price_per="hour", price=2000, reduced_price=700)
    listing.refresh_from_db()
    assert ask(minutes=minutes, **answers).price == price


@pytest.mark.parametrize(("chosen", "code"), [(299, "too_low"), (None, "too_low"), (300, None), (9900, None)])
def test_people_choose_what_they_pay_from_the_minimum_on(ask, on_account, listing, chosen, code):
    PeerSession.objects.update(price=2000, pay_what_you_can=True, minimum_price=300)
    listing.refresh_from_db()
    if code:
        assert code_of(ask, price_kind="chosen", chosen_price=chosen) == code
        assert not Booking.objects.exists()
    else:
        assert ask(price_kind="chosen", chosen_price=chosen).price == chosen


def test_a_kind_of_price_that_is_not_offered_is_refused(ask, priced, on_account):
    with pytest.raises(PriceRefused):
        ask(price_kind="reduced")


def test_only_a_language_of_the_listing_can_be_chosen(ask, listing):
    PeerSession.objects.update(languages=["en", "de"])
    listing.refresh_from_db()
    assert code_of(ask, language="fr") == "language"
    assert ask(language="de").language == "de"


@pytest.mark.parametrize("change", [{"price": 1600}, {"title": "Another"}, {"cancellation": "strict"}])
def test_what_changed_since_it_was_shown_is_shown_again_before_anything_is_sent(ask, on_account, priced, change):
    shown = bookings.promise_digest(priced, minutes=30, answers=bookings.Answers())
    PeerSession.objects.update(**change)
    assert code_of(ask, promised=shown) == "promise_changed"
    assert not Booking.objects.exists()
    priced.refresh_from_db()
    assert ask(promised=bookings.promise_digest(priced, minutes=30, answers=bookings.Answers()))


# -- Nobody is in two sessions at once


@pytest.mark.feature("E17")
def test_nobody_asks_for_two_sessions_at_the_same_time(ask, seeker):
    first = ask(hours=24)
    other = PeerSessionFactory(open_all_week=True, meeting_link="https://meet.example.org/other")
    with pytest.raises(Refusal) as refused:
        ask(listing=other, hours=24.25)
    assert (refused.value.code, refused.value.path) == ("own_time", first.get_absolute_url())
    assert ask(listing=other, hours=24.5)


@pytest.mark.feature("E17")
def test_a_host_who_attends_elsewhere_cannot_be_booked_meanwhile(ask, listing):
    other = PeerSessionFactory(open_all_week=True, meeting_link="https://meet.example.org/other")
    ask(listing=other, by=listing.host, hours=24)
    assert code_of(ask, hours=24) == "taken"


# -- Access before payment


@pytest.mark.feature("E6")
def test_where_people_can_pay_later_a_yes_is_booked(ask, on_account, priced):
    PeerSession.objects.update(access_before_payment=True)
    booking = bookings.approve(ask(), by=priced.host, now=NOW)
    assert booking.state == State.CONFIRMED
    assert on_account.owed == {str(booking.pk)}
    tick(now=booking.ends_at + 2 * HOUR)
    assert Booking.objects.get().state == State.COMPLETED
    assert on_account.owed == {str(booking.pk)}
