"""A day typed as three numbers: the same for everybody, whatever calendar their browser brings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.MultiWidget):
    template_name = "neuro_sessions/forms/day.html"
    parts = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in self.parts}, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.parts.values(), strict=True):
            part["label"] = label
        return context


class DayField(forms.MultiValueField):
    """A ``date``. It takes numbers alone."""

    widget = DayInput
    default_error_messages = {
        "required": _("Add the day, the month and the year."),
        "incomplete": _("Add the day, the month and the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        def part(lowest: int, highest: int, sentence: Any) -> forms.IntegerField:
            messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
            return forms.IntegerField(min_value=lowest, max_value=highest, error_messages=messages)

        parts = (
            part(1, 31, _("The day is a number from 1 to 31.")),
            part(1, 12, _("The month is a number from 1 to 12.")),
            part(2000, 2999, _("The year has four numbers, such as 2026.")),
        )
        super().__init__(parts, **kwargs)

    def compress(self, data_list: Sequence[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(
                _("This month has fewer days. Check the day and the month."), "no_such_day"
            ) from error
