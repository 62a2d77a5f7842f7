from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from neuro_cms.ui.forms import DateField, DateInput

LENGTHS = [("30", "30 minutes"), ("45", "45 minutes")]
NEEDS = [("type", "I would like to type"), ("camera", "My camera stays off"), ("breaks", "I need breaks")]
TOPICS = [("", "Choose a topic"), ("work", "Work"), ("home", "Home and everyday life")]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="The name that your host sees.")
    password = forms.CharField(widget=forms.PasswordInput)
    birthday = DateField(
        label="Date of birth", widget=DateInput(birthday=True), help_text="For example 27 3 1990.", required=False
    )
    topic = forms.ChoiceField(choices=TOPICS)
    length = forms.ChoiceField(choices=LENGTHS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        choices=NEEDS, widget=forms.CheckboxSelectMultiple, required=False, help_text="Only your host sees this."
    )
    note = forms.CharField(widget=forms.Textarea, max_length=200, required=False)
    picture = forms.FileField(required=False, help_text="A PNG or JPEG file of 5 MB at most.")
    agrees = forms.BooleanField(label="I agree to the ground rules")


class FilterForm(forms.Form):
    topic = forms.ChoiceField(choices=TOPICS, required=False)
    length = forms.MultipleChoiceField(choices=LENGTHS, widget=forms.CheckboxSelectMultiple, required=False)


def with_errors() -> SampleForm:
    """The form as it comes back when nearly everything in it is wrong."""
    given = {"birthday_day": "31", "birthday_month": "11", "birthday_year": "1990", "topic": "none", "note": "a " * 150}
    data: MultiValueDict[str, str] = MultiValueDict({name: [value] for name, value in given.items()})
    files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()
    return SampleForm(data, files)
