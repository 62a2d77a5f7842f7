from typing import Any

from allauth.account import app_settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


def check_allauth_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: a setting of allauth would undo a promise of this sign-up (age, terms, confirmed address)."""
    from neuro_accounts.contrib.signin.adapter import AccountAdapter
    from neuro_accounts.contrib.signin.forms import SignupForm

    form, adapter = app_settings.FORMS.get("signup", ""), app_settings.ADAPTER
    ours = "neuro_accounts.contrib.signin"
    promises = {
        "ACCOUNT_EMAIL_VERIFICATION must be 'mandatory'.": app_settings.EMAIL_VERIFICATION == "mandatory",
        "ACCOUNT_CONFIRM_EMAIL_ON_GET must be False: mail scanners open links.": not app_settings.CONFIRM_EMAIL_ON_GET,
        "ACCOUNT_PREVENT_ENUMERATION must not be False.": bool(app_settings.PREVENT_ENUMERATION),
        f"ACCOUNT_FORMS['signup'] must be {ours}.forms.SignupForm or build on it.": _builds_on(form, SignupForm),
        f"ACCOUNT_ADAPTER must be {ours}.adapter.AccountAdapter or build on it.": _builds_on(adapter, AccountAdapter),
    }
    return [Error(sentence, id="neuro_accounts_signin.E001") for sentence, kept in promises.items() if not kept]


def _builds_on(path: str, ours: type) -> bool:
    return bool(path) and issubclass(import_string(path), ours)


def connect() -> None:
    register(check_allauth_settings, "neuro_accounts_signin")
