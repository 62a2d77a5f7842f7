"""Fields that Django does not have; ``{{ form }}`` draws them like all others."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class DateInput(forms.MultiWidget):
    """A date in three fields: day, month and year, each with its label."""

    template_name = "neuro_cms/ui/forms/date.html"
    parts = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        """``birthday``: the browser may fill it in with the person's own date of birth."""
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {}
        for part in self.parts:
            widgets[part] = forms.TextInput({"inputmode": "numeric"})
            if birthday:
                widgets[part].attrs["autocomplete"] = f"bday-{part}"
        super().__init__(widgets, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.parts.values(), strict=True):
            part["label"] = label
        return context


def _part(lowest: int, highest: int, *, missing: "_StrOrPromise", wrong: "_StrOrPromise") -> forms.IntegerField:
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(
        min_value=lowest, max_value=highest, error_messages={"incomplete": missing, "required": missing, **messages}
    )


class DateField(forms.MultiValueField):
    """A ``date`` that people type as three numbers. Each part that is missing or wrong gets a sentence of its own."""

    widget = DateInput
    default_error_messages = {"required": _("Add the day, the month and the year.")}

    def __init__(self, **kwargs: Any) -> None:
        parts = (
            _part(1, 31, missing=_("Add the day."), wrong=_("The day is a number from 1 to 31.")),
            _part(1, 12, missing=_("Add the month."), wrong=_("The month is a number from 1 to 12.")),
            _part(1000, 9999, missing=_("Add the year."), wrong=_("The year has four numbers, such as 2026.")),
        )
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        last = monthrange(year, month)[1]
        if day > last:
            message = _("%(month)s %(year)s has only %(last)s days. Check the day and the month.")
            raise ValidationError(message, "no_such_day", {"month": MONTHS[month], "year": year, "last": last})
        return date(year, month, day)
