from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from neuro_payments import conf, providers
from neuro_payments.fees import WHOLE
from neuro_payments.providers import sandbox


def register() -> None:
    checks.register(check_settings, "neuro_payments")


def check_settings(*, app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """E001 to E003 as in ``_conf``; E004 unknown provider, E005 sandbox refused, E006 fee out of range."""
    found = conf.get.check("neuro_payments")
    return found or [*_check_provider(), *_check_fee()]


def _check_provider() -> list[checks.CheckMessage]:
    current = conf.get()
    if current.provider not in current.providers:
        known = ", ".join(current.providers)
        message = f"NEURO_PAYMENTS['PROVIDER'] is {current.provider!r}, which is not in PROVIDERS."
        return [checks.Error(message, hint=f"Known aliases: {known}.", id="neuro_payments.E004")]
    if providers.get(current.provider).is_sandbox and not sandbox.allowed():
        hint = "Choose a real provider, or set NEURO_PAYMENTS['ALLOW_SANDBOX'] on a demonstration site."
        return [checks.Error("The sandbox provider works only with DEBUG.", hint=hint, id="neuro_payments.E005")]
    return []


def _check_fee() -> list[checks.CheckMessage]:
    if 0 <= conf.get().application_fee_bps <= WHOLE:
        return []
    message = f"NEURO_PAYMENTS['APPLICATION_FEE_BPS'] must be between 0 and {WHOLE}."
    return [checks.Error(message, hint="1500 is 15 %.", id="neuro_payments.E006")]
