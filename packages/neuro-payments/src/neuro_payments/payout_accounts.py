from datetime import datetime
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from neuro_payments import conf, providers
from neuro_payments.models import Payment, StripeAccount
from neuro_payments.refusals import Refused

ACTIVE: Final = StripeAccount.Status.ACTIVE
DISCONNECTED: Final = StripeAccount.Status.DISCONNECTED


class PaymentsAreOpen(Refused):
    code = "payments_are_open"
    sentence = _(
        "Somebody can still pay you through this account. "
        "You can disconnect it when those payments are paid, cancelled or past their time."
    )


def connected_account(user: AbstractBaseUser) -> StripeAccount | None:
    """The person's live account at the provider that the site uses now."""
    return StripeAccount.objects.filter(owner_id=user.pk, provider=conf.get().provider, status=ACTIVE).first()


def connect(user: AbstractBaseUser, *, provider: str, now: datetime) -> StripeAccount:
    """Connects an account at the provider (an alias), or returns the live one.

    Calls the provider: not in a transaction. Safe to repeat. Raises ``ProviderUnavailable``.
    """
    theirs = StripeAccount.objects.filter(owner_id=user.pk, provider=provider)
    live = theirs.filter(status=ACTIVE).first()
    if live is not None:
        return live
    account_id = providers.get(provider).connect_account(str(user.pk))
    again = theirs.filter(account_id=account_id, status=DISCONNECTED)
    try:
        with transaction.atomic():
            if not again.update(status=ACTIVE, connected_at=now, disconnected_at=None):
                StripeAccount.objects.create(
                    owner_id=user.pk, provider=provider, account_id=account_id, connected_at=now
                )
    except IntegrityError:
        # A second click was faster: its row is the answer.
        return theirs.get(status=ACTIVE)
    return theirs.get(status=ACTIVE)


def disconnect(user: AbstractBaseUser, *, now: datetime) -> bool:
    """Disconnects the live account. False: there was none. Raises ``PaymentsAreOpen``."""
    mine = {"owner_id": user.pk, "provider": conf.get().provider}
    with transaction.atomic():
        # Written first: on PostgreSQL this waits until a payment that is just being opened is committed and visible.
        live = StripeAccount.objects.filter(**mine, status=ACTIVE)
        if not live.update(status=DISCONNECTED, disconnected_at=now):
            return False
        if Payment.objects.filter(account__in=StripeAccount.objects.filter(**mine), state=Payment.State.OPEN).exists():
            raise PaymentsAreOpen
        return True
