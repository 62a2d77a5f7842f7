from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from neuro_payments import payout_accounts
from neuro_payments.decorators import stripe_account_required

pytestmark = pytest.mark.django_db


@stripe_account_required
def sell(request: HttpRequest, thing: str) -> HttpResponse:
    """Offers something."""
    return HttpResponse(f"{thing} is for sale")


@stripe_account_required(when=lambda request: request.POST.get("price", "0") != "0")
def give_or_sell(request: HttpRequest) -> HttpResponse:
    return HttpResponse("offered")


def ask(
    view: Callable[..., HttpResponse], user: Any, data: dict[str, str] | None = None, **kwargs: str
) -> HttpResponse:
    request = RequestFactory().post("/offers/", data or {})
    request.user = user
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    response = view(request, **kwargs)
    response.said = [str(message) for message in request._messages]  # type: ignore[attr-defined]
    return response


def test_somebody_whom_one_can_pay_gets_through(seller: User) -> None:
    assert ask(sell, seller, thing="Honey").content == b"Honey is for sale"


def test_somebody_without_an_account_is_led_to_the_page_where_they_connect_one(buyer: User) -> None:
    response = ask(sell, buyer, thing="Honey")
    assert (response.status_code, response["Location"]) == (302, "/payments/account/")
    assert response.said == ["Connect a payout account first, so that people can pay you."]  # type: ignore[attr-defined]


def test_a_disconnected_account_does_not_count(seller: User) -> None:
    now: datetime = timezone.now()
    assert payout_accounts.disconnect(seller, now=now)
    assert ask(sell, seller, thing="Honey").status_code == 302


@pytest.mark.parametrize(("data", "status"), [({}, 200), ({"price": "0"}, 200), ({"price": "15"}, 302)])
def test_the_account_may_be_needed_for_some_requests_alone(buyer: User, data: dict[str, str], status: int) -> None:
    assert ask(give_or_sell, buyer, data).status_code == status


def test_who_is_not_signed_in_is_asked_to_sign_in_where_an_account_is_needed() -> None:
    assert ask(sell, AnonymousUser(), thing="Honey")["Location"] == "/login/?next=/offers/"
    assert ask(give_or_sell, AnonymousUser()).status_code == 200


def test_a_view_keeps_its_name_and_words() -> None:
    assert (sell.__name__, sell.__doc__) == ("sell", "Offers something.")
