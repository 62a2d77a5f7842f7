"""The one door of a booking's state."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

import neuro_sessions
from neuro_accounts import notifications as accounts_notifications
from neuro_accounts.models import Delivery
from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import attendance, listings, reviews
from neuro_sessions import booking as bookings
from neuro_sessions.availability import SlotRefused
from neuro_sessions.host_time import TimeTaken
from neuro_sessions.models import Booking, BookingEvent, HostTime, ScheduledSession
from neuro_sessions.refusals import Refusal
from tests import doubles
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E18")]

State = Booking.State
LATER = timedelta(minutes=5)
AFTERWARDS = NOW + timedelta(days=2)


@pytest.fixture
def on_account(settings):
    """Bookings have to be paid, and the test says when they are."""
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    doubles.OnAccount.paid, doubles.OnAccount.owed = set(), set()
    yield doubles.OnAccount
    doubles.OnAccount.refuses_to_begin = False


@pytest.fixture
def priced(listing):
    listing.price = 1500
    listing.save()
    return listing


def pay(booking):
    doubles.OnAccount.paid.add(str(booking.pk))


def joined(booking):
    attendance.record_join(booking, now=booking.starts_at)
    return booking


ACTS = {
    "approve": lambda booking, now: bookings.approve(booking, by=booking.host, now=now),
    "decline": lambda booking, now: bookings.decline(booking, by=booking.host, message="Sorry.", now=now),
    "withdraw": lambda booking, now: bookings.withdraw(booking, by=booking.seeker, now=now),
    "expire": lambda booking, now: bookings.expire(booking, now=now),
    "finish": lambda booking, now: bookings.finish(joined(booking), by=booking.host, now=now),
    "complete": lambda booking, now: bookings.complete(booking, now=now),
}
# How a booking comes into each state.
WAYS = {
    State.REQUESTED: [],
    State.APPROVED: ["approve"],
    State.CONFIRMED: ["approve", "pay"],
    State.COMPLETED: ["approve", "pay", "complete"],
    State.REJECTED: ["decline"],
    State.WITHDRAWN: ["approve", "withdraw"],
    State.EXPIRED: ["approve", "expire"],
}
ALLOWED = {
    ("approve", State.REQUESTED): State.APPROVED,
    ("decline", State.REQUESTED): State.REJECTED,
    ("withdraw", State.REQUESTED): State.WITHDRAWN,
    ("withdraw", State.APPROVED): State.WITHDRAWN,
    ("expire", State.REQUESTED): State.EXPIRED,
    ("expire", State.APPROVED): State.EXPIRED,
    ("finish", State.CONFIRMED): State.COMPLETED,
    ("complete", State.CONFIRMED): State.COMPLETED,
}


def walk(booking, way):
    for act in way:
        if act == "pay":
            pay(booking)
            bookings.settle(booking, now=NOW + LATER)
        else:
            ACTS[act](booking, NOW + LATER)
    return booking


@pytest.fixture
def in_state(ask, on_account, priced):
    return lambda state: walk(ask(), WAYS[state])


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (BookingEvent, HostTime, Delivery)]


def test_every_state_has_a_way_and_every_act_a_row():
    assert set(WAYS) == set(State)
    assert {act for act, _state in ALLOWED} == set(ACTS)
    assert {(act, state) for act, (sources, _to) in bookings.TRANSITIONS.items() for state in sources} == {
        *(pair for pair in ALLOWED if pair[0] != "finish"),
        ("confirm", State.APPROVED),
    }


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_allowed_or_refused_in_every_state(in_state, act, state):
    booking = in_state(state)
    assert Booking.objects.get().state == state
    before, events = everything(), BookingEvent.objects.count()
    if (act, state) in ALLOWED:
        assert ACTS[act](booking, NOW + LATER).state == ALLOWED[act, state]
        assert Booking.objects.get().state == ALLOWED[act, state]
        return
    if act == "finish":
        joined(booking)
        before = everything()
    with pytest.raises(bookings.TransitionRefused) as refused:
        ACTS[act](booking, NOW + LATER)
    assert refused.value.code == f"{'complete' if act == 'finish' else act}_{state}"
    assert str(refused.value.sentence)
    assert Booking.objects.get().state == booking.state == state
    assert everything() == before
    assert BookingEvent.objects.count() >= events


@pytest.mark.parametrize("state", State)
def test_a_stale_object_is_refused_and_then_shows_what_is_true(in_state, ask, state):
    booking = in_state(state)
    stale = Booking.objects.get()
    stale.state = State.REQUESTED
    if state == State.REQUESTED:
        bookings.decline(booking, by=booking.host, message="", now=NOW)
    with pytest.raises(bookings.TransitionRefused):
        bookings.decline(stale, by=stale.host, message="", now=NOW)
    assert stale.state == Booking.objects.get().state


def test_the_host_can_finish_only_after_the_seeker_has_joined(in_state):
    booking = in_state(State.CONFIRMED)
    with pytest.raises(bookings.NotMet):
        bookings.finish(booking, by=booking.host, now=AFTERWARDS)
    assert bookings.finish(joined(booking), by=booking.host, now=AFTERWARDS).state == State.COMPLETED


# -- Asking


def test_a_request_copies_what_was_promised(ask, listing, seeker):
    ProfileFactory(user=seeker, time_zone="America/New_York")
    booking = ask()
    listing.title, listing.price, listing.currency = "Another title", 99, "eur"
    listing.save()
    booking.refresh_from_db()
    assert (booking.title, booking.price, booking.currency) != ("Another title", 99, "eur")
    assert (booking.seeker_time_zone, booking.host_time_zone) == ("America/New_York", "Europe/London")


def test_a_host_cannot_ask_for_their_own_session(ask, listing):
    with pytest.raises(bookings.OwnListing):
        ask(by=listing.host)
    assert not Booking.objects.exists()


@pytest.mark.feature("E18")
def test_a_request_keeps_the_time_where_the_listing_says_so(ask):
    ask()
    with pytest.raises(SlotRefused) as refused:
        ask(by=UserFactory())
    assert refused.value.code == "taken"


@pytest.mark.feature("E18")
def test_several_people_can_ask_for_a_time_where_the_listing_says_so(ask, listing):
    listing.requests_block_time = False
    first, second = ask(), ask(by=UserFactory())
    bookings.approve(second, by=listing.host, now=NOW)
    with pytest.raises(TimeTaken):
        bookings.approve(first, by=listing.host, now=NOW)
    assert Booking.objects.get(pk=first.pk).state == first.state == State.REQUESTED
    assert ScheduledSession.objects.count() == 1


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("way", [[], ["approve"]])
def test_asking_twice_leads_to_the_request_that_is_there(ask, listing, blocks, way):
    listing.requests_block_time = blocks
    first = walk(ask(), way)
    with pytest.raises(bookings.AlreadyAsked) as refused:
        ask(minutes=60)
    assert refused.value.path == first.get_absolute_url()
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("act", ["withdraw", "decline", "expire"])
def test_one_can_ask_for_the_same_time_again_when_the_first_request_has_ended(ask, act):
    ACTS[act](ask(), NOW)
    assert ask().state == State.REQUESTED


def test_one_can_ask_again_when_the_first_request_ran_out_unnoticed(ask, listing):
    listing.requests_block_time = False
    ask(hours=100)
    assert ask(hours=100, now=NOW + timedelta(hours=73))
    assert Booking.objects.count() == 2


def test_a_request_ends_after_three_days_or_when_it_would_start(ask):
    assert ask(hours=100).deadline == NOW + timedelta(hours=72)
    assert ask(hours=10).deadline == NOW + timedelta(hours=10)


# -- Answering


def test_without_a_price_yes_means_booked(ask):
    booking = bookings.approve(ask(), by=None or UserFactory(), now=NOW)
    assert booking.state == State.CONFIRMED
    assert booking.deadline is None
    assert HostTime.objects.get().expires_at is None


def test_with_a_price_yes_keeps_the_time_until_the_deadline(in_state, settings):
    booking = in_state(State.APPROVED)
    assert booking.deadline == NOW + LATER + timedelta(hours=23, minutes=55)  # it starts before a day has passed
    assert HostTime.objects.get().expires_at == booking.deadline + bookings.PAYMENT_GRACE


def test_a_request_that_ran_out_cannot_be_approved(ask):
    booking = ask()
    with pytest.raises(bookings.TransitionRefused) as refused:
        bookings.approve(booking, by=booking.host, now=booking.deadline)
    assert refused.value.code == "approve_expired"
    assert Booking.objects.get().state == State.EXPIRED
    assert not HostTime.objects.exists()


def test_a_host_who_cannot_be_paid_cannot_approve(ask, on_account, priced):
    on_account.refuses_to_begin = True
    booking = ask()
    before = everything()
    with pytest.raises(Refusal) as refused:
        bookings.approve(booking, by=booking.host, now=NOW)
    assert refused.value.path == "/account/"
    assert booking.state == Booking.objects.get().state == State.REQUESTED
    assert everything() == before
    assert not ScheduledSession.objects.exists()


def test_expiring_spares_a_booking_that_was_approved_at_the_last_moment(ask, on_account, priced):
    booking = ask(hours=100)
    seen_by_tick = Booking.objects.get()
    bookings.approve(booking, by=booking.host, now=booking.deadline - timedelta(seconds=1))
    with pytest.raises(bookings.TransitionRefused):
        bookings.expire(seen_by_tick, now=seen_by_tick.deadline)
    assert Booking.objects.get().state == State.APPROVED


@pytest.mark.parametrize("act", ["decline", "withdraw", "expire"])
def test_an_end_frees_the_time(ask, act):
    ACTS[act](ask(), NOW)
    assert not HostTime.objects.exists()
    assert ask(by=UserFactory())


def test_an_end_makes_paying_impossible(in_state, on_account):
    booking = in_state(State.APPROVED)
    assert on_account.owed == {str(booking.pk)}
    bookings.withdraw(booking, by=booking.seeker, now=NOW)
    assert on_account.owed == set()


# -- Money


def test_settling_is_the_same_however_often_it_is_done(in_state):
    booking = in_state(State.APPROVED)
    assert bookings.settle(booking, now=NOW).state == State.APPROVED
    pay(booking)
    for _time in range(3):
        bookings.settle(Booking.objects.get(), now=NOW)
    assert Booking.objects.get().state == State.CONFIRMED
    assert list(BookingEvent.objects.values_list("act", flat=True)) == ["ask", "approve", "confirm"]
    assert Delivery.objects.filter(type="neuro_sessions.session_confirmed").count() == 2  # site and e-mail


def test_settling_with_a_stale_object_changes_nothing(in_state):
    booking = in_state(State.APPROVED)
    stale = Booking.objects.get()
    pay(booking)
    bookings.settle(booking, now=NOW)
    assert bookings.settle(stale, now=NOW).state == State.CONFIRMED
    assert BookingEvent.objects.filter(act="confirm").count() == 1


@pytest.mark.parametrize("act", ["withdraw", "expire"])
def test_a_payment_after_the_end_confirms_nothing(in_state, act):
    booking = ACTS[act](in_state(State.APPROVED), NOW)
    pay(booking)
    before = everything()
    assert bookings.settle(booking, now=NOW).state == ALLOWED[act, State.APPROVED]
    assert everything() == before


@pytest.mark.feature("P10")
@pytest.mark.parametrize("act", ["withdraw", "expire"])
def test_what_is_paid_cannot_be_withdrawn_nor_run_out_before_the_news_of_it(in_state, act):
    booking = in_state(State.APPROVED)
    pay(booking)
    with pytest.raises(bookings.TransitionRefused) as refusal:
        ACTS[act](booking, NOW)
    assert refusal.value.code == f"{act}_confirmed"
    booking.refresh_from_db()
    assert booking.state == State.CONFIRMED


def test_a_late_payment_is_still_good_while_the_time_is_free(in_state):
    booking = in_state(State.APPROVED)
    pay(booking)
    late = booking.deadline + bookings.PAYMENT_GRACE - timedelta(seconds=1)
    assert bookings.settle(booking, now=late).state == State.CONFIRMED


def test_a_late_payment_never_promises_a_time_to_two_people(ask, on_account, priced):
    first = ask(hours=100)
    bookings.approve(first, by=first.host, now=NOW)
    too_late = first.deadline + bookings.PAYMENT_GRACE
    second = ask(hours=100, by=UserFactory(), now=too_late)
    pay(first)
    assert bookings.settle(first, now=too_late).state == State.EXPIRED
    assert HostTime.objects.get().booking == second


def test_two_late_settlements_of_one_booking_both_end_quietly(ask, on_account, priced):
    first = ask(hours=100)
    bookings.approve(first, by=first.host, now=NOW)
    too_late = first.deadline + bookings.PAYMENT_GRACE
    ask(hours=100, by=UserFactory(), now=too_late)
    pay(first)
    stale = Booking.objects.get(pk=first.pk)
    bookings.settle(first, now=too_late)
    assert bookings.settle(stale, now=too_late).state == State.EXPIRED
    assert BookingEvent.objects.filter(act="expire").count() == 1


# -- History


def fold(booking):
    """The booking's row, from its events alone."""
    row = {}
    for event in booking.events.order_by("revision"):
        row |= event.changes | {"revision": event.revision}
    return {field.attname: field.to_python(row[field.attname]) for field in Booking._meta.concrete_fields}


@pytest.mark.parametrize("state", State)
def test_the_history_rebuilds_the_row(ask, on_account, priced, state):
    booking = walk(ask(now=NOW + timedelta(microseconds=123456)), WAYS[state])
    if state in (State.CONFIRMED, State.COMPLETED):
        joined(booking)
    stored = Booking.objects.filter(pk=booking.pk).values().get()
    assert fold(booking) == stored
    assert [event.revision for event in booking.events.all()] == list(range(1, stored["revision"] + 1))


def test_the_history_names_who_acted(in_state, seeker, listing):
    booking = joined(in_state(State.COMPLETED))
    acted = {event.act: event.actor_id for event in booking.events.all()}
    assert acted == {"ask": seeker.pk, "approve": listing.host_id, "confirm": None, "complete": None, "join": seeker.pk}


def test_joining_twice_is_one_event(in_state):
    booking = joined(joined(in_state(State.CONFIRMED)))
    assert booking.events.filter(act="join").count() == 1


# -- What is said


def said():
    """Who is told what, with the number of channels that were used for it."""
    rows = Delivery.objects.order_by("created_at", "type").values_list("type", "recipient_id", "channel")
    assert len(rows) == 2 * len({row[:2] for row in rows})
    return sorted({(key.removeprefix("neuro_sessions."), recipient) for key, recipient, _channel in rows})


SAID = {
    "approve": [("session_approved", "seeker")],
    "decline": [("session_declined", "seeker")],
    "withdraw": [("session_withdrawn", "host")],
    "expire": [("session_expired", "seeker")],
    "complete": [],
}


@pytest.mark.feature("A5")
@pytest.mark.parametrize(("act", "messages"), SAID.items())
def test_each_act_tells_those_whom_it_concerns(in_state, seeker, listing, act, messages):
    booking = in_state(State.CONFIRMED if act == "complete" else State.REQUESTED)
    Delivery.objects.all().delete()
    ACTS[act](booking, NOW)
    people = {"seeker": seeker.pk, "host": listing.host_id}
    assert said() == [(key, people[who]) for key, who in messages]


def test_asking_tells_the_host_and_booking_tells_both(ask, seeker, listing):
    booking = ask()
    assert said() == [("session_requested", listing.host_id)]
    bookings.approve(booking, by=listing.host, now=NOW)
    assert set(said()) == {
        ("session_requested", listing.host_id),
        ("session_confirmed", seeker.pk),
        ("session_confirmed_host", listing.host_id),
    }


def test_a_refused_act_tells_nobody(in_state):
    booking = in_state(State.REJECTED)
    Delivery.objects.all().delete()
    with pytest.raises(bookings.TransitionRefused):
        bookings.approve(booking, by=booking.host, now=NOW)
    assert said() == []


NEWS = {
    State.REQUESTED: {"session_requested"},
    State.APPROVED: {"session_approved"},
    State.CONFIRMED: {"session_confirmed", "session_confirmed_host"},
    State.COMPLETED: {"review_received"},
    State.REJECTED: {"session_declined"},
    State.WITHDRAWN: {"session_withdrawn"},
    State.EXPIRED: {"session_expired", "session_expired_host"},
}


@pytest.mark.feature("A5")
@pytest.mark.parametrize("state", State)
def test_only_what_is_still_true_goes_out_and_it_reads_well(in_state, mailoutbox, client, seeker, listing, state):
    listing.title = "Noise {at} work"
    listing.save()
    ProfileFactory(user=seeker, time_zone="America/New_York", display_name="Sam")
    ProfileFactory(user=listing.host, time_zone="Europe/London", display_name="Robin")
    booking = in_state(state)
    if state == State.COMPLETED:
        reviews.write(joined(booking), rating=5, text="", now=AFTERWARDS)
    accounts_notifications.deliver_due(now=AFTERWARDS)
    sent = Delivery.objects.filter(channel="site", sent_at__isnull=False)
    assert {row.type.removeprefix("neuro_sessions.") for row in sent} == NEWS[state]
    assert len(mailoutbox) == len(sent)
    for row in sent:
        assert "Noise {at} work" in row.title + row.text
        assert "{" not in (row.title + row.text).replace("Noise {at} work", "")
        zone = "New York time" if row.recipient == seeker else "London time"
        clock = "04:00 to 04:30" if row.recipient == seeker else "09:00 to 09:30"
        if row.type != "neuro_sessions.review_received":
            assert f"Tuesday 24 November 2026, {clock} ({zone})" in row.text
        client.force_login(row.recipient)
        assert client.get(row.path).status_code == 200


def test_publishing_tells_the_host(listing, mailoutbox, now):
    listings.unpublish(listing)
    listings.publish(listing, now=now)
    accounts_notifications.deliver_due(now=now)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([listing.host.email], f"“{listing.title}” is published")
    ]


def test_publishing_in_the_year_2100_tells_the_host_too(listing, now):
    listings.unpublish(listing)
    assert listings.publish(listing, now=now.replace(year=2100))


# -- The door


def writers_of_state(tree):
    """Lines that assign ``.state``, set it by name, or hand it to ``update``, ``create`` or a constructor."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.lineno
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            writes = name in ("update", "create", "get_or_create", "update_or_create", "Booking", "_move")
            if writes and any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno
            if name == "setattr" and any(isinstance(a, ast.Constant) and a.value == "state" for a in node.args):
                yield node.lineno


def test_no_other_module_writes_a_booking_s_state():
    root = Path(neuro_sessions.__file__).parent
    found = {}
    for path in root.rglob("*.py"):
        if lines := list(writers_of_state(ast.parse(path.read_text()))):
            found[str(path.relative_to(root))] = len(lines)
    assert found == {"booking.py": 2}  # asking, and _move


def test_one_booking_is_one_transaction(ask):
    """Nothing of a booking may be committed before the rest: so no act can be part of a bigger transaction."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ask()
