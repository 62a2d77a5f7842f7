from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from neuro_accounts.models import Channel

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from neuro_accounts.models import Delivery

SITE, EMAIL = Channel.SITE, Channel.EMAIL


class UnknownNotification(LookupError):
    """No notification type is registered under this key."""


@dataclass(frozen=True, kw_only=True)
class NotificationType:
    """A kind of message to one person. The words are decided when it goes out, from what is true then."""

    key: str
    """Stable name with the package in front: ``neuro_sessions.booking_asked``."""
    label: "_StrOrPromise"
    category: str
    subject: "_StrOrPromise"
    """With ``text`` and ``action`` a translatable sentence; ``{placeholders}`` are filled from ``facts``."""
    text: "_StrOrPromise"
    action: "_StrOrPromise"
    """Words of the link to the page that the message is about."""
    facts: "Callable[[Delivery], Mapping[str, Any] | None]"
    """Placeholder values plus ``path``, the site-relative address of that page.

    Called when the message goes out, with the language and zone of the recipient active.
    None: the message is no longer true, nothing is sent.
    """
    channels: tuple[str, ...] = (SITE, EMAIL)


_types: dict[str, NotificationType] = {}


def register(*types: NotificationType) -> None:
    """Makes the types known. A later type under the same key replaces the earlier one."""
    _types.update({kind.key: kind for kind in types})


def registered(key: str) -> NotificationType:
    """The type under this key. Raises UnknownNotification."""
    try:
        return _types[key]
    except KeyError:
        raise UnknownNotification(key) from None
