from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.utils import timezone

from neuro_payments import pay_tokens
from neuro_payments.models import Payment, SandboxCheckout, StripeAccount
from tests.projects.minimal.shop.models import Order

pytestmark = pytest.mark.django_db
ODD = ["x", "%00", "a" * 5000, "..", "%F0%9F%8D%AF", "0" * 32, "-1", "%25", "a.b.c", "%0A"]


@pytest.fixture
def pages(order: Order, buyer: User, sign_in: Callable[[User], Client]) -> list[str]:
    """Each page of the package, with a payment that is ready to be paid."""
    browser = sign_in(buyer)
    pay_page = browser.post(f"/orders/{order.pk}/buy/")["Location"]
    sandbox_page = browser.post(pay_page)["Location"].removeprefix("http://testserver")
    return [pay_page, sandbox_page, "/payments/account/", "/payments/account/disconnect/"]


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Payment, SandboxCheckout, StripeAccount)]


def test_a_foreign_person_learns_nothing(pages: list[str], make_user: Any, sign_in: Any, seller: User) -> None:
    for person in (make_user("eve"), seller):
        browser = sign_in(person)
        for page in pages[:2]:
            assert browser.get(page).status_code == 404
            assert browser.post(page, {"act": "pay"}).status_code == 404
    assert Payment.objects.get().state == "open"


def test_an_anonymous_person_is_asked_to_sign_in(pages: list[str], client: Client) -> None:
    before = everything()
    for page in pages:
        for answer in (client.get(page), client.post(page, {"act": "pay"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/login/?next=/payments/")
    assert everything() == before


def test_looking_changes_nothing(pages: list[str], buyer: User, seller: User, sign_in: Any) -> None:
    before = everything()
    for person in (buyer, seller):
        browser = sign_in(person)
        for page in pages:
            for _ in range(2):
                assert browser.get(page).status_code in (200, 302, 404)
                browser.head(page)
    assert everything() == before


def test_a_tampered_address_is_not_found(pages: list[str], buyer: User, sign_in: Any) -> None:
    browser, payment = sign_in(buyer), Payment.objects.get()
    name, signature = pay_tokens.sign(payment.pk).split(".")
    elsewhere = signing.Signer(salt="something else", sep=".").sign(payment.pk.hex)
    for token in (name, f"{name}.", f"{name}.{signature[:-1]}", f"{'0' * 32}.{signature}", elsewhere, str(payment.pk)):
        assert browser.get(f"/payments/pay/{token}/").status_code == 404
        assert browser.post(f"/payments/pay/{token}/").status_code == 404


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_not_found(odd: str, buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    for page in (f"/payments/pay/{odd}/", f"/payments/sandbox/{odd}/"):
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"act": "pay"}).status_code == 404


@pytest.mark.parametrize("odd", [{}, {"act": ""}, {"act": "steal"}, {"act": "\x00"}, {"act": ["pay", "nothing"]}])
def test_an_unknown_button_does_nothing(odd: dict[str, Any], pages: list[str], buyer: User, sign_in: Any) -> None:
    before = everything()
    answer = sign_in(buyer).post(pages[1], odd, follow=True)
    assert "Nothing was chosen" in answer.content.decode()
    assert everything() == before


def test_other_methods_are_refused(pages: list[str], buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    for page in pages:
        assert browser.put(page).status_code == 405
        assert browser.delete(page).status_code == 405


def test_a_forged_form_is_refused(pages: list[str], buyer: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(buyer)
    for page in pages:
        assert browser.post(page, {"act": "pay"}).status_code == 403


def test_a_payment_whose_kind_nobody_knows_is_not_found(pages: list[str], buyer: User, sign_in: Any) -> None:
    Payment.objects.update(payable_type="shop.gone")
    assert sign_in(buyer).get(pages[0]).status_code == 404


def test_the_pay_page_stays_readable_when_the_thing_was_called_off(
    pages: list[str], order: Order, buyer: User, sign_in: Any
) -> None:
    Order.objects.update(called_off=True)
    assert "A jar of honey" in sign_in(buyer).get(pages[0]).content.decode()


def test_nothing_of_the_package_is_cached(pages: list[str], buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    for page in pages:
        assert "no-store" in browser.get(page)["Cache-Control"]


@pytest.mark.feature("P9")
def test_the_sandbox_works_only_while_developing_or_where_it_is_allowed(
    pages: list[str], buyer: User, sign_in: Any, settings: Any
) -> None:
    browser = sign_in(buyer)
    settings.NEURO_PAYMENTS = {}
    before = everything()
    assert browser.get(pages[1]).status_code == 404
    assert browser.post(pages[1], {"act": "pay"}).status_code == 404
    Payment.objects.update(checkout_id="")
    SandboxCheckout.objects.all().delete()
    refused = browser.post(pages[0], follow=True)
    assert "Payments are not set up on this site yet." in refused.content.decode()
    assert not SandboxCheckout.objects.exists()
    settings.DEBUG = True
    page = browser.post(pages[0])["Location"]
    assert browser.get(page).status_code == 200
    assert before[2] == everything()[2]


def test_pages_use_no_inline_code(pages: list[str], buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    for page in pages:
        text = browser.get(page, follow=True).content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_a_paid_page_still_says_what_it_was(pages: list[str], buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    browser.post(pages[1], {"act": "pay"})
    text = browser.get(pages[0]).content.decode()
    assert "Paid on:" in text
    assert timezone.localtime().strftime("%B %Y") in text
