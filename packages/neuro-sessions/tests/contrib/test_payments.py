"""``contrib.payments``: a price is paid through neuro-payments before the booking is booked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation

from neuro_accounts import notifications as accounts_notifications
from neuro_accounts.models import Delivery
from neuro_accounts.testing import UserFactory
from neuro_payments import checkout, payout_accounts
from neuro_payments import tasks as payments
from neuro_payments.models import Payment, SandboxCheckout
from neuro_payments.money import format_amount
from neuro_payments.providers import sandbox
from neuro_payments.signals import payment_changed
from neuro_sessions import booking as bookings
from neuro_sessions import listings
from neuro_sessions.contrib.payments.settlement import PAYABLE_TYPE
from neuro_sessions.models import Booking, BookingEvent, HostTime, PeerSession, ScheduledSession
from neuro_sessions.pricing import price_text
from neuro_sessions.tasks import tick
from neuro_sessions.testing import SettlementContract
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "P2")]
# After real commits payments speak to their provider, and to us, at once; otherwise their tick does.
committing = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def payment_of(booking):
    return checkout.payment_for(PAYABLE_TYPE, str(booking.pk))


def checkout_of(booking, *, now=NOW):
    """The sandbox's token, after its seeker went to the provider."""
    checkout.start(payment_of(booking), now=now, build_url=str)
    return payment_of(booking).checkout_id


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


@pytest.fixture
def approved(clock, ask, host):
    return bookings.approve(ask(hours=100), by=host, now=NOW)


class TestPaid(SettlementContract):
    def make_host(self):
        person = UserFactory()
        payout_accounts.connect(person, provider="sandbox", now=NOW)
        return person

    def pay(self, booking):
        assert sandbox.pay(checkout_of(booking), now=NOW)
        checkout.converge(payment_of(booking), now=NOW)
        booking.refresh_from_db()


# -- Publishing and approving need a payout account


@pytest.fixture
def unpaid_host(host):
    assert payout_accounts.disconnect(host, now=NOW)
    return host


def test_without_a_payout_account_nothing_with_a_price_is_published(client, listing, unpaid_host):
    listings.unpublish(listing)
    unpaid_host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    client.force_login(unpaid_host)
    response = client.post(reverse("neuro_sessions:publish", args=[listing.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("neuro_payments:account")
    assert "Connect a payout account first, so that people can pay you." in response.content.decode()
    assert not PeerSession.objects.get().is_published


def test_a_free_session_needs_no_payout_account(listing, unpaid_host, ask):
    listing.price = 0
    listing.save()
    listings.unpublish(listing)
    assert listings.publish(listing, now=NOW)
    assert bookings.approve(ask(), by=unpaid_host, now=NOW).state == "confirmed"
    assert not Payment.objects.exists()


def test_a_published_session_cannot_get_a_price_without_a_payout_account(client, listing, unpaid_host):
    PeerSession.objects.update(price=0)
    client.force_login(unpaid_host)
    fields = {"title": "T", "description": "We talk.", "durations": ["30"], "amount": "10", "currency": "gbp"}
    page = client.post(reverse("neuro_sessions:edit", args=[listing.pk]), fields).content.decode()
    assert "Connect a payout account first" in page
    assert PeerSession.objects.get().price == 0


def test_a_host_who_has_disconnected_cannot_say_yes(client, ask, unpaid_host):
    booking = ask()
    client.force_login(unpaid_host)
    response = client.post(reverse("neuro_sessions:approve", args=[booking.pk]))
    assert response.url == reverse("neuro_payments:account")
    assert state(booking) == "requested"
    assert not ScheduledSession.objects.exists()


# -- Paying


def test_yes_opens_one_payment_of_the_promised_price(approved):
    payment = Payment.objects.get()
    assert (payment.amount, payment.currency, payment.payer) == (1500, "gbp", approved.seeker)
    assert payment.expires_at == approved.deadline
    assert state(approved) == "approved"


@pytest.mark.parametrize(("currency", "price", "amount"), [("jpy", 1500, 1500), ("isk", 1500, 150000), ("eur", 1, 1)])
def test_the_payment_counts_in_the_provider_s_smallest_unit(clock, ask, host, listing, currency, price, amount):
    PeerSession.objects.update(currency=currency, price=price)
    listing.refresh_from_db()
    bookings.approve(ask(), by=host, now=NOW)
    assert Payment.objects.get().amount == amount


@pytest.mark.feature("P6")
@pytest.mark.parametrize("language", ["en-gb", "de", "fr", "ja", "ar", "tlh"])
# The two also agree on the decimals of these. Of ISK and a few others only the provider knows cents.
@pytest.mark.parametrize("currency", ["gbp", "eur", "usd", "jpy", "kwd", "chf"])
def test_sessions_and_payments_write_the_same_price_for_the_same_reader(language, currency):
    with translation.override(language):
        assert price_text(1234567, currency) == format_amount(1234567, currency)


@committing
def test_a_booking_is_paid_over_http_and_then_booked(approved, host):
    seeking = Client()
    seeking.force_login(approved.seeker)
    page = seeking.get(approved.get_absolute_url()).content.decode()
    assert "Pay <bdi>£15.00</bdi>" in " ".join(page.split())
    assert payment_of(approved).pay_path() in page
    summary = seeking.get(payment_of(approved).pay_path()).content.decode()
    assert "£15.00" in summary
    assert "Friday 27 November 2026" in summary
    assert "London time" in summary
    went = seeking.post(payment_of(approved).pay_path())
    assert went.status_code == 302
    assert sandbox.pay(payment_of(approved).checkout_id, now=NOW)
    back = seeking.get(SandboxCheckout.objects.get().return_url.replace("http://testserver", ""))
    assert back.status_code == 200
    payments.tick(now=NOW + 2 * MINUTE)
    assert state(approved) == "confirmed"
    page = seeking.get(approved.get_absolute_url()).content.decode()
    assert "You are booked." in page
    assert payment_of(approved).pay_path() not in page


def test_a_declined_card_and_walking_away_leave_the_booking_payable(approved):
    token = checkout_of(approved)
    assert sandbox.decline(token, now=NOW)
    payments.tick(now=NOW + 5 * MINUTE)
    tick(now=NOW + 5 * MINUTE)
    assert state(approved) == "approved"
    assert sandbox.pay(checkout_of(approved, now=NOW + 6 * MINUTE), now=NOW + 6 * MINUTE)
    payments.tick(now=NOW + 8 * MINUTE)
    assert state(approved) == "confirmed"


@pytest.mark.feature("E17")
@pytest.mark.parametrize("order", ["settle tick signal", "signal settle signal tick", "tick tick settle settle signal"])
def test_news_of_a_payment_has_one_effect_in_any_order_and_number(approved, host, order):
    Payment.objects.update(state=Payment.State.PAID, paid_at=NOW)
    stale = Booking.objects.get()
    news = {
        "settle": lambda: bookings.settle(stale, now=NOW),
        "tick": lambda: tick(now=NOW),
        "signal": lambda: payment_changed.send(
            sender=Payment, payment_id=None, payable_type=PAYABLE_TYPE, payable_id=str(approved.pk)
        ),
    }
    for name in order.split():
        news[name]()
    assert state(approved) == "confirmed"
    assert BookingEvent.objects.filter(act="confirm").count() == 1
    for key in ("session_confirmed", "session_confirmed_host", "payment_made", "payment_received"):
        assert Delivery.objects.filter(type=f"neuro_sessions.{key}", channel="site").count() == 1, key


def test_news_of_something_else_is_left_alone(approved):
    for payable_type, payable_id in [("shop.order", str(approved.pk)), (PAYABLE_TYPE, str(approved.peer_session_id))]:
        payment_changed.send(sender=Payment, payment_id=None, payable_type=payable_type, payable_id=payable_id)
    assert state(approved) == "approved"


def test_both_are_told_what_was_paid(approved, mailoutbox):
    TestPaid().pay(approved)
    payments.tick(now=NOW + 2 * MINUTE)
    accounts_notifications.deliver_due(now=NOW)
    text = {mail.subject: mail.body for mail in mailoutbox}
    assert any("Your payment of £15.00" in body for body in text.values())
    assert any("You receive £12.75." in body for body in text.values())
    assert not any("{" in body for body in text.values())


# -- Ends


@committing
def test_after_a_withdrawal_nothing_can_be_paid(approved):
    token = checkout_of(approved)
    seeking = Client()
    seeking.force_login(approved.seeker)
    path = payment_of(approved).pay_path()
    assert seeking.post(reverse("neuro_sessions:withdraw", args=[approved.pk])).status_code == 302
    assert not sandbox.pay(token, now=NOW)
    with pytest.raises(checkout.NotOpen):
        checkout.start(payment_of(approved), now=NOW, build_url=str)
    assert seeking.post(path, follow=True).status_code == 200
    assert payment_of(approved).state == Payment.State.CANCELLED
    assert seeking.get(approved.get_absolute_url()).context["pay_url"] is None
    payments.tick(now=NOW + 2 * MINUTE)
    assert state(approved) == "withdrawn"


def test_an_unpaid_booking_ends_by_itself_and_frees_the_time(approved, ask):
    token = checkout_of(approved)
    end = approved.deadline + bookings.PAYMENT_GRACE
    payments.tick(now=end)
    tick(now=end)
    assert state(approved) == "expired"
    assert not sandbox.pay(token, now=end)
    assert not HostTime.objects.exists()
    assert ask(hours=100, by=UserFactory(), now=end).state == "requested"


def test_a_payment_of_the_last_second_is_good_although_the_news_is_late(approved):
    token = checkout_of(approved)
    assert sandbox.pay(token, now=approved.deadline - timedelta(seconds=1))
    tick(now=approved.deadline + 5 * MINUTE)
    assert state(approved) == "approved"
    payments.tick(now=approved.deadline + 6 * MINUTE)
    assert state(approved) == "confirmed"


@pytest.mark.feature("E17")
def test_late_news_of_a_payment_never_promises_a_time_twice(clock, approved, ask, host):
    token = checkout_of(approved)
    assert sandbox.pay(token, now=approved.deadline - timedelta(seconds=1))
    clock.now = approved.deadline + bookings.PAYMENT_GRACE
    second = bookings.approve(ask(hours=100, by=UserFactory(), now=clock.now), by=host, now=clock.now)
    payments.tick(now=clock.now)
    tick(now=clock.now)
    assert payment_of(approved).state == Payment.State.PAID  # it has to be given back by a person
    assert state(approved) == "expired"
    assert state(second) == "approved"
    assert {row.booking for row in HostTime.objects.all()} == {second}


def test_a_payment_that_succeeds_while_the_request_is_withdrawn_books_nothing(approved, caplog):
    token = checkout_of(approved)
    assert sandbox.pay(token, now=NOW)
    bookings.withdraw(approved, by=approved.seeker, now=NOW)
    payments.tick(now=NOW + 2 * MINUTE)
    assert payment_of(approved).state == Payment.State.PAID
    assert state(approved) == "withdrawn"
    assert not HostTime.objects.exists()
    assert f"Booking {approved.pk} is withdrawn but was paid" in caplog.text


def test_nobody_but_the_seeker_can_pay(approved, host, stranger):
    for person in (host, stranger):
        client = Client()
        client.force_login(person)
        assert client.get(payment_of(approved).pay_path()).status_code == 404
        assert client.post(payment_of(approved).pay_path()).status_code == 404
