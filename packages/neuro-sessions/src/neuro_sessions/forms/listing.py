from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..meeting_place import meeting_place
from ..models import PeerSession, PeerSessionAvailability
from ..pricing import to_major, to_minor

LENGTHS = (5, 10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 105, 120)
MOST_EXPENSIVE = Decimal(10_000)


class PeerSessionForm(forms.ModelForm):  # type: ignore[type-arg]
    durations = forms.TypedMultipleChoiceField(
        label=_("Lengths people can choose"),
        coerce=int,
        choices=[(minutes, _("%(minutes)d minutes") % {"minutes": minutes}) for minutes in LENGTHS],
        widget=forms.CheckboxSelectMultiple,
    )
    amount = forms.DecimalField(
        label=_("Price for one session"),
        help_text=_("0 means free. People pay only after you have said yes."),
        min_value=0,
        max_value=MOST_EXPENSIVE,
        decimal_places=3,
        max_digits=9,
        initial=0,
    )
    currency = forms.ChoiceField(label=_("Currency"))

    class Meta:
        model = PeerSession
        fields = ["title", "description", "durations", "amount", "currency", "meeting_link", "requests_block_time"]
        help_texts = {
            "title": _("A few plain words that say what it is about."),
            "description": _("Who you are, what you do together, and how people can take part or leave."),
            "meeting_link": _("The address of your video room, for example of Jitsi. People see it shortly before."),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = self.fields["currency"]
        assert isinstance(currency, forms.ChoiceField)  # noqa: S101 - declared above
        currency.choices = [(code, code.upper()) for code in conf.get().currencies]
        if not meeting_place().asks_for_link:
            del self.fields["meeting_link"]
        if self.instance.currency:
            self.initial["amount"] = to_major(self.instance.price, self.instance.currency)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amount, currency = data.get("amount"), data.get("currency")
        if amount is not None and currency:
            try:
                self.instance.price = data["price"] = to_minor(amount, currency)
            except ValueError:
                self.add_error("amount", _("This currency has no such small coins."))
        return data

    def listing_fields(self) -> dict[str, Any]:
        """The cleaned values by the names of the model's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "amount"}


class WindowForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PeerSessionAvailability
        fields = ["weekday", "start_time", "end_time"]
        widgets = {
            "start_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "end_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {"end_time": _("00:00 means the end of the day.")}
