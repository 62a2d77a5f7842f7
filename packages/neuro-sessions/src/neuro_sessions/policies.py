"""What is given back when a booked session is cancelled. A host project may put a policy of its own in the place."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import conf
from .models import Booking

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERYTHING = 10_000  # basis points
HOUR = 60
Side = Booking.Side


class CancellationPolicy(ABC):
    """The rules that hosts can choose from. What was promised is copied onto the booking and read from there.

    A promise is a dict that can be stored as JSON. It must be readable as long as bookings with it exist, also after
    the rule has changed. The default rules: ``TieredCancellation``.
    """

    @abstractmethod
    def names(self) -> Mapping[str, "StrOrPromise"]:
        """The rules by their key, as hosts choose them for a listing. The first is for listings with an unknown key."""

    @abstractmethod
    def promise(self, key: str) -> dict[str, Any]:
        """What is promised to somebody who books now under this rule."""

    @abstractmethod
    def share_back(self, promise: Mapping[str, Any], *, side: Booking.Side, minutes_before: int) -> int:
        """What goes back to the seeker, in basis points of what was paid, when ``side`` cancels so long before."""

    @abstractmethod
    def sentences(self, promise: Mapping[str, Any]) -> list[str]:
        """The rule in plain words for the seeker, shown before they ask and when they cancel."""

    def may_move(self, promise: Mapping[str, Any], *, side: Booking.Side, minutes_before: int) -> bool:
        """Whether this side can ask for another time, free of charge: as long as cancelling would cost nothing."""
        return self.share_back(promise, side=side, minutes_before=minutes_before) == EVERYTHING


class TieredCancellation(CancellationPolicy):
    """Tiers by notice: ``{"tiers": [[minutes before the start, basis points back], …]}``, the longest notice first.

    When the host or our team cancels, everything goes back.
    """

    RULES: Mapping[str, tuple["StrOrPromise", list[list[int]]]] = {
        "moderate": (_("everything back until one day before, then half"), [[24 * HOUR, EVERYTHING], [0, 5_000]]),
        "flexible": (_("everything back until the start"), [[0, EVERYTHING]]),
        "strict": (
            _("everything back until three days before, half until one day before, then nothing"),
            [[72 * HOUR, EVERYTHING], [24 * HOUR, 5_000]],
        ),
    }

    def names(self) -> Mapping[str, "StrOrPromise"]:
        return {key: name for key, (name, _tiers) in self.RULES.items()}

    def promise(self, key: str) -> dict[str, Any]:
        _name, tiers = self.RULES.get(key) or next(iter(self.RULES.values()))
        return {"tiers": tiers}

    def share_back(self, promise: Mapping[str, Any], *, side: Booking.Side, minutes_before: int) -> int:
        if side != Side.SEEKER:
            return EVERYTHING
        # A booking from before there were rules has no tiers: then everything goes back.
        tiers = promise.get("tiers", [[0, EVERYTHING]])
        return next((share for notice, share in tiers if minutes_before >= notice), 0)

    def sentences(self, promise: Mapping[str, Any]) -> list[str]:
        tiers = promise.get("tiers", [[0, EVERYTHING]])
        said = [_tier_sentence(notice, share, is_first=number == 0) for number, (notice, share) in enumerate(tiers)]
        if tiers[-1][0] > 0:
            said.append(str(_("If you cancel later, nothing goes back.")))
        return [*said, str(_("If the host cancels, you get everything back."))]


def policy() -> CancellationPolicy:
    """The implementation that ``NEURO_SESSIONS["CANCELLATION_POLICY"]`` names."""
    chosen: CancellationPolicy = import_string(conf.get().cancellation_policy)()
    return chosen


def _tier_sentence(notice: int, share: int, *, is_first: bool) -> str:
    back = _("everything") if share == EVERYTHING else _("%(percent)d %% of the price") % {"percent": share // 100}
    if notice == 0:
        early = _("If you cancel before the start")
        when = str(early if is_first else _("If you cancel later, but before the start"))
    else:
        when = str(_("If you cancel at least %(before)s before the start") % {"before": _length(notice // HOUR)})
    return str(_("%(when)s, you get %(back)s back.") % {"when": when, "back": back})


def _length(hours: int) -> str:
    days, rest = divmod(hours, 24)
    if rest:
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
