from dataclasses import replace

from django import forms

from neuro_accounts.models import DisplayPreferences
from neuro_accounts.preferences import NAMES, Choices


class DisplayForm(forms.ModelForm):  # type: ignore[type-arg]
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = DisplayPreferences
        fields = NAMES
        widgets = dict.fromkeys(NAMES, forms.RadioSelect)

    def choices(self, before: Choices) -> Choices:
        """What the person chose. A setting that was not sent stays as it was."""
        return replace(before, **{name: self.cleaned_data[name] for name in NAMES if name in self.data})
