from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from neuro_accounts import zones
from neuro_accounts.models import Profile


class TimeZoneField(forms.ChoiceField):
    """A select of places. It takes every known zone, also one that is not on offer."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Time zone"), "widget": forms.Select(attrs={"autocomplete": "off"}), **kwargs}
        super().__init__(**kwargs)
        self.offer("")

    def offer(self, current: str) -> None:
        """Lists the zones, with ``current`` among them."""
        blank = [] if self.required else [("", _("The zone of this site"))]
        self.choices = [*blank, *zones.choices(including=current)]

    def valid_value(self, value: Any) -> bool:
        return zones.find(str(value)) is not None


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = TimeZoneField(
        required=False, help_text=_("Times on this site and in mails are shown in the zone of this place.")
    )

    class Meta:
        model = Profile
        fields = ["display_name", "pronouns", "bio", "time_zone"]
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "bio": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["time_zone"]
        offered.offer(self.instance.time_zone)

    def clean_display_name(self) -> str:
        """One line: the name goes into subjects of mails."""
        return " ".join(self.cleaned_data["display_name"].split())


class TimeZoneForm(forms.Form):
    time_zone = TimeZoneField()
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["time_zone"]
        offered.offer(self.initial.get("time_zone", ""))
