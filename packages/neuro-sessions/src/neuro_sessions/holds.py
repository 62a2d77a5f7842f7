"""A chosen time is kept while somebody fills in their request. When that ends, nothing that they wrote is lost."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from . import conf
from .availability import find_slot
from .booking import NotOffered, OwnListing
from .host_time import hold, locked_calendars, patient
from .models import BookingDraft, HostTime, PeerSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@patient
def start(
    listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, minutes: int, now: datetime
) -> BookingDraft:
    """Keeps a free time for somebody and begins their draft, or moves the one they have to this time.

    A person holds one time at once. Raises ``availability.SlotRefused``, ``host_time.TimeTaken``,
    ``booking.OwnListing``, ``booking.NotOffered``.
    """
    if listing.host_id == by.pk:
        raise OwnListing
    find_slot(listing, starts_at=starts_at, minutes=minutes, by=by, now=now)
    held = HostTime.objects.filter(holder_id=by.pk).values_list("host_id", flat=True)
    with locked_calendars(listing.host_id, by.pk, *held, now=now):
        if not PeerSession.objects.published().filter(pk=listing.pk).exists():
            raise NotOffered
        slot = find_slot(listing, starts_at=starts_at, minutes=minutes, by=by, now=now)
        ends_by = _ends_by(listing, by=by, starts_at=starts_at, now=now)
        until = _until(starts_at, ends_by, now=now)
        if until > now:
            hold(listing, holder_id=by.pk, starts_at=slot.starts_at, ends_at=slot.ends_at, until=until)
        draft, _made = BookingDraft.objects.update_or_create(
            seeker_id=by.pk,
            peer_session=listing,
            defaults={"starts_at": starts_at, "minutes": minutes, "hold_ends_by": ends_by, "updated_at": now},
        )
    return draft


def find(listing: PeerSession, *, by: "AbstractUser") -> BookingDraft | None:
    """What this person has begun to fill in for this listing."""
    return (
        BookingDraft.objects.select_related("peer_session", "seeker")
        .filter(peer_session=listing, seeker_id=by.pk)
        .first()
    )


def kept_until(draft: BookingDraft, *, now: datetime) -> datetime | None:
    """Until when the draft's time is kept. None: it is not kept any more, and may be gone."""
    return _hold_of(draft).filter(expires_at__gt=now).values_list("expires_at", flat=True).first()


@patient
def extend(draft: BookingDraft, *, now: datetime) -> datetime | None:
    """Keeps the draft's time longer, up to ``hold_ends_by``. Returns until when, None when the hold has ended."""
    until = _until(draft.starts_at, draft.hold_ends_by, now=now)
    _hold_of(draft).filter(expires_at__gt=now, expires_at__lt=until).update(expires_at=until)
    return kept_until(draft, now=now)


@patient
def save(draft: BookingDraft, *, answers: dict[str, Any], now: datetime) -> None:
    """Stores the answers as they were typed, and keeps the time longer: who writes is still there."""
    draft.answers, draft.updated_at = answers, now
    BookingDraft.objects.filter(pk=draft.pk).update(answers=answers, updated_at=now)
    extend(draft, now=now)


@patient
def discard(draft: BookingDraft, *, now: datetime) -> None:
    """The person does not want to ask any more: the time is free for others at once."""
    with locked_calendars(draft.peer_session.host_id, draft.seeker_id, now=now):
        _hold_of(draft).delete()
        draft.delete()


def forget_old(*, now: datetime) -> None:
    """Deletes the drafts that nobody has changed for ``DRAFT_DAYS``."""
    BookingDraft.objects.filter(updated_at__lte=now - timedelta(days=conf.get().draft_days)).delete()


def _ends_by(listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> datetime:
    """Until when this time can be kept at most. Choosing it again does not begin anew, before as long has passed."""
    longest = timedelta(minutes=conf.get().longest_hold_minutes)
    same = BookingDraft.objects.filter(seeker_id=by.pk, peer_session=listing, starts_at=starts_at)
    earlier = same.filter(hold_ends_by__gt=now - longest).values_list("hold_ends_by", flat=True).first()
    return earlier or now + longest


def _hold_of(draft: BookingDraft) -> QuerySet[HostTime]:
    # A hold starts before the session by the host's buffer.
    return HostTime.objects.filter(
        holder_id=draft.seeker_id,
        host_id=draft.peer_session.host_id,
        starts_at__lte=draft.starts_at,
        ends_at__gt=draft.starts_at,
    )


def _until(starts_at: datetime, ends_by: datetime, *, now: datetime) -> datetime:
    return min(now + timedelta(minutes=conf.get().hold_minutes), ends_by, starts_at)
