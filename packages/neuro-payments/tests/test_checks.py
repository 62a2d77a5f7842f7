from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from neuro_payments import payables
from tests.projects.minimal.shop.payables import OrderPayable


@pytest.mark.parametrize(
    ("given", "debug", "expected"),
    [
        ({"ALLOW_SANDBOX": True}, False, []),
        ({}, True, []),
        ({}, False, ["neuro_payments.E005"]),
        ({"ALLOW_SANDBOXES": True}, True, ["neuro_payments.E001"]),
        ({"APPLICATION_FEE_BPS": "15"}, True, ["neuro_payments.E002"]),
        ({"PROVIDERS": {"sandbox": {"BACKEND": "no.such.Thing"}}}, True, ["neuro_payments.E003"]),
        ({"PROVIDER": "stripe"}, True, ["neuro_payments.E004"]),
        ({"APPLICATION_FEE_BPS": 10_001}, True, ["neuro_payments.E006"]),
        ({"APPLICATION_FEE_BPS": -1}, True, ["neuro_payments.E006"]),
    ],
)
def test_settings_are_checked(given: dict[str, Any], debug: bool, expected: list[str], settings: Any) -> None:
    settings.DEBUG, settings.NEURO_PAYMENTS = debug, given
    assert [message.id for message in run_checks(tags=["neuro_payments"])] == expected


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_a_kind_of_payable_has_one_handler() -> None:
    with pytest.raises(ValueError, match="has a handler already"):
        payables.register("shop.order", OrderPayable())
