from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..models import HostCalendar

if TYPE_CHECKING:
    from django.http import QueryDict

type Options = list[tuple[str, str]]

DAY = 24 * 60
# In minutes, the largest first.
UNITS: list[tuple[int, Callable[[int], str]]] = [
    (7 * DAY, lambda number: ngettext("%(n)d week", "%(n)d weeks", number)),
    (DAY, lambda number: ngettext("%(n)d day", "%(n)d days", number)),
    (60, lambda number: ngettext("%(n)d hour", "%(n)d hours", number)),
    (1, lambda number: ngettext("%(n)d minute", "%(n)d minutes", number)),
]
NOTICES = [0, 60, 120, 240, 720, DAY, 2 * DAY, 3 * DAY, 7 * DAY]
HORIZONS = [7, 14, 30, 60, 90, 180, 365]
INTERVALS = [5, 10, 15, 20, 30, 60]
BUFFERS = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120]
PER_DAY = range(1, 13)
PER_WEEK = range(1, 41)


def span_words(minutes: int) -> str:
    """``2 hours``: in the largest unit that gives a whole number."""
    for size, words in UNITS:
        if minutes and minutes % size == 0:
            return words(minutes // size) % {"n": minutes // size}
    return str(_("none"))


class RulesForm(forms.Form):
    """The rules of a host, for all of their listings. What is empty is as the site has it."""

    notice_minutes = forms.TypedChoiceField(
        label=_("How long before a session can people still ask?"), coerce=int, empty_value=None, required=False
    )
    horizon_days = forms.TypedChoiceField(
        label=_("How far ahead can people ask?"), coerce=int, empty_value=None, required=False
    )
    interval_minutes = forms.TypedChoiceField(
        label=_("How far apart are the starts that people can choose?"), coerce=int, empty_value=None, required=False
    )
    buffer_before_minutes = forms.TypedChoiceField(
        label=_("Free time before each session"),
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]
    )
    buffer_after_minutes = forms.TypedChoiceField(
        label=_("Free time after each session"),
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]
    )
    max_per_day = forms.TypedChoiceField(
        label=_("Most sessions in one day"), coerce=int, empty_value=None, required=False
    )
    max_per_week = forms.TypedChoiceField(
        label=_("Most sessions in one week"),
        help_text=_("A week starts on Monday."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    holiday_country = forms.ChoiceField(
        label=_("Public holidays that you keep free"),
        help_text=_("On these days nobody can ask. You can still add other hours for one of them."),
        required=False,
    )
    holiday_region = forms.ChoiceField(
        label=_("Region"), help_text=_("Some public holidays are only there in one region."), required=False
    )

    def __init__(self, data: "QueryDict | None" = None, *, calendar: HostCalendar) -> None:
        super().__init__(data, initial={name: getattr(calendar, name) for name in self.base_fields})
        usual = conf.get()
        self._offer("notice_minutes", NOTICES, _notice_words, usual=usual.notice_minutes)
        self._offer("horizon_days", HORIZONS, _days, usual=usual.horizon_days)
        self._offer("interval_minutes", INTERVALS, span_words, usual=usual.slot_interval_minutes)
        for name in ("buffer_before_minutes", "buffer_after_minutes"):
            self._offer(name, BUFFERS, span_words)
        for name, numbers in (("max_per_day", PER_DAY), ("max_per_week", PER_WEEK)):
            self._offer(name, numbers, str, empty=_("As many as fit"))
        self._choice("holiday_country").choices = [("", _("None")), *_countries()]
        self._offer_regions(calendar)

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return field

    def _offer(
        self, name: str, numbers: Iterable[int], words: Any, *, usual: int | None = None, empty: Any = None
    ) -> None:
        """These numbers, the stored one with them, and what an empty choice means."""
        stored = self.initial[name]
        offered = sorted({*numbers, *([] if stored is None else [stored])})
        if usual is not None:
            empty = _("As usual here: %(words)s") % {"words": words(usual)}
        none = [] if empty is None else [("", empty)]
        self._choice(name).choices = [*none, *((number, capfirst(words(number))) for number in offered)]

    def _offer_regions(self, calendar: HostCalendar) -> None:
        """Only where the country that is stored has any: after another one is chosen, they are asked for next."""
        regions = _regions(calendar.holiday_country)
        if regions and (not self.is_bound or self.data.get("holiday_country") == calendar.holiday_country):
            self._choice("holiday_region").choices = [("", _("None")), *regions]
        else:
            del self.fields["holiday_region"]

    def rules(self) -> dict[str, Any]:
        """The fields of ``calendars.change_rules``."""
        return {"holiday_region": "", **self.cleaned_data}

    def asks_for_region(self) -> bool:
        """Whether the country that was just chosen has regions to choose from."""
        return "holiday_region" not in self.fields and bool(_regions(self.cleaned_data["holiday_country"]))


def _notice_words(minutes: int) -> str:
    return span_words(minutes) if minutes else str(_("until it starts"))


def _days(number: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def _countries() -> Options:
    """Those whose public holidays are known, by their name in the active language."""
    import holidays  # Slow to load, and this page alone needs the list.

    names = _locale().territories
    known = holidays.list_supported_countries(include_aliases=False)
    return sorted(((code, names.get(code, code)) for code in known), key=lambda option: option[1])


def _regions(country: str) -> Options:
    """Regions with public holidays of their own, by the name that people of the country give them."""
    if not country:
        return []
    import holidays

    try:
        entity = holidays.country_holidays(country)
    except NotImplementedError:
        return []
    names = {code: code for code in entity.subdivisions}
    for alias, code in getattr(entity, "subdivisions_aliases", {}).items():
        names[code] = max(alias, names[code] if names[code] != code else "", key=len)
    return sorted(names.items(), key=lambda option: option[1])


def _locale() -> Locale:
    try:
        return Locale.parse(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
