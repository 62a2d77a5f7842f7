import logging
import smtplib
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from neuro_accounts import conf, preferences
from neuro_accounts._claims import claim_due, finish, try_again
from neuro_accounts.models import Channel, Delivery
from neuro_accounts.notification_types import registered
from neuro_accounts.profiles import display_name, language_of, time_zone_of

logger = logging.getLogger(__name__)

ROUND_SECONDS = 60
"""A round stops after this time: whatever it claims then still has half of its lease left."""

MAIL_SERVER_AWAY = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    smtplib.SMTPConnectError,
    smtplib.SMTPServerDisconnected,
)


@dataclass(frozen=True, kw_only=True)
class Message:
    """The words of one delivery, in the language, in the zone and on the clock of its recipient."""

    title: str
    text: str
    action: str
    path: str

    @property
    def url(self) -> str:
        return conf.get().base_url.rstrip("/") + self.path


def deliver_due(*, now: datetime, channels: Iterable[str] = (Channel.SITE, Channel.EMAIL)) -> int:
    """Sends what is due and returns how many messages went out. Safe to call at any time, also side by side.

    What fails is logged and due again later. Messages on the site do not wait for the mail server.
    """
    deadline = monotonic() + ROUND_SECONDS
    return sum(_deliver_channel(channel, now=now, deadline=deadline) for channel in channels)


def _deliver_channel(channel: str, *, now: datetime, deadline: float) -> int:
    sent = 0
    for delivery in claim_due(Delivery.objects.filter(channel=channel), now=now):
        try:
            sent += _deliver(delivery, now=now)
        except Exception as error:
            logger.exception("Delivery %s (%s, %s) did not go out.", delivery.pk, delivery.type, channel)
            try_again(delivery, now=now, last_error=f"{type(error).__name__}: {error}"[:500])
            if isinstance(error, MAIL_SERVER_AWAY):
                break
        if monotonic() > deadline:
            break
    return sent


def _deliver(delivery: Delivery, *, now: datetime) -> bool:
    """Whether the message went out now. One that has no reader or is no longer true is closed as dropped."""
    recipient = delivery.recipient
    clock = preferences.clock_of(preferences.of(recipient))
    with translation.override(language_of(recipient)), timezone.override(time_zone_of(recipient)), clock:
        message = _compose(delivery) if _can_reach(delivery) else None
        if message is None:
            finish(delivery, dropped_at=now, last_error="")
            return False
        if delivery.channel == Channel.EMAIL:
            _send_mail(delivery, message)
            return finish(delivery, sent_at=now, last_error="")
    words = {"title": message.title, "text": message.text, "path": message.path}
    return finish(delivery, sent_at=now, last_error="", **words)


def _can_reach(delivery: Delivery) -> bool:
    recipient = delivery.recipient
    return recipient.is_active and (delivery.channel != Channel.EMAIL or bool(recipient.email))


def _compose(delivery: Delivery) -> Message | None:
    kind = registered(delivery.type)
    facts = kind.facts(delivery)
    if facts is None:
        return None
    subject, text, action = (str(words).format_map(facts).strip() for words in (kind.subject, kind.text, kind.action))
    # A line break in a subject would be refused by the mail package.
    return Message(title=" ".join(subject.split())[:200], text=text, action=action, path=str(facts["path"]))


def _send_mail(delivery: Delivery, message: Message) -> None:
    site = urlsplit(conf.get().base_url).hostname
    context = {"message": message, "name": display_name(delivery.recipient), "site": site}
    text = render_to_string("neuro_accounts/mail/notification.txt", context)
    html = render_to_string("neuro_accounts/mail/notification.html", context)
    # The same id at every attempt: a mail that was sent just before a crash is recognised as the same one.
    headers = {"Message-ID": f"<{delivery.pk}@{site}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(message.title, text, None, [delivery.recipient.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    mail.send()
