"""The whole way through pages alone: from signing up to a review, without JavaScript and without shortcuts."""

import pytest

from neuro_accounts.groups import setup_default_groups
from neuro_accounts.testing import UserFactory
from tests.visitor import PASSWORD, Visitor

TITLE = "Sorting out a noisy day"
WORDS = "We look at one day together. You can leave at any time."


@pytest.fixture
def staff(transactional_db) -> Visitor:
    setup_default_groups()
    visitor = Visitor("tara-team")
    user = UserFactory(username=visitor.username, email=visitor.email, password=PASSWORD, groups=["Neuromancer"])
    visitor.browser.force_login(user)
    return visitor


@pytest.fixture
def host(staff) -> Visitor:
    return Visitor("hanna-host")


@pytest.fixture
def seeker(staff) -> Visitor:
    return Visitor("sasha-seeker")


@pytest.mark.feature("A1", "A6", "W4")
def test_stranger_becomes_a_host_and_another_one_asks_pays_joins_and_reviews(staff, host, seeker):
    become_member(host, display_name="Hanna")
    become_host(host, staff)
    offer_session(host)
    become_member(seeker, display_name="Sasha")
    booking = ask(seeker)
    approve(host, booking)
    pay(seeker, booking)
    assert host.is_told("Sasha paid for") == booking
    meet(seeker, host, booking)
    review(seeker, booking)
    host.is_told("Somebody reviewed")
    assert host.sees("4 out of 5")
    assert host.sees("We found two things to try.")


def become_member(visitor: Visitor, *, display_name: str) -> None:
    visitor.sign_up(display_name=display_name)
    visitor.log_in()
    visitor.open("/me/profile/")
    assert visitor.path == "/login/", "nobody is let in before the address is confirmed"
    visitor.confirm_address()
    visitor.log_in()
    assert visitor.sees("My bookings")
    visitor.is_told("Your account is ready")


def become_host(host: Visitor, staff: Visitor) -> None:
    host.open("/sessions/create/peer/")
    assert host.path == "/me/become-a-host/", "who is no host yet is shown the way"
    host.send(host.path, message="I have learnt to say no kindly.")
    assert host.sees("We have your application.")
    application = staff.is_told("asks to become a host")
    assert staff.sees("I have learnt to say no kindly.")
    staff.send(application, decision="accept", answer="Welcome.")
    host.is_told("You are a host now")


def offer_session(host: Visitor) -> None:
    host.send("/me/time-zone/", time_zone="America/New_York")
    offer = {"title": TITLE, "description": WORDS, "durations": ["30", "45"], "amount": "15.00", "currency": "gbp"}
    host.send("/sessions/create/peer/", **offer)
    assert host.sees("New York time")
    availability = host.path
    whole_days = {f"day_{day}-0-start": "00:00" for day in range(7)} | {f"day_{day}-0-end": "00:00" for day in range(7)}
    whole_days |= {f"day_{day}-whole": "on" for day in range(7)} | {"seen": host.hidden("seen")}
    host.send(availability, act="week", **whole_days)
    host.send(host.link("/publish/"))
    assert host.path == "/payments/account/", "a price needs a payout account"
    host.send("/payments/account/")
    host.open(availability)
    host.send(host.link("/publish/"))
    assert host.sees("Your session is published.")
    host.is_told("is published")


def ask(seeker: Visitor) -> str:
    """Returns the path of the booking."""
    seeker.send("/me/time-zone/", time_zone="Asia/Kolkata")
    seeker.open("/sessions/")
    seeker.follow("sorting-out-a-noisy-day")
    assert seeker.sees("Kolkata time")
    start = seeker.text.split('name="start"')[1].split('value="')[1].split('"')[0]
    page = seeker.link("/request/schedule/")
    seeker.open(f"{page}?start={start}&minutes=30")
    assert seeker.sees("Kolkata time")
    seeker.send(page, starts_at=start, minutes="30")
    assert seeker.sees("We keep this time for you until")
    seeker.send(f"{page}needs/", note="My neighbours are loud.")
    assert seeker.sees("My neighbours are loud.")
    hidden = {name: seeker.hidden(name) for name in ("starts_at", "minutes", "promised")}
    seeker.send(f"{page}check/", **hidden)
    assert seeker.sees("Your request is sent.")
    return seeker.path


def approve(host: Visitor, booking: str) -> None:
    assert host.is_told("Sasha asks for") == booking
    assert host.sees("My neighbours are loud.")
    assert host.sees("New York time")
    approve = host.link("/approve/")
    host.send(approve)
    assert host.sees("You said yes.")
    host.send(approve)
    assert host.sees("The host has already said yes."), "a second click has no second effect"


def pay(seeker: Visitor, booking: str) -> None:
    assert seeker.is_told("said yes") == booking
    seeker.follow("/payments/pay/")
    assert seeker.sees("£15.00")
    pay_page = seeker.path
    seeker.send(pay_page)
    sandbox = seeker.path
    seeker.send(sandbox, act="decline")
    assert seeker.sees("The card was declined.")
    seeker.open(booking)
    assert not seeker.sees("You are booked.")
    seeker.send(pay_page)
    seeker.send(sandbox, act="pay")
    assert seeker.path == booking
    assert seeker.sees("You are booked.")
    seeker.send(sandbox, act="pay")
    assert seeker.sees("This is already paid.")
    assert seeker.is_told("You paid £15.00") == booking
    assert seeker.is_told("is booked") == booking


def meet(seeker: Visitor, host: Visitor, booking: str) -> None:
    host.open(booking)
    assert "/finish/" not in host.text, "nothing is over before anybody came"
    for visitor, name, role in ((seeker, "Sasha", "Guest"), (host, "Hanna", "Host")):
        visitor.open(booking)
        visitor.follow("/join/")
        visitor.send(visitor.path)
        assert visitor.path.startswith("/rooms/local/")
        assert visitor.sees(name)
        assert visitor.sees(role)
        visitor.follow(f"^{booking}$")
    host.send(host.link("/finish/"))
    assert host.sees("This session is over.")


def review(seeker: Visitor, booking: str) -> None:
    seeker.open(booking)
    page = seeker.link("/review/")
    seeker.send(page, rating="4", text="We found two things to try.")
    assert seeker.sees("Your review is shown now.")
    assert seeker.sees("We found two things to try.")
    seeker.open(page)
    assert seeker.sees("You have already reviewed this session."), "one review for one session"
