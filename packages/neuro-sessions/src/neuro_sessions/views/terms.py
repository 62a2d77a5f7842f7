from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import terms
from ..forms.hosting import TermsForm
from .answers import SignedInRequest, done
from .hosting import is_host, not_a_host


@login_required
def edit(request: SignedInRequest) -> HttpResponse:
    """The host's own ground rules. The button "preview" shows them as people see them, and stores nothing."""
    if not is_host(request):
        return not_a_host(request)
    current = terms.current(request.user)
    form = TermsForm(request.POST or None, initial={"text": current.text if current else ""})
    text = current.text if current else ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].strip()
        if "preview" not in request.POST:
            terms.publish(request.user, text=text, now=timezone.now())
            return done(request, _sentence(text), reverse("neuro_sessions:terms"))
    context = {"form": form, "current": current, "text": text, "is_new": text != (current.text if current else "")}
    return render(request, "neuro_sessions/terms.html", context)


def _sentence(text: str) -> str:
    if text:
        return _("Your ground rules are saved. People accept them from now on when they ask for a time.")
    return _("You have no ground rules now.")
