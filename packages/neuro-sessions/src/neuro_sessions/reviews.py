from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from . import notifications
from .attendance import PRESENT
from .models import Booking, PeerSession, Review
from .refusals import Refusal


class ReviewRefused(Refusal):
    """Codes: not_over, not_attended, already_reviewed."""


class AlreadyReviewed(ReviewRefused):
    def __init__(self) -> None:
        super().__init__("already_reviewed", _("You have already reviewed this session. Thank you."))


def may_review(booking: Booking) -> ReviewRefused | None:
    """None when a review can be written, else the reason why not."""
    if booking.state != Booking.State.COMPLETED:
        return ReviewRefused("not_over", _("You can write a review when the session is over."))
    if booking.attendance not in PRESENT:
        return ReviewRefused("not_attended", _("You can write a review when you have joined the session."))
    if hasattr(booking, "review"):
        return AlreadyReviewed()
    return None


def write(booking: Booking, *, rating: int, text: str, now: datetime) -> Review:
    """The seeker's review, one per attended booking. ``rating`` is 1 to 5. Raises ``ReviewRefused``."""
    refusal = may_review(booking)
    if refusal:
        raise refusal
    try:
        with transaction.atomic():
            review = Review.objects.create(booking=booking, rating=rating, text=text, created_at=now)
            notifications.tell(booking, notifications.REVIEWED, booking.host, now=now)
    except IntegrityError as error:
        raise AlreadyReviewed from error
    return review


def reviews_of(listing: PeerSession) -> models.QuerySet[Review]:
    return Review.objects.filter(booking__peer_session=listing)
