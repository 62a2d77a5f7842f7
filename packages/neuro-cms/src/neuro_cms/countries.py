from babel import Locale, negotiate_locale
from babel.localedata import locale_identifiers
from django.utils.translation import get_language, to_locale

# CLDR has more codes than ISO 3166-1: small islands, pseudo regions, "unknown". The European Union stays, for its 112.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def names() -> dict[str, str]:
    """Countries by their two letters, in the active language, English where nobody knows it; ordered by name."""
    spoken = negotiate_locale([to_locale(get_language() or "en")], locale_identifiers()) or "en"
    found = {
        code: name
        for code, name in Locale.parse(spoken).territories.items()
        if len(code) == 2 and code not in NO_COUNTRIES
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def choices() -> list[tuple[str, str]]:
    return list(names().items())
