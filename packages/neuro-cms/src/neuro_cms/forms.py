from django import forms
from django.utils.translation import gettext_lazy as _


class CountryForm(forms.Form):
    """Whose numbers the help page shows. Sent by GET: the choice stays in the address and nowhere else."""

    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *, countries: dict[str, str], chosen: str) -> None:
        super().__init__(initial={"country": chosen})
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=list(countries.items()))
