"""What happened to a booking last, in a sentence for the person who reads its page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neuro_accounts.profiles import display_name

from ..cancelling import side_of
from ..models import Booking, BookingEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django_stubs_ext import StrOrPromise

# By act: when the reader did it, and when somebody else did. What happens by itself has one sentence.
SENTENCES: dict[str, tuple["StrOrPromise", "StrOrPromise"]] = {
    "ask": (gettext_lazy("You asked for this time."), gettext_lazy("%(person)s asked for this time.")),
    "approve": (gettext_lazy("You said yes."), gettext_lazy("%(person)s said yes.")),
    "offer_price": (
        gettext_lazy("You offered the usual price."),
        gettext_lazy("%(person)s offered the usual price."),
    ),
    "agree_price": (
        gettext_lazy("You agreed to the usual price."),
        gettext_lazy("%(person)s agreed to the usual price."),
    ),
    "decline": (gettext_lazy("You said no."), gettext_lazy("%(person)s said no.")),
    "withdraw": (
        gettext_lazy("You withdrew the request."),
        gettext_lazy("%(person)s withdrew the request."),
    ),
    "cancel": (gettext_lazy("You cancelled the session."), gettext_lazy("%(person)s cancelled the session.")),
    "propose": (gettext_lazy("You suggested another time."), gettext_lazy("%(person)s suggested another time.")),
    "move": (
        gettext_lazy("The session got this new time, by your answer."),
        gettext_lazy("The session got this new time, by the answer of %(person)s."),
    ),
    "refuse_move": (
        gettext_lazy("The session stays at this time, by your answer."),
        gettext_lazy("The session stays at this time, by the answer of %(person)s."),
    ),
    "join": (gettext_lazy("You joined the meeting."), gettext_lazy("%(person)s joined the meeting.")),
    "mark": (gettext_lazy("You said who was there."), gettext_lazy("%(person)s said who was there.")),
    "complete": (gettext_lazy("You finished the session."), gettext_lazy("%(person)s finished the session.")),
}
BY_ITSELF: dict[str, "StrOrPromise"] = {
    "give_back": gettext_lazy("Somebody else got this time."),
    "confirm": gettext_lazy("The session was booked."),
    "expire": gettext_lazy("Nobody answered in time, so the request ran out."),
    "refuse_move": gettext_lazy("The suggested time ran out. The session stays at this time."),
    "complete": gettext_lazy("The session was over."),
}


def sentence(booking: Booking, event: BookingEvent, *, reader: "AbstractUser") -> str:
    """``Robin said yes.`` Empty for an act that nobody has words for."""
    if event.actor is None:
        return str(BY_ITSELF.get(event.act, ""))
    mine, theirs = SENTENCES.get(event.act, ("", ""))
    if event.actor == reader:
        return str(mine)
    return str(theirs) % {"person": _name(booking, event.actor)}


def _name(booking: Booking, actor: "AbstractUser") -> str:
    return _("Our team") if side_of(booking, actor) == Booking.Side.PLATFORM else display_name(actor)
