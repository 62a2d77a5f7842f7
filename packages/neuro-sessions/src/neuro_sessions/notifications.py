"""What is said to the two people of a booking. Each text is decided when it goes out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from neuro_accounts.notifications import NotificationType, notify
from neuro_accounts.profiles import display_name

from .availability import nearest_slots
from .models import Booking, BookingEvent, PeerSession, Review
from .pricing import price_text
from .settlement import Settled, settlement
from .times import moment, when

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from neuro_accounts.models import Delivery

SOURCE = "neuro_sessions.booking"
LISTING_SOURCE = "neuro_sessions.peer_session"
State = Booking.State
Side = Booking.Side
LIVE = (State.REQUESTED, State.APPROVED, State.CONFIRMED)


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
        "price": price_text(booking.price, booking.currency),
        "deadline": moment(booking.deadline) if booking.deadline else "",
        "answer": booking.answer,
        "path": booking.get_absolute_url(),
    }


def while_in(*states: State) -> Callable[["Delivery"], Mapping[str, str] | None]:
    """Facts of a booking as long as it is in one of the states; afterwards there is nothing to say any more."""

    def facts(delivery: "Delivery") -> Mapping[str, str] | None:
        booking = Booking.objects.with_people().filter(pk=delivery.source_id, state__in=states).first()
        return booking_facts(booking) if booking else None

    return facts


def _booking_of(delivery: "Delivery") -> Booking | None:
    return Booking.objects.with_people().filter(pk=delivery.source_id).first()


def _given_back_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = _booking_of(delivery)
    if booking is None or booking.state != State.REJECTED:
        return None
    minutes = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
    listing = PeerSession.objects.published().filter(pk=booking.peer_session_id).first()
    near: dict[str, Any] = {"to": booking.starts_at, "minutes": minutes, "now": timezone.now(), "count": 3}
    slots = nearest_slots(listing, by=booking.seeker, **near) if listing else []
    times = "; ".join(when(slot.starts_at, slot.ends_at) for slot in slots)
    others = gettext("These times are free: %(times)s.") % {"times": times} if times else ""
    return {**booking_facts(booking), "others": others}


def _price_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = _booking_of(delivery)
    if booking is None or booking.state != State.REQUESTED or booking.concession != Booking.Concession.DECLINED:
        return None
    return {**booking_facts(booking), "usual_price": price_text(booking.standard_price, booking.currency)}


def _cancelled_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = _booking_of(delivery)
    if booking is None or booking.state != State.CANCELLED:
        return None
    by_our_team = booking.cancelled_by == Side.PLATFORM
    canceller = gettext("Our team") if by_our_team else _name_of_actor(booking, "cancel")
    return {**booking_facts(booking), "canceller": canceller, "money": _money_words(booking, delivery.recipient_id)}


def _name_of_actor(booking: Booking, act: str) -> str:
    """Who did this last: the seeker, the host or a co-host."""
    done = booking.events.filter(act=act).select_related("actor__neuro_profile").order_by("revision").last()
    return display_name(done.actor) if done and done.actor else ""


def _money_words(booking: Booking, reader: Any) -> str:
    if not booking.price:
        return ""
    if not booking.refund:
        was_paid = settlement().state(booking) == Settled.YES
        return gettext("No money goes back.") if was_paid else gettext("Nothing was charged.")
    amount = {"amount": price_text(booking.refund, booking.currency)}
    if not settlement().moves_money:
        return gettext("%(amount)s goes back to the person who asked. Please settle this with each other.") % amount
    if reader == booking.seeker_id:
        return gettext("You get %(amount)s back.") % amount
    return gettext("%(amount)s goes back to the person who asked.") % amount


def _moved_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = _booking_of(delivery)
    moved = BookingEvent.objects.filter(booking_id=delivery.source_id, revision=delivery.revision).first()
    if booking is None or moved is None or booking.state not in LIVE:
        return None
    before = datetime.fromisoformat(moved.changes["starts_at"][0])
    return {**booking_facts(booking), "before": when(before, before + (booking.ends_at - booking.starts_at))}


def _proposal_facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = _booking_of(delivery)
    if booking is None or booking.proposed_starts_at is None or booking.state not in LIVE:
        return None
    start = booking.proposed_starts_at
    return {
        **booking_facts(booking),
        "proposer": _name_of_actor(booking, "propose"),
        "proposed": when(start, start + (booking.ends_at - booking.starts_at)),
    }


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
    text=_("{seeker} would like to meet you for “{title}” on {when}. Please answer by {deadline}: then it ends."),
    action=_("Read the request and answer"),
    facts=while_in(State.REQUESTED),
)
APPROVED = _kind(
    "session_approved",
    label=_("Session approved"),
    subject=_("{host} said yes to “{title}”"),
    text=_(
        "{host} said yes to “{title}” on {when}. Please pay {price} by {deadline} to book it. "
        "The time is kept for you until then, and free for others afterwards."
    ),
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
GIVEN_BACK = _kind(
    "session_given_back",
    label=_("Request came too late"),
    subject=_("“{title}” cannot take place at that time"),
    text=_("{host} has promised {when} to somebody else. Nothing was charged. {others}"),
    action=_("Choose another time"),
    facts=_given_back_facts,
)
PRICE_OFFERED = _kind(
    "session_price_offered",
    label=_("Usual price offered"),
    subject=_("{host} can offer “{title}” at the usual price"),
    text=_(
        "{host} would like to meet you for “{title}” on {when}. The reduced price is not possible this time. "
        "The usual price is {usual_price}. You can agree or withdraw until {deadline}. "
        "Nothing is charged before you agree."
    ),
    action=_("Read it and answer"),
    facts=_price_facts,
)
CANCELLED = _kind(
    "session_cancelled",
    label=_("Session cancelled"),
    subject=_("“{title}” is cancelled"),
    text=_("{canceller} has cancelled “{title}” on {when}. {money} {answer}"),
    action=_("See the booking"),
    facts=_cancelled_facts,
)
YOU_CANCELLED = _kind(
    "session_cancelled_by_you",
    label=_("Session cancelled by you"),
    subject=_("You cancelled “{title}”"),
    text=_("You have cancelled “{title}” on {when}. We have told the other person. {money}"),
    action=_("See the booking"),
    facts=_cancelled_facts,
)
MOVED = _kind(
    "session_moved",
    label=_("Session moved"),
    subject=_("“{title}” has a new time"),
    text=_("“{title}” is now on {when}. Before, it was on {before}."),
    action=_("See the booking"),
    facts=_moved_facts,
)
MOVE_PROPOSED = _kind(
    "session_move_proposed",
    label=_("Another time proposed"),
    subject=_("Another time for “{title}”?"),
    text=_("{proposer} would like {proposed} instead of {when}. Nothing changes before you answer."),
    action=_("Read it and answer"),
    facts=_proposal_facts,
)
MOVE_REFUSED = _kind(
    "session_move_refused",
    label=_("Another time is not possible"),
    subject=_("The time of “{title}” stays as it is"),
    text=_("The other time is not possible. “{title}” stays on {when}."),
    action=_("See the booking"),
    facts=while_in(State.REQUESTED, State.APPROVED, State.CONFIRMED),
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
    GIVEN_BACK,
    PRICE_OFFERED,
    CANCELLED,
    YOU_CANCELLED,
    MOVED,
    MOVE_PROPOSED,
    MOVE_REFUSED,
    REVIEWED,
)
