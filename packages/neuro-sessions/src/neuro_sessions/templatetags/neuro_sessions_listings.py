"""What templates say about a listing."""

from django.template import Library
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .. import languages
from ..models import PeerSession
from ..pricing import listing_price_words

register = Library()

register.simple_tag(listing_price_words, name="listing_price")


@register.simple_tag
def lengths(listing: PeerSession) -> str:
    """``30, 45 or 60 minutes``"""
    given = get_text_list([str(minutes) for minutes in sorted(listing.durations)], _("or"))
    return _("%(lengths)s minutes") % {"lengths": given}


@register.simple_tag
def languages_of(listing: PeerSession) -> str:
    """``English or German`` in the reader's language; empty where the host named none."""
    return get_text_list(languages.names(listing.languages), _("or"))


@register.filter
def has_free_time(listing: PeerSession) -> bool:
    """Whether its next free time is known and still to come."""
    return listing.next_free_at is not None and listing.next_free_at > timezone.now()
