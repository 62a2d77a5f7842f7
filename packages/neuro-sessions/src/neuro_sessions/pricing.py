"""What a session costs, and prices in words. An amount is a whole number of the currency's minor unit."""

from decimal import Decimal

from babel import negotiate_locale
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import get_language, gettext, to_locale
from django.utils.translation import gettext_lazy as _

from .models import Booking, PeerSession
from .refusals import Refusal

Kind = Booking.PriceKind


class PriceRefused(Refusal):
    """Codes: not_offered, too_low, too_high."""


def kinds(listing: PeerSession) -> list[Booking.PriceKind]:
    """What a seeker may choose, the usual price first. Where nothing is asked for, there is nothing else to choose."""
    offered = [Kind.STANDARD]
    if listing.price and listing.reduced_price is not None:
        offered.append(Kind.REDUCED)
    if listing.price and listing.pay_what_you_can:
        offered.append(Kind.CHOSEN)
    return offered


def price_of(listing: PeerSession, *, minutes: int, kind: str, chosen: int | None = None) -> int:
    """The price of one session of this length. ``chosen`` is what the seeker wants to pay for the whole session.

    Where people pay what they can, the usual price is what the host suggests. Raises ``PriceRefused``.
    """
    if kind not in kinds(listing):
        raise PriceRefused("not_offered", _("This kind of price is not offered here. Choose one from the list."))
    if kind == Kind.CHOSEN:
        return _checked(listing, chosen, least=least_price(listing, minutes=minutes))
    each = listing.reduced_price if kind == Kind.REDUCED else listing.price
    return _for_length(listing, each or 0, minutes)


def least_price(listing: PeerSession, *, minutes: int) -> int:
    """The least that somebody can choose for a session of this length, where people pay what they can."""
    return _for_length(listing, listing.minimum_price, minutes)


def most(currency: str) -> int:
    """The highest amount that anybody can type, so that a slip of the finger does no harm."""
    precision = get_currency_precision(currency.upper())
    return int(10_000 * 10**precision) if precision else 10_000_000


def _for_length(listing: PeerSession, price: int, minutes: int) -> int:
    """Half a minor unit is rounded up."""
    return (price * minutes + 30) // 60 if listing.price_per == listing.PricePer.HOUR else price


def _checked(listing: PeerSession, chosen: int | None, *, least: int) -> int:
    if chosen is None or chosen < least:
        if least:
            words = gettext("Choose an amount of at least %(least)s.") % {"least": price_text(least, listing.currency)}
        else:
            words = gettext("Say what you would like to pay. 0 is possible too.")
        raise PriceRefused("too_low", words)
    if chosen > (limit := most(listing.currency)):
        words = gettext("Choose an amount of at most %(limit)s.") % {"limit": price_text(limit, listing.currency)}
        raise PriceRefused("too_high", words)
    return chosen


def to_minor(amount: Decimal, currency: str) -> int:
    """``Decimal("15.50")`` in ``gbp`` is 1550. Raises ``ValueError`` for a finer amount than the currency has."""
    minor = amount.scaleb(get_currency_precision(currency.upper()))
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} is finer than {currency} allows")
    return int(minor)


def to_major(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-get_currency_precision(currency.upper()))


def price_text(amount: int, currency: str) -> str:
    """``£15.50`` as the active language writes it, in English where nobody knows how; or "Free"."""
    if not amount:
        return gettext("Free")
    locale = negotiate_locale([to_locale(get_language() or "en"), "en"], locale_identifiers())
    return format_currency(to_major(amount, currency), currency.upper(), locale=locale)


def listing_price_words(listing: PeerSession) -> str:
    """What a listing costs, for cards and facts: ``£30.00 an hour, reduced price £15.00 an hour``."""
    if not listing.price:
        return gettext("Free")
    if listing.pay_what_you_can:
        return _chosen_words(listing)
    if listing.reduced_price is None:
        return _each(listing, listing.price)
    words = {"price": _each(listing, listing.price), "reduced": _each(listing, listing.reduced_price)}
    return gettext("%(price)s, reduced price %(reduced)s") % words


def _chosen_words(listing: PeerSession) -> str:
    words = {"price": _each(listing, listing.price), "least": _each(listing, listing.minimum_price)}
    if listing.minimum_price:
        return gettext("you choose, from %(least)s; suggested %(price)s") % words
    return gettext("you choose what you pay; suggested %(price)s") % words


def _each(listing: PeerSession, price: int) -> str:
    """One amount inside a sentence."""
    if not price:
        return gettext("free")
    text = price_text(price, listing.currency)
    return gettext("%(price)s an hour") % {"price": text} if listing.price_per == listing.PricePer.HOUR else text
