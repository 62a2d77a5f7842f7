"""What is said to the two people of a booking. Each text is decided when it goes out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_accounts.notifications import NotificationType, notify
from neuro_accounts.profiles import display_name

from .models import Booking, PeerSession, Review
from .times import when

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from neuro_accounts.models import Delivery

SOURCE = "neuro_sessions.booking"
LISTING_SOURCE = "neuro_sessions.peer_session"
State = Booking.State


def tell(booking: Booking, kind: NotificationType, recipient: "AbstractUser", *, now: datetime) -> None:
    """Writes the notification in the caller's transaction."""
    notify(kind.key, recipient, source_type=SOURCE, source_id=booking.pk, revision=booking.revision, now=now)


def tell_published(listing: PeerSession, *, now: datetime) -> None:
    revision = int(now.timestamp()) // 60  # In seconds it would not fit into the column after 2038.
    notify(PUBLISHED.key, listing.host, source_type=LISTING_SOURCE, source_id=listing.pk, revision=revision, now=now)


def booking_facts(booking: Booking) -> Mapping[str, str]:
    return {
        "title": booking.title,
        "host": display_name(booking.host),
        "seeker": display_name(booking.seeker),
        "when": when(booking.starts_at, booking.ends_at),
        "answer": booking.answer,
        "path": booking.get_absolute_url(),
    }


def while_in(*states: State) -> Callable[["Delivery"], Mapping[str, str] | None]:
    """Facts of a booking as long as it is in one of the states; afterwards there is nothing to say any more."""

    def facts(delivery: "Delivery") -> Mapping[str, str] | None:
        booking = Booking.objects.with_people().filter(pk=delivery.source_id, state__in=states).first()
        return booking_facts(booking) if booking else None

    return facts


def _published_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    listing = PeerSession.objects.filter(pk=delivery.source_id, published_at__isnull=False).first()
    return {"title": listing.title, "path": listing.get_absolute_url()} if listing else None


def _review_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    review = Review.objects.filter(booking_id=delivery.source_id).select_related("booking__peer_session").first()
    if review is None:
        return None
    listing = review.booking.peer_session
    return {"title": listing.title, "path": f"{reverse('neuro_sessions:detail', args=[listing.slug])}#reviews"}


def _kind(key: str, **parts: object) -> NotificationType:
    return NotificationType(key=f"neuro_sessions.{key}", category="bookings", **parts)  # type: ignore[arg-type]


PUBLISHED = _kind(
    "session_published",
    label=_("Session published"),
    subject=_("“{title}” is published"),
    text=_("People can now find “{title}” and ask for a time."),
    action=_("See the session"),
    facts=_published_facts,
)
REQUESTED = _kind(
    "session_requested",
    label=_("Session requested"),
    subject=_("{seeker} asks for “{title}”"),
    text=_("{seeker} would like to meet you for “{title}” on {when}. Please answer when you can."),
    action=_("Read the request and answer"),
    facts=while_in(State.REQUESTED),
)
APPROVED = _kind(
    "session_approved",
    label=_("Session approved"),
    subject=_("{host} said yes to “{title}”"),
    text=_("{host} said yes to “{title}” on {when}. The time is kept for you. Please pay to book it."),
    action=_("See the booking and pay"),
    facts=while_in(State.APPROVED),
)
CONFIRMED = _kind(
    "session_confirmed",
    label=_("Session booked"),
    subject=_("“{title}” is booked"),
    text=_("“{title}” with {host} is booked for {when}. You can join from the booking page shortly before."),
    action=_("See the booking"),
    facts=while_in(State.CONFIRMED),
)
CONFIRMED_FOR_HOST = _kind(
    "session_confirmed_host",
    label=_("Session booked, for hosts"),
    subject=_("“{title}” with {seeker} is booked"),
    text=_("{seeker} will meet you for “{title}” on {when}."),
    action=_("See the booking"),
    facts=while_in(State.CONFIRMED),
)
DECLINED = _kind(
    "session_declined",
    label=_("Request declined"),
    subject=_("“{title}” cannot take place at that time"),
    text=_("{host} cannot offer “{title}” on {when}. Nothing was charged. You can choose another time. {answer}"),
    action=_("See the request"),
    facts=while_in(State.REJECTED),
)
WITHDRAWN = _kind(
    "session_withdrawn",
    label=_("Request withdrawn"),
    subject=_("{seeker} no longer asks for “{title}”"),
    text=_("{seeker} has withdrawn the request for “{title}” on {when}. The time is free again."),
    action=_("See the request"),
    facts=while_in(State.WITHDRAWN),
)
EXPIRED = _kind(
    "session_expired",
    label=_("Request ran out"),
    subject=_("Your request for “{title}” has run out"),
    text=_("The request for “{title}” on {when} has run out. You can choose another time."),
    action=_("See the request"),
    facts=while_in(State.EXPIRED),
)
EXPIRED_FOR_HOST = _kind(
    "session_expired_host",
    label=_("Booking ran out, for hosts"),
    subject=_("“{title}” with {seeker} was not booked"),
    text=_("{seeker} did not pay for “{title}” on {when} in time. The time is free again."),
    action=_("See the request"),
    facts=while_in(State.EXPIRED),
)
REVIEWED = _kind(
    "review_received",
    label=_("Review received"),
    subject=_("Somebody reviewed “{title}”"),
    text=_("There is a new review of “{title}”."),
    action=_("Read the review"),
    facts=_review_facts,
)

TYPES = (
    PUBLISHED,
    REQUESTED,
    APPROVED,
    CONFIRMED,
    CONFIRMED_FOR_HOST,
    DECLINED,
    WITHDRAWN,
    EXPIRED,
    EXPIRED_FOR_HOST,
    REVIEWED,
)
