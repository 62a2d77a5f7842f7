import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_payments import conf
from neuro_payments.models import SandboxCheckout
from neuro_payments.providers.base import CheckoutRequest, ProviderUnavailable, RemoteCheckout, RemoteState


class SandboxRefused(ProviderUnavailable):
    code = "sandbox_refused"
    sentence = _("Payments are not set up on this site yet. Nothing has been paid.")


def allowed() -> bool:
    """Only while developing, or where the site says that it is a demonstration."""
    return settings.DEBUG or conf.get().allow_sandbox


class SandboxProvider:
    """A provider without money, keys or network: its remote side is one table and one page of ours."""

    is_sandbox = True

    def connect_account(self, owner_reference: str) -> str:
        _require_allowed()
        return f"acct_sandbox_{owner_reference}"

    def create_checkout(self, request: CheckoutRequest) -> RemoteCheckout:
        _require_allowed()
        asked = asdict(request) | {"token": f"cs_sandbox_{secrets.token_urlsafe(24)}"}
        row, _created = SandboxCheckout.objects.get_or_create(reference=request.reference, defaults=asked)
        return _as_remote(row)

    def fetch(self, checkout_id: str) -> RemoteCheckout:
        try:
            return _as_remote(SandboxCheckout.objects.get(token=checkout_id))
        except SandboxCheckout.DoesNotExist:
            raise ProviderUnavailable from None

    def close(self, checkout_id: str) -> RemoteCheckout:
        still_open = SandboxCheckout.objects.filter(token=checkout_id, status=SandboxCheckout.Status.OPEN)
        still_open.update(status=SandboxCheckout.Status.EXPIRED)
        return self.fetch(checkout_id)


def pay(token: str, *, now: datetime) -> bool:
    """The person pays on the sandbox page. False: it could no longer be paid, nothing happened."""
    return _act(token, now, status=SandboxCheckout.Status.PAID, paid_at=now)


def decline(token: str, *, now: datetime) -> bool:
    """The person's card is refused. False: it could no longer be paid, nothing happened."""
    return _act(token, now, declines=F("declines") + 1)


def _act(token: str, now: datetime, **change: Any) -> bool:
    payable = SandboxCheckout.objects.filter(token=token, status=SandboxCheckout.Status.OPEN, expires_at__gt=now)
    return payable.update(**change) == 1


def _require_allowed() -> None:
    if not allowed():
        raise SandboxRefused


def _as_remote(row: SandboxCheckout) -> RemoteCheckout:
    return RemoteCheckout(
        checkout_id=row.token,
        state=RemoteState(row.status),
        amount=row.amount,
        currency=row.currency,
        url=reverse("neuro_payments:sandbox-checkout", args=[row.token]),
        declined=row.declines > 0,
        paid_at=row.paid_at,
    )
