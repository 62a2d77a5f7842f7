from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from . import grants, notifications
from .meeting_place import meeting_place
from .models import PeerSession
from .refusals import Refusal
from .settlement import settlement
from .validators import RESERVED_SLUGS

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# Whose it is and who sees it do not change by editing.
FIXED = frozenset({"id", "pk", "host", "host_id", "published_at", "created_at"})


class NotComplete(Refusal):
    """Codes: no_times, no_link."""


class AccountClosed(Refusal):
    """Code: closed."""


def create(*, host: "AbstractUser", **fields: Any) -> PeerSession:
    """A new draft listing with an address made from its title; a second one of the same title gets a number.

    Raises ``AccountClosed``.
    """
    _check_account_is_open(host)
    base = slugify(fields["title"], allow_unicode=False)[:120] or "session"
    number = 1
    while True:
        slug = base if number == 1 else f"{base}-{number}"
        number += 1
        if slug in RESERVED_SLUGS or PeerSession.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                listing = PeerSession.objects.create(host_id=host.pk, slug=slug, **fields)
                grants.on_create([listing])
                return listing
        except IntegrityError:
            if not PeerSession.objects.filter(slug=slug).exists():
                raise


def change(listing: PeerSession, **fields: Any) -> None:
    """Stores these fields; the host stays. A published listing must stay fit for that.

    Raises ``NotComplete``, ``settlement.NotReadyToPublish``; then nothing is stored.
    """
    if fixed := FIXED & fields.keys():
        raise TypeError(f"These fields of a listing do not change: {', '.join(sorted(fixed))}.")
    for name, value in fields.items():
        setattr(listing, name, value)
    if listing.is_published:
        _check_people_can_meet_and_pay(listing)
    if "durations" in fields:
        # Another length may be free at another time: the next free time is looked for again.
        fields["next_free_version"] = listing.next_free_version = None
    listing.save(update_fields=list(fields))


def publish(listing: PeerSession, *, now: datetime) -> bool:
    """Makes it visible. False: it was already.

    Raises ``NotComplete``, ``AccountClosed``, ``settlement.NotReadyToPublish``.
    """
    _check_account_is_open(listing.host)
    if not listing.availability.exists():
        raise NotComplete("no_times", _("Add at least one weekly time first, so that people can choose one."))
    _check_people_can_meet_and_pay(listing)
    with transaction.atomic():
        changed = PeerSession.objects.filter(pk=listing.pk, published_at=None).update(published_at=now)
        listing.refresh_from_db(fields=["published_at"])
        if changed:
            grants.on_publish([listing])
            notifications.tell_published(listing, now=now)
    return bool(changed)


def unpublish(listing: PeerSession) -> bool:
    """Hides it from new people; bookings stay. False: it was hidden already."""
    with transaction.atomic():
        changed = PeerSession.objects.filter(pk=listing.pk, published_at__isnull=False).update(published_at=None)
        listing.refresh_from_db(fields=["published_at"])
        if changed:
            grants.on_unpublish([listing])
    return bool(changed)


def _check_account_is_open(host: "AbstractUser") -> None:
    if not host.is_active:
        raise AccountClosed("closed", _("This account is closed, so it cannot offer sessions."))


def _check_people_can_meet_and_pay(listing: PeerSession) -> None:
    if meeting_place().asks_for_link and not listing.meeting_link:
        edit = reverse("neuro_sessions:edit", args=[listing.pk])
        raise NotComplete("no_link", _("Add the meeting link first, so that people can join."), edit)
    settlement().check_listing(listing)
