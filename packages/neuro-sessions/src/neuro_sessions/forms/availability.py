import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.dateparse import parse_time
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from neuro_accounts.preferences import clock_format

from .. import times
from ..models import AbstractAvailability, PeerSessionAvailability
from .days import DayField

if TYPE_CHECKING:
    from django.http import QueryDict

type Hours = tuple[time, time]
type Typed = tuple[str, str]
type Options = list[tuple[str, Any]]

Repeats = AbstractAvailability.Repeats
Weekday = AbstractAvailability.Weekday
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
MIDNIGHT = time(0)
MOST_TIMES_A_DAY = 12
OVER_MIDNIGHT = _("For a time over midnight, add two: until midnight, and from 00:00.")
NOT_CHOSEN: tuple[str, Any] = ("", _("Choose"))


def _value(clock: time) -> str:
    return f"{clock:%H:%M}"


def _words(clock: time) -> str:
    return time_format(clock, clock_format())


def _starts() -> Options:
    return [NOT_CHOSEN, *((_value(clock), _words(clock)) for clock in QUARTERS)]


def _ends() -> Options:
    """As the starts, but for midnight: it is the end of the day."""
    return [NOT_CHOSEN, *((_value(clock), _words(clock)) for clock in QUARTERS[1:]), (_value(MIDNIGHT), _("Midnight"))]


def _with(options: Options, value: str) -> Options:
    """With a time between the quarters of an hour that was stored or typed, so that it is not lost."""
    clock = _clock(value)
    if clock is None or any(value == known for known, _words in options):
        return options
    return sorted([*options[1:], (value, _words(clock))], key=lambda option: option[0])


def _clock(value: str) -> time | None:
    try:
        return parse_time(value)
    except ValueError:
        return None


def in_order(start: time, end: time) -> bool:
    """Whether a time ends after it starts. 00:00 as its end is the end of the day."""
    return end > start or end == MIDNIGHT


def _mark(windows: Iterable[PeerSessionAvailability]) -> str:
    """A short mark of a stored week; it differs when any of it differs."""
    rows = sorted(f"{row.weekday} {row.start_time} {row.end_time} {row.time_zone}" for row in windows)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _hours_words(rows: Iterable[Typed]) -> str:
    spans = [times.wall_span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in rows]
    return ", ".join(spans) or str(_("no times"))


class HoursInput(forms.Widget):
    """The times of one day: two selects each. ``remove_urls`` are the addresses of the times that are stored.

    A marker stands behind the rows. A day that comes without it did not come whole, and stays as it is stored.
    """

    template_name = "neuro_sessions/forms/hours.html"
    use_fieldset = True

    def __init__(self, weekday: int, *, remove_urls: Mapping[Typed, str], one_more: bool) -> None:
        super().__init__()
        self.weekday, self.remove_urls, self.one_more = weekday, remove_urls, one_more

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Of the group there is none: each control has a label of its own."""
        return id_ if index is not None else ""

    def value_from_datadict(self, data: "Mapping[str, Any]", files: Any, name: str) -> list[Typed]:
        if f"{name}-whole" not in data:
            return list(self.remove_urls)
        rows = []
        for number in range(MOST_TIMES_A_DAY):
            start, end = data.get(f"{name}-{number}-start"), data.get(f"{name}-{number}-end")
            if start is None or end is None:
                break
            rows.append((str(start), str(end)))
        return rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed: list[Typed] = [*(value or ()), *([("", "")] if self.one_more else [])]
        controls = {"start": (_("From"), _starts()), "end": (_("To"), _ends())}
        rows = [self._row(name, number, row, controls, context["widget"]["attrs"]) for number, row in enumerate(typed)]
        context["widget"] |= {
            "rows": rows,
            # The links of an error summary lead to the first of them.
            "subwidgets": [control for row in rows for control in row["controls"]],
            "day": Weekday(self.weekday).label,
            "other_days": [choice for choice in Weekday.choices if choice[0] != self.weekday],
        }
        return context

    def _row(
        self, name: str, number: int, typed: Typed, controls: dict[str, tuple[Any, Options]], attrs: dict[str, Any]
    ) -> dict[str, Any]:
        described = {key: value for key, value in attrs.items() if key == "aria-invalid"}
        return {
            "number": number + 1,
            "remove_url": self.remove_urls.get(typed, ""),
            "words": " – ".join(typed),
            "controls": [
                {
                    "name": f"{name}-{number}-{part}",
                    "label": label,
                    "value": value,
                    "options": _with(options, value),
                    "attrs": {"id": f"id_{name}-{number}-{part}", **described},
                }
                for (part, (label, options)), value in zip(controls.items(), typed, strict=True)
            ],
        }


class HoursField(forms.Field):
    """The times of one day, in order: a list of start and end. A row that nothing was chosen in counts as none."""

    def clean(self, value: list[Typed]) -> list[Hours]:
        hours = sorted(self._hours(*row) for row in value if any(row))
        for (start, end), (next_start, next_end) in pairwise(hours):
            if end == MIDNIGHT or next_start < end:
                message = _("%(first)s and %(second)s overlap. Change one of them.")
                spans = {"first": times.wall_span(start, end), "second": times.wall_span(next_start, next_end)}
                raise ValidationError(message, "overlap", spans)
        return hours

    def _hours(self, start: str, end: str) -> Hours:
        starts, ends = _clock(start), _clock(end)
        if starts is None or ends is None:
            raise ValidationError(_("Choose both: when the time starts and when it ends."), "incomplete")
        if not in_order(starts, ends):
            message = _("%(span)s: the end must be later than the start.")
            errors = [ValidationError(message, "order", {"span": times.wall_span(starts, ends)})]
            raise ValidationError([*errors, ValidationError(OVER_MIDNIGHT, "over_midnight")])
        return starts, ends


class WeekForm(forms.Form):
    """The usual week: a field for each day. With ``one_more``, that day has an empty row at its end.

    ``seen`` is the mark of the stored week that was on the page, the last field of all: what was cut off on its way, or
    was written over another week than the stored one, is not valid.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: "QueryDict | None" = None,
        *,
        stored: Iterable[PeerSessionAvailability],
        typed: Mapping[str, Any] | None = None,
        one_more: str = "",
    ) -> None:
        windows = list(stored)
        self._mark = _mark(windows)
        self._stored: dict[int, dict[Typed, UUID]] = {}
        for window in windows:
            hours = _value(window.start_time), _value(window.end_time)
            self._stored.setdefault(int(window.weekday or 0), {})[hours] = window.pk
        initial = {self.name_of(day): list(rows) for day, rows in self._stored.items()}
        super().__init__(data, initial={"seen": self._mark, **initial, **(typed or {})})
        for day, label in Weekday.choices:
            name = self.name_of(day)
            widget = HoursInput(day, remove_urls=self._remove_urls(day), one_more=name == one_more)
            self.fields[name] = HoursField(label=label, widget=widget, required=False)

    @staticmethod
    def name_of(day: int) -> str:
        return f"day_{day}"

    def _remove_urls(self, day: int) -> dict[Typed, str]:
        windows = self._stored.get(day, {})
        return {hours: reverse("neuro_sessions:availability-delete", args=[pk]) for hours, pk in windows.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        source = self._copied()
        if source in data and not self.copied_to():
            self.add_error(source, _("Choose at least one day to copy to."))
        if (seen := data.get("seen")) != self._mark:
            self._show_stored(is_whole=bool(seen))
        return data

    def _show_stored(self, *, is_whole: bool) -> None:
        """Each day whose stored times are not those that were typed says so. The next try is about the week of now."""
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent["seen"] = self._mark
        self.data = sent
        if not is_whole:
            self.add_error(None, _("Your week did not arrive whole. Please look at it again."))
            return
        self.add_error(None, _("The week has changed in another window. Please look at it again."))
        for day in Weekday.values:
            stored = sorted(self._stored.get(day, ()))
            if stored != sorted(row for row in self[self.name_of(day)].data if any(row)):
                self.add_error(self.name_of(day), _("Stored now: %(hours)s.") % {"hours": _hours_words(stored)})

    def _copied(self) -> str:
        """The day whose times are copied to others; empty for none."""
        given = self.data.get("copy")
        return given if given in {self.name_of(day) for day in Weekday.values} else ""

    def copied_to(self) -> list[int]:
        """The days that get the times of the day whose button was pressed."""
        given = self.data.getlist(f"{self.data.get('copy')}-copy")  # type: ignore[attr-defined]
        return [day for day in Weekday.values if str(day) in given]

    def typed(self) -> dict[str, Any]:
        """What stands in the rows, and which week was on the page, as it was sent."""
        return {name: self[name].data for name in self.fields}

    def windows(self) -> list[tuple[int, time, time]]:
        """Day, start and end of each time, as ``calendars.set_week`` wants them."""
        week = {day: self.cleaned_data[self.name_of(day)] for day in Weekday.values}
        if source := self._copied():
            week |= dict.fromkeys(self.copied_to(), self.cleaned_data[source])
        return [(day, start, end) for day, hours in week.items() for start, end in hours]


class _SpanForm(forms.Form):
    """A first and a last day, and a time of the day. ``today`` is the host's."""

    first_day = DayField()
    last_day = DayField(required=False)
    start_time = forms.TypedChoiceField(label=_("From"), choices=_starts, coerce=parse_time, empty_value=None)
    end_time = forms.TypedChoiceField(label=_("To"), choices=_ends, coerce=parse_time, empty_value=None)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def refuse_if_over(self, name: str) -> None:
        """``name`` is the field with the last day of all."""
        day = self.cleaned_data.get(name)
        if day and day < self._today and not self.errors.get("last_day"):
            self.add_error(name, _("This day is over. Choose today or a later day."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot be before the first."))
        start, end = data.get("start_time"), data.get("end_time")
        if start and end and not in_order(start, end):
            self.add_error("end_time", [_("The end must be later than the start."), OVER_MIDNIGHT])
        return data


class OtherTimeForm(_SpanForm):
    """A time that is not there every week."""

    repeats = forms.ChoiceField(
        label=_("How often is it there?"),
        choices=[choice for choice in Repeats.choices if choice[0] != Repeats.WEEKLY],
        initial=Repeats.ONCE,
        help_text=_("Every month: months without that day have no such time."),
        widget=forms.RadioSelect,
    )
    first_day = DayField(
        label=_("First day"),
        help_text=_("For example 27 3 2027. A time that is there once is on this day."),
    )
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it empty for a time that goes on, or is there once.")
    )
    field_order = ["repeats", "first_day", "last_day", "start_time", "end_time"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("repeats") == Repeats.ONCE:
            self.refuse_if_over("first_day")
        else:
            self.refuse_if_over("last_day")
        return data

    def window(self) -> dict[str, Any]:
        """The fields of ``calendars.add_window``."""
        once = self.cleaned_data["repeats"] == Repeats.ONCE
        return {**self.cleaned_data, "last_day": None if once else self.cleaned_data["last_day"]}


class ChangeForm(_SpanForm):
    """Days that are not as usual."""

    AWAY, OTHER_HOURS = "away", "hours"

    first_day = DayField(label=_("First day"), help_text=_("For example 24 12 2026."))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if it is one day."))
    kind = forms.ChoiceField(
        label=_("What is different?"),
        choices=[(AWAY, _("I am away all day")), (OTHER_HOURS, _("I have other hours"))],
        initial=AWAY,
        widget=forms.RadioSelect,
    )
    start_time = forms.TypedChoiceField(
        label=_("From"),
        help_text=_("Only for other hours. A second time on the same day is a change of its own."),
        choices=_starts,
        coerce=parse_time,
        empty_value=None,
        required=False,
    )
    end_time = forms.TypedChoiceField(label=_("To"), choices=_ends, coerce=parse_time, empty_value=None, required=False)
    note = forms.CharField(
        label=_("Note for yourself"), help_text=_("Nobody else reads it."), max_length=120, required=False
    )
    field_order = ["first_day", "last_day", "kind", "start_time", "end_time", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.refuse_if_over("last_day" if data.get("last_day") else "first_day")
        if data.get("kind") == self.OTHER_HOURS:
            for name in ("start_time", "end_time"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Choose a time."))
        return data

    def override(self) -> dict[str, Any]:
        """The arguments of ``calendars.add_override``."""
        data = self.cleaned_data
        is_away = data["kind"] == self.AWAY
        first: date = data["first_day"]
        return {
            "first_day": first,
            "last_day": data["last_day"] or first,
            "hours": [] if is_away else [(data["start_time"], data["end_time"])],
            "note": data["note"],
        }
