from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

LENGTHS = [("30", "30 minutes"), ("60", "60 minutes")]
NEEDS = [("quiet", "A quiet room"), ("text", "I would like to type")]


class SampleForm(forms.Form):
    name = forms.CharField(help_text="The name that others see.")
    length = forms.ChoiceField(choices=LENGTHS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        choices=NEEDS, widget=forms.CheckboxSelectMultiple, required=False, help_text="<b>Only</b> your host sees this."
    )
    starts_at = forms.SplitDateTimeField(
        widget=forms.SplitDateTimeWidget(date_attrs={"aria-label": "Date"}, time_attrs={"aria-label": "Time"})
    )
    topic = forms.ChoiceField(choices=LENGTHS, required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="I agree to the ground rules")
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")

    def clean(self) -> None:
        if self.cleaned_data.get("note") == "impossible":
            raise forms.ValidationError("These answers do not fit together.")


def form(request: HttpRequest) -> HttpResponse:
    return render(request, "tests/form.html", {"form": SampleForm(request.POST if request.method == "POST" else None)})


def said(request: HttpRequest) -> HttpResponse:
    messages.info(request, "One.")
    messages.success(request, "Two.")
    messages.warning(request, "Three.")
    messages.error(request, "<b>Four</b>.")
    return render(request, "tests/plain.html")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def unreadable(request: HttpRequest) -> HttpResponse:
    raise BadRequest


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "tests/components.html")


urlpatterns = [
    path("form/", form),
    path("said/", said),
    path("refused/", refused),
    path("broken/", broken),
    path("unreadable/", unreadable),
    path("components/", components),
    path("styleguide/", include("neuro_cms.ui.styleguide.urls")),
]
