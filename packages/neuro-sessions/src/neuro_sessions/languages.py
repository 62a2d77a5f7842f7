"""Languages that people speak with one another: codes as Django has them, and their names."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, gettext

type Choices = list[tuple[str, str]]


def name(code: str) -> str:
    """``German`` in the reader's language; the code itself where nobody knows its name."""
    of_site = dict(settings.LANGUAGES)
    if code in of_site:
        return gettext(str(of_site[code]))
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def names(codes: list[str]) -> list[str]:
    return [name(code) for code in codes]


def of_site() -> Choices:
    return [(code, name(code)) for code, _name in settings.LANGUAGES if code in LANG_INFO]


def others() -> Choices:
    """All others that Django has names for, by name. Where a language is there, its regions are left out."""
    known = {code for code, info in LANG_INFO.items() if "name" in info}
    site = {code for code, _name in settings.LANGUAGES}
    plain = {code for code in known if _base(code) == code or _base(code) not in known}
    found = plain - site - {_base(code) for code in site}
    return sorted(((code, name(code)) for code in found), key=lambda choice: choice[1].casefold())


def _base(code: str) -> str:
    return code.partition("-")[0]
