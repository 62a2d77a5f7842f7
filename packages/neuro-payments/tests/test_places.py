"""Where a page is, what it means to press its button, and the package's own small document around it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import timezone

from neuro_payments import checkout
from tests.projects.minimal.shop.models import Order

PAGE = "/payments/account/"


def breadcrumb(page: str) -> list[Any]:
    """Its links, then the words of the page itself."""
    found = re.search(r'<nav class="nm-breadcrumb".*?</nav>', page, re.DOTALL)
    if not found:
        return []
    here = re.search(r'<li aria-current="page">([^<]*)<', found[0])
    return [*re.findall(r'<a href="([^"]*)">([^<]*)</a>', found[0]), here and here[1]]


def test_the_payout_account_lies_below_the_page_that_the_project_names() -> None:
    page = render_to_string("neuro_payments/account.html", {"account_url": "/mine/"})
    assert breadcrumb(page) == [("/mine/", "Your account"), "Your payout account"]
    assert breadcrumb(render_to_string("neuro_payments/account.html")) == []


@pytest.mark.django_db
def test_before_disconnecting_one_reads_what_it_means_for_the_money(seller: User, sign_in: Any) -> None:
    page = sign_in(seller).get(f"{PAGE}disconnect/").text
    assert breadcrumb(page) == [(PAGE, "Your payout account"), "Disconnect"]
    assert "After this nobody can pay you through the account <bdi>acct_" in page
    assert "Money that was paid before stays yours." in page
    assert "While somebody can still pay you, we keep it connected and tell you so." in page
    assert f'<a href="{PAGE}">Keep it connected</a>' in page


@pytest.mark.django_db
def test_a_payment_lies_below_what_it_is_for_and_the_practice_page_below_the_payment(
    order: Order, buyer: User, sign_in: Any
) -> None:
    now = timezone.now()
    payment = checkout.open_payment(
        "shop.order", str(order.pk), payer=buyer, expires_at=now + timedelta(days=1), now=now
    )
    browser = sign_in(buyer)
    page = browser.get(payment.pay_path()).text
    assert breadcrumb(page) == [(f"/orders/{order.pk}/", "A jar of honey"), "Check and pay"]
    assert "Check and pay: A jar of honey" in " ".join(page.split())
    practice = browser.post(payment.pay_path(), follow=True).text
    above = f"http://testserver{payment.pay_path()}"
    assert breadcrumb(practice) == [(above, "Your payment"), "Sandbox payment page"]


@pytest.mark.django_db
def test_the_own_document_says_the_kind_of_each_message_inside_main(seller: User, sign_in: Any) -> None:
    page = sign_in(seller).post(f"{PAGE}disconnect/", follow=True).text
    assert page.index('class="nm-skip" href="#main"') < page.index('id="main"') < page.index("nm-messages")
    assert '<p class="nm-notice nm-notice--success"><strong>Done:</strong> Your payout account is' in page
