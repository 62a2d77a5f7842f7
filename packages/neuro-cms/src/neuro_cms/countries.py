import unicodedata

from babel import Locale, negotiate_locale
from babel.localedata import locale_identifiers
from django.utils.translation import get_language, to_locale

# CLDR has more codes than ISO 3166-1: small islands, pseudo regions, "unknown". The European Union stays, for its 112.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def names() -> dict[str, str]:
    """Countries by their two letters, in the active language, each in English where it has no name; ordered by name."""
    spoken = negotiate_locale([to_locale(get_language() or "en")], locale_identifiers()) or "en"
    known = {**Locale("en").territories, **Locale.parse(spoken).territories}
    found = {code: name for code, name in known.items() if len(code) == 2 and code not in NO_COUNTRIES}
    return dict(sorted(found.items(), key=lambda item: _as_sorted(item[1])))


def choices() -> list[tuple[str, str]]:
    return list(names().items())


def _as_sorted(name: str) -> str:
    """Letters without their accents, so that Österreich does not come after Zypern."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
