from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import conf, languages
from ..meeting_place import meeting_place
from ..models import PeerSession
from ..policies import policy
from ..pricing import most, price_text, to_major, to_minor
from .groups import GroupedForm

LENGTHS = (5, 10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 105, 120)
# The fields for amounts, by the column that keeps them.
AMOUNTS = {"price": "amount", "reduced_price": "reduced_amount", "minimum_price": "minimum_amount"}
# What is up to the host alone.
OF_HOST = (*AMOUNTS.values(), "currency", "price_per", "pay_what_you_can", "require_concession_approval")
OF_HOST += ("access_before_payment", "cancellation", "meeting_link")


class KeptChoice(forms.ChoiceField):
    """A choice with an answer from the start: what is not sent stays as it is."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class LanguageList(forms.CheckboxSelectMultiple):
    """The first group of choices, and the others folded away below."""

    template_name = "neuro_sessions/forms/languages.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        below = context["widget"]["optgroups"][1:]
        context["widget"]["value_is_below"] = any(
            option["selected"] for _name, options, _index in below for option in options
        )
        return context


def _amount(**kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, decimal_places=3, max_digits=11, **kwargs)


class PeerSessionForm(GroupedForm, forms.ModelForm):  # type: ignore[type-arg]
    """A listing. ``for_cohost`` leaves out what is up to its host: the price, the rule for cancelling, the link."""

    durations = forms.TypedMultipleChoiceField(
        label=_("Lengths people can choose"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can speak here"),
        help_text=_("People choose one of them when they ask."),
        required=False,
        widget=LanguageList,
    )
    amount = _amount(
        label=_("Price"),
        help_text=_("0 means free. Where people choose what they pay, this is what you suggest."),
        initial=0,
    )
    currency = forms.ChoiceField(label=_("Currency"))
    price_per = KeptChoice(label=_("The price is"), choices=PeerSession.PricePer.choices, widget=forms.RadioSelect)
    reduced_amount = _amount(
        label=_("Reduced price"),
        help_text=_("For people with little money. They need no proof. Leave it empty to have none."),
        required=False,
    )
    minimum_amount = _amount(
        label=_("The least that people can choose"),
        help_text=_("Only where people choose what they pay. Leave it empty if every amount is fine."),
        required=False,
    )
    approval = KeptChoice(
        label=_("When somebody asks for a time"),
        choices=[
            ("host", _("I answer each request myself")),
            ("nobody", _("a free time is booked at once, without an answer from me")),
        ],
        widget=forms.RadioSelect,
    )
    cancellation = KeptChoice(
        label=_("When somebody cancels, they get back"),
        help_text=_("If you cancel, they always get everything back. Existing bookings keep their rule."),
        widget=forms.RadioSelect,
    )

    GROUPS = (
        (_("What it is about"), ("title", "description", "durations", "languages")),
        (_("What it costs"), ("amount", "currency", "price_per", "pay_what_you_can", "minimum_amount")),
        (_("When money is short"), ("reduced_amount", "require_concession_approval", "access_before_payment")),
        (_("When people ask and cancel"), ("approval", "requests_block_time", "cancellation")),
        (_("Where you meet"), ("meeting_link",)),
    )

    class Meta:
        model = PeerSession
        fields = [
            "title",
            "description",
            "durations",
            "languages",
            "currency",
            "price_per",
            "pay_what_you_can",
            "require_concession_approval",
            "access_before_payment",
            "requests_block_time",
            "cancellation",
            "meeting_link",
        ]
        help_texts = {
            "title": _("A few plain words that say what it is about."),
            "description": _("Who you are, what you do together, and how people can take part or leave."),
            "pay_what_you_can": _("Each person says how much they would like to pay when they ask."),
            "meeting_link": _("The address of your video room, for example of Jitsi. People see it shortly before."),
        }

    def __init__(self, *args: Any, for_cohost: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for _title, names in self.GROUPS for name in names])
        self._offer_choices()
        self._show_what_is_stored()
        if not meeting_place().asks_for_link:
            del self.fields["meeting_link"]
        if not self._costs_something():
            del self.fields["access_before_payment"]
        for name in OF_HOST if for_cohost else ():
            self.fields.pop(name, None)

    def _offer_choices(self) -> None:
        """What can be chosen in this project, and whatever this listing has already."""
        listing = self.instance
        lengths = sorted({*LENGTHS, *(listing.durations or [])})
        self._choice("durations").choices = [
            (number, _("%(minutes)d minutes") % {"minutes": number}) for number in lengths
        ]
        currencies = dict.fromkeys([*conf.get().currencies, *filter(None, [listing.currency])])
        self._choice("currency").choices = [(code, code.upper()) for code in currencies]
        self._choice("cancellation").choices = list(policy().names().items())
        first, more = languages.of_site(), languages.others()
        known = {code for code, _name in [*first, *more]}
        first += [(code, languages.name(code)) for code in listing.languages if code not in known]
        self._choice("languages").choices = [(_("Languages of this site"), first), (_("More languages"), more)]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return field

    def _show_what_is_stored(self) -> None:
        listing, rules = self.instance, policy().names()
        kept = {
            "approval": "host" if listing.require_request_approval else "nobody",
            "price_per": listing.price_per,
            "cancellation": listing.cancellation if listing.cancellation in rules else next(iter(rules)),
        }
        for name, value in kept.items():
            self.initial[name] = self.fields[name].initial = value
        if listing.currency:
            for column, name in AMOUNTS.items():
                stored = getattr(listing, column)
                self.initial[name] = None if stored is None else to_major(stored, listing.currency)
            if not listing.minimum_price:
                self.initial["minimum_amount"] = None
        else:
            self.initial["languages"] = [code for code, _name in languages.of_site() if code == get_language()]

    def _costs_something(self) -> bool:
        if not self.is_bound:
            return bool(self.instance.price)
        typed = str(self.data.get(self.add_prefix("amount"), ""))
        return typed.strip("0., ") != ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "currency" in data:
            for name in AMOUNTS.values():
                self._in_minor_units(name, data["currency"])
        self._check_that_prices_fit(data)
        return data

    def _in_minor_units(self, name: str, currency: str) -> None:
        amount: Decimal | None = self.cleaned_data.get(name)
        if amount is None:
            return
        try:
            minor = to_minor(amount, currency)
        except ValueError:
            self.add_error(name, _("This currency has no such small coins."))
            return
        if minor > (limit := most(currency)):
            self.add_error(name, _("Type an amount of at most %(limit)s.") % {"limit": price_text(limit, currency)})
            return
        self.cleaned_data[name] = minor

    def _check_that_prices_fit(self, data: dict[str, Any]) -> None:
        price, reduced, least = (data.get(name) for name in AMOUNTS.values())
        chosen = data.get("pay_what_you_can")
        if chosen and price == 0:
            self.add_error("amount", _("Type what you suggest. It has to be more than 0."))
        if not chosen and least:
            self.add_error("minimum_amount", _("Tick that people choose what they pay, or leave this empty."))
        elif price and least and least > price:
            self.add_error("minimum_amount", _("The least cannot be higher than the price that you suggest."))
        if reduced is None or price is None:
            return
        if chosen:
            self.add_error("reduced_amount", _("People choose what they pay already. Leave this empty."))
        elif price == 0:
            self.add_error("reduced_amount", _("The session is free already. Leave this empty."))
        elif reduced >= price:
            self.add_error("reduced_amount", _("Type less than the price, or leave this empty."))

    def listing_fields(self) -> dict[str, Any]:
        """The cleaned values by the names of the model's fields, amounts in minor units."""
        data = self.cleaned_data
        fields = {name: value for name, value in data.items() if name in self.Meta.fields}
        fields["require_request_approval"] = data["approval"] == "host"
        if "amount" in data:
            fields |= {column: data[name] for column, name in AMOUNTS.items()}
            fields["minimum_price"] = fields["minimum_price"] or 0
            fields.setdefault("access_before_payment", False)
        return fields
