"""What two people see and press when something changes: prices, other times, cancelling, who was there."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import attendance, calendars, cancelling, policies, rescheduling, terms
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.testing import PeerSessionFactory
from tests.acts import pay
from tests.conftest import NOW
from tests.pages import at, everything, shown

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E17", "E19", "E20")]

OTHER = NOW + timedelta(hours=30)
OTHER_VALUE = "2026-11-24T15:00Z"


@pytest.fixture
def see(client, clock):
    """The words of a page as somebody sees it."""

    def page(person, booking, name="booking", **query):
        client.force_login(person)
        response = client.get(at(name, booking.pk), query)
        return " ".join(response.content.decode().split())

    return page


@pytest.fixture
def press(client, clock):
    """Presses a button as somebody; returns the words of the page on which they end."""

    def post(person, booking, name, **data):
        client.force_login(person)
        if name in ("move-accept", "move-refuse"):  # the time that stands on the page
            booking.refresh_from_db(fields=["proposed_starts_at"])
            data["starts_at"] = booking.proposed_starts_at.isoformat()
        return shown(client.post(at(name, booking.pk), data, follow=True))[1]

    return post


@pytest.fixture
def reduced(listing):
    """Both prices, and the host decides."""
    listing.price, listing.reduced_price, listing.require_concession_approval = 3000, 1500, True
    listing.save()
    return listing


@pytest.fixture
def confirmed(ask, on_account, priced, listing):
    booking = bookings.approve(ask(hours=72), by=listing.host, now=NOW)
    pay(booking)
    return bookings.settle(booking, now=NOW)


# -- The reduced price


def test_the_host_decides_about_the_reduced_price_and_the_seeker_about_the_usual(see, press, ask, reduced, seeker):
    booking = ask(price_kind="reduced")
    assert "The answer is also about the reduced price." in see(seeker, booking)
    page = see(reduced.host, booking)
    assert "£15.00" in page
    assert "instead of <bdi>£30.00</bdi>" in page
    assert "Say yes, but for" in page
    assert "You offered the usual price." in press(reduced.host, booking, "approve", price="usual")
    booking.refresh_from_db()
    assert (booking.state, booking.concession) == ("requested", "declined")
    page = see(seeker, booking)
    assert "The reduced price is not possible this time." in page
    assert "Agree to the usual price of <bdi>£30.00</bdi>" in page
    assert at("withdraw", booking.pk) in page
    assert "You are booked." in press(seeker, booking, "agree")
    booking.refresh_from_db()
    assert (booking.state, booking.price) == ("confirmed", 3000)


def test_what_was_asked_for_and_what_is_offered_are_told_apart(see, press, ask, reduced, seeker):
    booking = ask(price_kind="reduced")
    asked, offered = r"<dt>Asked for</dt>.*?£15.00.*?reduced price", r"<dt>Offered</dt>.*?£30.00.*?usual price"
    assert "If the host agrees to the reduced price, you pay <bdi>£15.00</bdi>. If not, we ask you first." in see(
        seeker, booking
    )
    press(reduced.host, booking, "approve", price="usual")
    for person in (seeker, reduced.host):
        page = see(person, booking)
        assert re.search(asked, page)
        assert re.search(offered, page)
        assert "<dt>Price</dt>" not in page
    press(seeker, booking, "agree")
    for person in (seeker, reduced.host):
        page = see(person, booking)
        assert re.search(r"<dt>Price</dt> <dd> <bdi>£30.00</bdi>", page)
        assert "<dt>Offered</dt>" not in page


def test_without_a_question_about_the_price_there_is_no_sentence_about_it(see, ask, reduced, seeker):
    assert "If the host agrees to the reduced price" not in see(seeker, ask())


@pytest.mark.parametrize("why", ["price", "time"])
def test_who_has_answered_waits_and_can_change_the_answer(see, press, ask, reduced, seeker, why):
    ProfileFactory(user=seeker, display_name="Kim")
    booking = ask(price_kind="reduced")
    page = see(reduced.host, booking)
    assert "<h2>Your answer</h2>" in page
    assert "Change my answer" not in page
    if why == "price":
        press(reduced.host, booking, "approve", price="usual")
    else:
        rescheduling.propose(booking, by=reduced.host, starts_at=OTHER, now=NOW)
    page = see(reduced.host, booking)
    assert "<h2> Waiting for <bdi>Kim</bdi> </h2>" in page
    folded = page[page.index("<summary>Change my answer</summary>") :].partition("</details>")[0]
    assert at("approve", booking.pk) in folded
    assert at("decline", booking.pk) in folded
    assert page.count(at("approve", booking.pk)) == folded.count(at("approve", booking.pk))


def test_a_suggestion_of_the_other_one_leaves_the_answer_open(see, booking, listing, seeker):
    rescheduling.propose(booking, by=seeker, starts_at=OTHER, now=NOW)
    page = see(listing.host, booking)
    assert "Change my answer" not in page
    assert "<h2>Your answer</h2>" in page


# -- What was promised


PLANS = "<h2>If your plans change</h2>"


@pytest.mark.parametrize("state", Booking.State)
def test_the_rule_for_cancelling_is_on_the_page_as_long_as_there_is_something_to_cancel(see, in_state, seeker, state):
    booking = in_state(state)
    page = see(seeker, booking)
    is_open = state in ("requested", "approved", "confirmed")
    assert (PLANS in page) == is_open
    sentences = policies.policy().sentences(booking.policy)
    assert [sentence in page for sentence in sentences] == [is_open] * len(sentences)


def test_a_rule_is_the_one_that_was_promised(see, ask, priced, seeker):
    booking = ask()
    PeerSession.objects.update(cancellation="strict")
    page = see(seeker, booking)
    assert "you get 50 % of the price back" in page
    assert "If you cancel later, nothing goes back." not in page


def test_ground_rules_are_shown_in_the_version_that_was_accepted(see, ask, listing, seeker):
    assert "Ground rules that you accepted" not in see(seeker, ask(hours=24))
    terms.publish(listing.host, text="Be kind.", now=NOW)
    booking = ask(hours=48, terms_version=1)
    terms.publish(listing.host, text="Be on time.", now=NOW)
    page = see(seeker, booking)
    assert "<h2>Ground rules that you accepted</h2>" in page
    assert "Be kind." in page
    assert "Be on time." not in page


def test_a_plain_yes_gives_the_reduced_price(press, ask, reduced):
    booking = ask(price_kind="reduced")
    assert "You said yes." in press(reduced.host, booking, "approve")
    booking.refresh_from_db()
    assert (booking.state, booking.price, booking.concession) == ("confirmed", 1500, "granted")


def test_nobody_agrees_to_a_price_that_was_not_offered(press, booking, seeker):
    assert "There is no other price to agree to." in press(seeker, booking, "agree")
    assert Booking.objects.get().state == "requested"


# -- Another time


def test_the_host_suggests_a_time_for_a_request_and_yes_to_it_is_a_booking(see, press, booking, listing, seeker):
    page = see(listing.host, booking, "move")
    assert f'value="{OTHER_VALUE}"' in page
    page = see(listing.host, booking, "move", start=OTHER_VALUE)
    assert "Suggest this time?" in page
    assert "that is also your yes" in page
    assert "Until they agree, nothing changes." in press(listing.host, booking, "move", starts_at=OTHER_VALUE)
    page = see(seeker, booking)
    assert "suggests this time" in page
    assert "Tuesday 24 November 2026, 15:00 to 15:30 (London time)" in page
    assert "The new time is set." in press(seeker, booking, "move-accept")
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == ("confirmed", OTHER)


def test_a_suggestion_can_be_refused_and_taken_back(see, press, booking, listing, seeker):
    for person in (seeker, listing.host):
        rescheduling.propose(booking, by=listing.host, starts_at=OTHER, now=NOW)
        page = see(person, booking)
        assert ("Take my suggestion back" in page) == (person == listing.host)
        assert ("Agree to the new time" in page) == (person == seeker)
        assert "The booking stays as it is." in press(person, booking, "move-refuse")
        booking.refresh_from_db()
        assert booking.proposed_starts_at is None
        assert booking.starts_at == NOW + timedelta(hours=24)


def test_nobody_accepts_their_own_suggestion(press, booking, listing):
    rescheduling.propose(booking, by=listing.host, starts_at=OTHER, now=NOW)
    assert "There is no other time to answer any more." in press(listing.host, booking, "move-accept")
    assert Booking.objects.get().starts_at == NOW + timedelta(hours=24)


def test_a_request_is_moved_by_who_sent_it_at_once(see, press, booking, seeker):
    assert "The new time counts at once." in see(seeker, booking, "move", start=OTHER_VALUE)
    assert "The new time is set." in press(seeker, booking, "move", starts_at=OTHER_VALUE)
    assert Booking.objects.get().starts_at == OTHER


def test_a_booked_session_moves_when_the_host_agrees(see, press, client, confirmed, listing, seeker):
    assert "Until they agree, the time stays as it is." in see(seeker, confirmed, "move", start=OTHER_VALUE)
    press(seeker, confirmed, "move", starts_at=OTHER_VALUE)
    assert Booking.objects.get().starts_at == NOW + timedelta(hours=72)
    client.force_login(listing.host)
    dashboard = " ".join(client.get(at("hosting")).content.decode().split())
    assert "suggests another time" in dashboard
    assert "Needs your answer (1)" in dashboard
    assert "The new time is set." in press(listing.host, confirmed, "move-accept")
    confirmed.refresh_from_db()
    assert (confirmed.starts_at, confirmed.state) == (OTHER, "confirmed")


@pytest.mark.parametrize(
    ("starts_at", "sentence"),
    [
        ("2026-11-24T09:07Z", "The host is not available at this time."),
        ("2020-01-01T10:00Z", "This time is in the past."),
        ("", "Choose a time."),
        ("x", "Choose one of the times."),
        ("\x00", "Choose one of the times."),
        ("9999-12-31T23:59Z", "This time is too far ahead."),
    ],
)
def test_a_time_that_cannot_be_gets_a_sentence_and_the_free_times(client, clock, booking, seeker, starts_at, sentence):
    client.force_login(seeker)
    before = everything()
    address = at("move", booking.pk)
    for response in (client.get(address, {"start": starts_at}), client.post(address, {"starts_at": starts_at})):
        page = response.content.decode()
        assert response.status_code == 409
        assert sentence in page
        assert 'type="radio"' in page
    assert everything() == before


def test_a_time_that_somebody_else_took_is_refused_kindly(press, client, booking, listing, seeker, ask):
    ask(hours=30, by=UserFactory())
    client.force_login(seeker)
    response = client.post(at("move", booking.pk), {"starts_at": OTHER_VALUE})
    assert response.status_code == 409
    assert Booking.objects.get(pk=booking.pk).starts_at == NOW + timedelta(hours=24)


def test_a_host_does_not_learn_when_the_other_person_is_busy_elsewhere(see, booking, listing, seeker):
    elsewhere = PeerSessionFactory(open_all_week=True)
    bookings.ask(elsewhere, by=seeker, starts_at=OTHER, minutes=30, answers=bookings.Answers(), now=NOW)
    assert OTHER_VALUE in see(listing.host, booking, "move")
    assert OTHER_VALUE not in see(seeker, booking, "move")


def test_what_can_no_longer_be_moved_says_why(see, press, clock, confirmed, seeker):
    clock.now = confirmed.starts_at - timedelta(hours=2)
    assert at("move", confirmed.pk) not in see(seeker, confirmed)
    assert "too late to change the time free of charge" in press(seeker, confirmed, "move", starts_at=OTHER_VALUE)


# -- Cancelling


@pytest.mark.parametrize(
    ("hours_before", "refund", "kept"), [(48, "£15.00", ""), (24, "£15.00", ""), (23, "£7.50", "£7.50")]
)
def test_what_cancelling_leads_to_is_shown_first_and_then_happens(
    see, press, clock, confirmed, seeker, on_account, hours_before, refund, kept
):
    clock.now = confirmed.starts_at - timedelta(hours=hours_before)
    page = see(seeker, confirmed, "cancel")
    assert f"You get <bdi>{refund}</bdi> back." in page
    assert (f"keeps <bdi>{kept}</bdi>" in page) == bool(kept)
    assert "You need no reason." in page
    assert "If you cancel at least 1 day before the start" in page
    expected = {"£15.00": 1500, "£7.50": 750}[refund]
    assert f'name="expected_refund" value="{expected}"' in page
    told = press(seeker, confirmed, "cancel", expected_refund=expected)
    assert "You have cancelled this session." in told
    assert f"You get <bdi>{refund}</bdi> back." in told
    assert Booking.objects.get().refund == expected
    assert on_account.given_back == {str(confirmed.pk): expected}


def test_who_looked_too_long_is_shown_the_new_sum_and_keeps_their_words(client, clock, confirmed, seeker):
    client.force_login(seeker)
    clock.now = confirmed.starts_at - timedelta(hours=23)
    response = client.post(at("cancel", confirmed.pk), {"expected_refund": "1500", "message": "I am ill."})
    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "the amount has changed" in page
    assert "You get <bdi>£7.50</bdi> back." in page
    assert 'name="expected_refund" value="750"' in page
    assert "I am ill." in page
    assert Booking.objects.get().state == "confirmed"


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 30, "\x00"])
def test_an_odd_sum_cancels_nothing(client, clock, confirmed, seeker, odd):
    client.force_login(seeker)
    response = client.post(at("cancel", confirmed.pk), {"expected_refund": odd})
    assert response.status_code == 409
    assert Booking.objects.get().state == "confirmed"


def test_a_host_who_cancels_gives_everything_back_and_their_words_arrive(see, press, clock, confirmed, listing, seeker):
    clock.now = confirmed.starts_at - timedelta(hours=1)
    assert "gets <bdi>£15.00</bdi> back." in see(listing.host, confirmed, "cancel")
    press(listing.host, confirmed, "cancel", expected_refund=1500, message="I am ill <today>.")
    page = see(seeker, confirmed)
    assert "has cancelled this session." in page
    assert "You get <bdi>£15.00</bdi> back." in page
    assert "I am ill &lt;today&gt;." in page
    assert "Other free times" in page


def test_without_our_payments_it_is_said_who_settles_the_money(see, press, ask, priced, seeker):
    booking = bookings.approve(ask(hours=72), by=priced.host, now=NOW)
    page = see(seeker, booking, "cancel")
    assert "No money moves through this site." in page
    assert "You settle this between the two of you" in press(seeker, booking, "cancel", expected_refund=1500)


def test_a_free_session_is_cancelled_without_a_word_about_rules(see, booking, listing, seeker):
    bookings.approve(booking, by=listing.host, now=NOW)
    page = see(seeker, booking, "cancel")
    assert "This session is free. No money moves." in page
    assert "The rule that you were shown" not in page


def test_a_second_cancelling_shows_what_is_true(press, booking, listing, seeker):
    bookings.approve(booking, by=listing.host, now=NOW)
    press(seeker, booking, "cancel", expected_refund=0)
    before = everything()
    assert "was already cancelled" in press(seeker, booking, "cancel", expected_refund=0)
    assert everything() == before


def test_before_a_yes_there_is_nothing_to_cancel_but_to_withdraw(see, booking, seeker):
    page = see(seeker, booking)
    assert at("withdraw", booking.pk) in page
    assert at("cancel", booking.pk) not in page


# -- Somebody else got the time


def test_who_did_not_get_the_time_gets_others_and_an_honest_sentence(see, ask, listing, seeker):
    PeerSession.objects.update(requests_block_time=False)
    listing.refresh_from_db()
    mine, theirs = ask(), ask(by=UserFactory())
    bookings.approve(theirs, by=listing.host, now=NOW)
    page = see(seeker, mine)
    assert "Somebody else got this time." in page
    assert "Nothing was charged, and your answers are saved." in page
    assert page.count('type="radio"') == 5
    assert "Other free times" in page
    assert "You promised this time to somebody else." in see(listing.host, mine)


# -- Saying no


def test_saying_no_offers_three_kind_sentences_and_needs_none(see, press, client, booking, listing, seeker):
    page = see(listing.host, booking, "decline")
    assert page.count('name="kind"') == 4
    press(listing.host, booking, "decline", kind="full", message="Ask me again in spring.")
    booking.refresh_from_db()
    assert booking.answer == (
        "Thank you for asking. I cannot take on more sessions at the moment.\n\nAsk me again in spring."
    )
    assert "Ask me again in spring." in see(seeker, booking)


def test_saying_no_without_a_word_is_fine(press, booking, listing):
    press(listing.host, booking, "decline")
    assert (Booking.objects.get().state, Booking.objects.get().answer) == ("rejected", "")


# -- Who was there


@pytest.mark.parametrize("value", ["attended", "late", "missed"])
def test_the_host_says_after_the_start_who_was_there(see, press, clock, booking, listing, value):
    bookings.approve(booking, by=listing.host, now=NOW)
    assert "Was the other person there?" not in see(listing.host, booking)
    clock.now = booking.starts_at + timedelta(minutes=20)
    assert "Was the other person there?" in see(listing.host, booking)
    assert "Your answer is saved." in press(listing.host, booking, "attendance", as_=value)
    assert Booking.objects.get().attendance == value


@pytest.mark.parametrize("odd", ["", "unknown", "x", "\x00"])
def test_an_odd_answer_marks_nothing(press, clock, booking, listing, odd):
    bookings.approve(booking, by=listing.host, now=NOW)
    clock.now = booking.starts_at + timedelta(minutes=20)
    assert "Please choose one of the three answers first." in press(listing.host, booking, "attendance", as_=odd)
    assert Booking.objects.get().attendance == "unknown"


def test_who_came_through_the_door_was_there(press, clock, booking, listing):
    bookings.approve(booking, by=listing.host, now=NOW)
    attendance.record_join(booking, now=booking.starts_at)
    clock.now = booking.starts_at + timedelta(minutes=20)
    assert "so they were there." in press(listing.host, booking, "attendance", as_="missed")


# -- What changed, and the dashboard


def test_each_person_reads_what_changed_last_in_their_words(see, booking, listing, seeker):
    ProfileFactory(user=seeker, display_name="Sam")
    assert "You asked for this time." in see(seeker, booking)
    assert "Sam asked for this time." in see(listing.host, booking)
    bookings.approve(booking, by=listing.host, now=NOW)
    assert "The session was booked." in see(seeker, booking)
    cancelling.cancel(booking, by=seeker, expected_refund=0, now=NOW)
    assert "You cancelled the session." in see(seeker, booking)


def test_the_dashboard_says_what_was_shared_in_both_zones_with_every_answer(client, clock, ask, reduced, seeker):
    ProfileFactory(user=seeker, display_name="Sam", time_zone="America/New_York")
    reduced.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    PeerSession.objects.update(languages=["en", "de"])
    reduced.refresh_from_db()
    first = ask(price_kind="reduced", language="de", access_needs="Camera off.")
    second = ask(hours=26, by=UserFactory(), now=NOW + timedelta(minutes=1))
    client.force_login(reduced.host)
    page = " ".join(client.get(at("hosting")).content.decode().split())
    assert "Needs your answer (2)" in page
    for words in ("Camera off.", "German", "noise", "(London time)", "(New York time)", "Say yes, but for"):
        assert words in page
    assert page.index(first.get_absolute_url()) < page.index(second.get_absolute_url())
    for name in ("approve", "decline", "move"):
        assert at(name, first.pk) in page
    bookings.approve(first, by=reduced.host, now=NOW, reduced=False)
    rescheduling.propose(second, by=reduced.host, starts_at=OTHER, now=NOW)
    page = " ".join(client.get(at("hosting")).content.decode().split())
    assert "Needs your answer (0)" in page
    assert "Waiting for the other person (2)" in page


def test_a_pause_is_said_on_the_dashboard(client, clock, listing):
    client.force_login(listing.host)
    assert "Your pause started" not in client.get(at("hosting")).content.decode()
    calendars.pause(listing.host, now=NOW)
    page = client.get(at("hosting")).content.decode()
    assert "Your pause started" in page
    assert at("resume") in page
