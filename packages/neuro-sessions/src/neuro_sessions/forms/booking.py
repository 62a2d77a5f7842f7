from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ..availability import Slot, SlotRefused, to_instant
from ..times import when


def slot_value(slot: Slot) -> str:
    """A slot's start as it stands in addresses and forms: ``2026-12-03T09:00Z``."""
    return f"{slot.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}Z"


class InstantField(forms.Field):
    """An ISO 8601 time as an aware UTC instant. Without an offset it is read in the reader's zone."""

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            parsed = parse_datetime(text)
            if parsed is None:
                raise ValueError(text)
            return parsed.astimezone(UTC) if parsed.tzinfo else _in_readers_zone(parsed)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Choose one of the times."), code="invalid") from error


def _in_readers_zone(wall_clock: datetime) -> datetime:
    try:
        return to_instant(wall_clock, ZoneInfo(timezone.get_current_timezone_name()))
    except SlotRefused as refusal:
        near = {"near": timezone.make_aware(wall_clock)}
        raise forms.ValidationError(refusal.sentence, code=refusal.code, params=near) from refusal


class AskForm(forms.Form):
    starts_at = InstantField(
        label=_("Time"), widget=forms.HiddenInput, error_messages={"required": _("Choose a time.")}
    )
    minutes = forms.Field(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Note to the host"),
        help_text=_("You can leave this empty. Or say what you would like to talk about, and what helps you."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_minutes(self) -> int:
        """0, a length that nobody offers, when it cannot be read: the time is then refused with a reason."""
        try:
            return int(str(self.cleaned_data["minutes"]))
        except ValueError:
            return 0

    def wanted(self) -> datetime | None:
        """The time that was asked for, also when it does not exist."""
        errors = self.errors.as_data().get("starts_at", [])
        near = (error.params["near"] for error in errors if error.params)
        wanted: datetime | None = self.cleaned_data.get("starts_at") or next(near, None)
        return wanted

    def offer(self, slots: Iterable[Slot], *, minutes: int) -> None:
        """Asks for the time again, with these slots of ``minutes`` to choose from."""
        choices = [(slot_value(slot), when(slot.starts_at, slot.ends_at)) for slot in slots]
        self.fields["starts_at"].widget = forms.RadioSelect(choices=choices)
        self["starts_at"].label = _("Choose another time (%(minutes)d minutes)") % {"minutes": minutes}
        if not choices:
            self["starts_at"].help_text = _("There are no free times at the moment.")
        self.data = {**dict(self.data.items()), "minutes": str(minutes)}


class DeclineForm(forms.Form):
    message = forms.CharField(
        label=_("Message (you can leave this empty)"),
        help_text=_("You need no reason. A kind sentence can help."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReviewForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How was it?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, _("5: very helpful")),
            (4, _("4: helpful")),
            (3, _("3: mixed")),
            (2, _("2: little help")),
            (1, _("1: not helpful")),
        ],
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=_("Everybody can read this. Your name is not shown."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
