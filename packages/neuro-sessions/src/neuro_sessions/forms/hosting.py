from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from ..models import HostTerms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = HostTerms
        fields = ["text"]
        labels = {"text": _("Your ground rules")}
        help_texts = {
            "text": _(
                "For example: what you talk about and what not, cameras, being late, contact between sessions. "
                "An empty text means that you have none."
            )
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}


class CohostForm(forms.Form):
    """Finds the person of a username, ``cleaned_data["username"]`` is the person."""

    username = forms.CharField(
        label=_("Username"),
        help_text=_("The other person finds it in their account."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_username(self) -> "AbstractUser":
        people = get_user_model()._default_manager.filter(is_active=True)
        username: Any = {get_user_model().USERNAME_FIELD: self.cleaned_data["username"]}
        person: AbstractUser | None = people.filter(**username).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this username. Look whether each letter is right."))
        return person
