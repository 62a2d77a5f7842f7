from django import forms
from django.utils.translation import gettext_lazy as _


class ApplicationForm(forms.Form):
    message = forms.CharField(
        label=_("Why would you like to be a host?"),
        help_text=_("Tell us about your experience and how you would like to support others."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DecisionForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The person reads this text. You may leave it empty."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
