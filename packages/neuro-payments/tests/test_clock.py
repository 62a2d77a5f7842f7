"""A project may say how its reader wants a time of day written: ``time_format`` in the context of its pages."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client

from tests.projects.minimal.shop.models import Order
from tests.test_journey import buy, press

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A13")]


def twelve_hours(request: HttpRequest) -> dict[str, str]:
    return {"time_format": "g:i A"}


@pytest.fixture
def on_12_hours(settings: Any) -> None:
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"].append(f"{__name__}.twelve_hours")


@pytest.fixture
def written_times(buyer: User, order: Order, sign_in: Callable[[User], Client]) -> Callable[[], list[str]]:
    """The times on the pay page before and after paying, and on the seller's payout page."""

    def read() -> list[str]:
        browser = sign_in(buyer)
        pay_page, sandbox = buy(browser, order)
        pages = [browser.get(pay_page).text]
        press(browser, sandbox, "pay")
        pages += [browser.get(pay_page).text, sign_in(order.seller).get("/payments/account/").text]
        return [time for page in pages for time in re.findall(r", (\d[^<]*)</time> \(London time\)", page)]

    return read


def test_times_have_24_hours_by_themselves(written_times: Callable[[], list[str]]) -> None:
    times = written_times()
    assert len(times) == 3
    assert all(re.fullmatch(r"\d\d:\d\d", time) for time in times)


@pytest.mark.usefixtures("on_12_hours")
def test_times_have_12_hours_where_the_project_says_so(written_times: Callable[[], list[str]]) -> None:
    times = written_times()
    assert len(times) == 3
    assert all(re.fullmatch(r"\d{1,2}:\d\d [AP]M", time) for time in times)
