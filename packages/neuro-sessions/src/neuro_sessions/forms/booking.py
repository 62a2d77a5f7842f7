import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import languages, pricing
from ..availability import Slot, SlotRefused, to_instant
from ..booking import Answers
from ..models import Booking, BookingDraft, HostTerms, PeerSession
from ..times import when

Kind = Booking.PriceKind
Attendance = Booking.Attendance
# Longer than any field takes, so that a text that is too long can be shortened by hand.
LONGEST_TYPED = 4000


def slot_value(slot: Slot) -> str:
    """A slot's start as it stands in addresses and forms: ``2026-12-03T09:00Z``."""
    return f"{slot.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}Z"


def whole_number(value: Any) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
    return field


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
    """Which time somebody wants."""

    starts_at = InstantField(
        label=_("Time"), widget=forms.HiddenInput, error_messages={"required": _("Choose a time.")}
    )
    minutes = forms.Field(widget=forms.HiddenInput, required=False)
    offered: Sequence[Slot] = ()

    def clean_minutes(self) -> int:
        """0, a length that nobody offers, when it cannot be read: the time is then refused with a reason."""
        return whole_number(self.cleaned_data["minutes"]) or 0

    def wanted(self) -> datetime | None:
        """The time that was asked for, also when it does not exist."""
        try:
            return InstantField(required=False).to_python(self.data.get("starts_at"))
        except forms.ValidationError as error:
            return (error.params or {}).get("near")

    def offer(self, slots: Sequence[Slot], *, minutes: int) -> None:
        """Asks for the time again, with these slots of ``minutes`` to choose from."""
        self.offered = slots
        choices = [(slot_value(slot), when(slot.starts_at, slot.ends_at)) for slot in slots]
        self.fields["starts_at"].widget = forms.RadioSelect(choices=choices)
        self["starts_at"].label = _("Choose another time (%(minutes)d minutes)") % {"minutes": minutes}
        if self.is_bound:
            self.data = {**dict(self.data.items()), "minutes": str(minutes)}


class AmountField(forms.DecimalField):
    """An amount of money; a comma before one or two last digits is read as a point."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip()
        return super().to_python(text.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", text) else text)


class NeedsForm(forms.Form):
    """What a seeker says with a request for ``minutes`` of this listing. It asks only where there is a choice."""

    language = forms.ChoiceField(label=_("Which language would you like to speak?"), widget=forms.RadioSelect)
    price_kind = forms.ChoiceField(label=_("Which price can you pay?"), widget=forms.RadioSelect)
    chosen_price = AmountField(
        label=_("The amount that I choose"),
        required=False,
        max_digits=12,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the amount as a number, for example 12.50.")},
    )
    access_needs = forms.CharField(
        label=_("What helps you to take part?"),
        help_text=_("For example breaks, writing instead of speaking, or the camera off. You can leave this empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    note = forms.CharField(
        label=_("Is there anything else that you would like to say?"),
        help_text=_("For example what you would like to talk about. You can leave this empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, listing: PeerSession, minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing, self.minutes = listing, minutes
        self._ask_for_language()
        self._ask_for_price()

    def _ask_for_language(self) -> None:
        spoken = self.listing.languages
        if len(spoken) < 2:
            del self.fields["language"]
            return
        _choice(self, "language").choices = [(code, languages.name(code)) for code in spoken]
        self.fields["language"].initial = next((code for code in spoken if code == get_language()), None)

    def _ask_for_price(self) -> None:
        offered = pricing.kinds(self.listing)
        if len(offered) < 2:
            del self.fields["price_kind"]
        else:
            _choice(self, "price_kind").choices = [(kind.value, self._price_words(kind)) for kind in offered]
            self.fields["price_kind"].initial = Kind.STANDARD.value
            self.fields["price_kind"].help_text = self._price_hint(offered)
        if Kind.CHOSEN in offered:
            self.fields["chosen_price"].help_text = _("Only needed if you choose the amount yourself.")
        else:
            del self.fields["chosen_price"]

    def _price_words(self, kind: Booking.PriceKind) -> str:
        if kind == Kind.CHOSEN:
            least = pricing.least_price(self.listing, minutes=self.minutes)
            if not least:
                return gettext("An amount that I choose. 0 is possible too.")
            return gettext("An amount that I choose, at least %(least)s") % {"least": self._text(least)}
        price = pricing.price_of(self.listing, minutes=self.minutes, kind=kind)
        words = {"price": self._text(price)}
        if kind == Kind.REDUCED:
            return gettext("The reduced price: %(price)s") % words
        if self.listing.pay_what_you_can:
            return gettext("The suggested price: %(price)s") % words
        return gettext("The usual price: %(price)s") % words

    def _price_hint(self, offered: list[Booking.PriceKind]) -> str:
        said = [gettext("You pay nothing now.")]
        if Kind.REDUCED in offered:
            said.append(gettext("The reduced price needs no proof and no reason."))
            if self.listing.require_concession_approval:
                said.append(gettext("The host decides about it. You can then still say no."))
        return " ".join(said)

    def _text(self, amount: int) -> str:
        return pricing.price_text(amount, self.listing.currency)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("price_kind", Kind.STANDARD)
        if self.has_error("price_kind") or (kind == Kind.CHOSEN and self.has_error("chosen_price")):
            return data
        try:
            data["chosen_price"] = self._chosen(kind)
            pricing.price_of(self.listing, minutes=self.minutes, kind=kind, chosen=data["chosen_price"])
        except ValueError:
            self.add_error("chosen_price", _("This currency has no such small coins."))
        except pricing.PriceRefused as refusal:
            self.add_error("chosen_price" if kind == Kind.CHOSEN else None, str(refusal.sentence))
        return data

    def _chosen(self, kind: str) -> int | None:
        amount = self.cleaned_data.get("chosen_price")
        if kind != Kind.CHOSEN:
            self.errors.pop("chosen_price", None)  # What stands in a field that was not asked for disturbs nobody.
            return None
        return None if amount is None else pricing.to_minor(amount, self.listing.currency)

    def typed(self) -> dict[str, str]:
        """Everything as it was typed, also what cannot be sent, in a form that every database stores."""
        return {name: str(self.data.get(name, "")).replace("\0", "")[:LONGEST_TYPED] for name in self.fields}

    def answers(self, *, terms_version: int | None) -> Answers:
        data = self.cleaned_data
        only_language = self.listing.languages[0] if len(self.listing.languages) == 1 else ""
        return Answers(
            language=data.get("language", only_language),
            price_kind=data.get("price_kind", Kind.STANDARD),
            chosen_price=data.get("chosen_price"),
            access_needs=data["access_needs"],
            note=data["note"],
            terms_version=terms_version,
        )


class SendForm(forms.Form):
    """The last step: what was shown, and the tick below the host's ground rules where there are any."""

    starts_at = InstantField(widget=forms.HiddenInput, required=False)
    minutes = forms.Field(widget=forms.HiddenInput, required=False)
    promised = forms.CharField(widget=forms.HiddenInput, required=False)
    accepted = forms.BooleanField(
        label=_("I have read the ground rules and will keep to them"),
        error_messages={"required": _("Please read the ground rules, then tick this box.")},
    )

    def __init__(self, *args: Any, ground_rules: HostTerms | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ground_rules is None:
            del self.fields["accepted"]

    def is_about(self, draft: BookingDraft) -> bool:
        """Whether the page showed the time that the draft has now; another window may have changed it."""
        shown = self.cleaned_data.get("starts_at"), whole_number(self.cleaned_data.get("minutes"))
        return shown == (draft.starts_at, draft.minutes)


class DeclineForm(forms.Form):
    """Three kind sentences to choose from, and room for one's own."""

    KIND: ClassVar[dict[str, Any]] = {
        "time": _("I am sorry, I cannot offer this time. Another time may work well."),
        "full": _("Thank you for asking. I cannot take on more sessions at the moment."),
        "fit": _("Thank you for your trust. I think that another host can help you better with this."),
    }

    kind = forms.ChoiceField(
        label=_("Would you like to send a message?"),
        help_text=_("You need no reason. A kind sentence can help."),
        required=False,
        initial="",
        choices=[("", _("No message")), *KIND.items()],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=_("In your own words"),
        help_text=_("You can leave this empty."),
        required=False,
        max_length=1800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self) -> str:
        chosen = str(self.KIND.get(self.cleaned_data["kind"], ""))
        return "\n\n".join(filter(None, [chosen, self.cleaned_data["message"]]))


class CancelForm(forms.Form):
    expected_refund = forms.Field(widget=forms.HiddenInput, required=False)
    message = forms.CharField(
        label=_("Message to the other person"),
        help_text=_("You need no reason. You can leave this empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_expected_refund(self) -> int:
        """-1, what nobody is ever given back, when it cannot be read: the page is then shown again."""
        number = whole_number(self.cleaned_data["expected_refund"])
        return -1 if number is None else number


class MoveForm(forms.Form):
    starts_at = InstantField(label=_("New time"), error_messages={"required": _("Choose a time.")})


class AttendanceForm(forms.Form):
    as_ = forms.ChoiceField(
        label=_("Was the other person there?"),
        widget=forms.RadioSelect,
        choices=[
            (Attendance.ATTENDED.value, _("Yes, in time")),
            (Attendance.LATE.value, _("Yes, a little later")),
            (Attendance.MISSED.value, _("No")),
        ],
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
