from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class Quote:
    """What is to be paid, and to whom. ``amount`` in minor units of ``currency`` (ISO 4217, lower case)."""

    amount: int
    currency: str
    payee: AbstractBaseUser
    description: str
    details: Mapping[str, str] = field(default_factory=dict)
    """Label → value, shown on the pay page as written: in the reader's language and time zone."""


class PayableHandler(Protocol):
    """Answers for one kind of thing that can be paid for. Its methods only read."""

    def quote(self, payable_id: str) -> Quote | None:
        """None: there is nothing to pay for, or no longer."""

    def may_pay(self, payable_id: str, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether this person may see the pay page. Stays true when it is paid or over: they then read that."""

    def return_path(self, payable_id: str) -> str:
        """The site-relative address where the person goes on after paying."""


_handlers: dict[str, PayableHandler] = {}


def register(payable_type: str, handler: PayableHandler) -> None:
    """Call it in ``AppConfig.ready``. ``ValueError`` when the type is taken: types never change once used."""
    if payable_type in _handlers:
        raise ValueError(f"{payable_type!r} has a handler already")
    _handlers[payable_type] = handler


def handler_for(payable_type: str) -> PayableHandler:
    """``LookupError`` when nobody registered the type."""
    try:
        return _handlers[payable_type]
    except KeyError:
        raise LookupError(f"no handler for payables of type {payable_type!r}") from None
