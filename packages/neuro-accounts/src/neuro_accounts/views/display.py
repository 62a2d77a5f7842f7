from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from neuro_accounts import preferences
from neuro_accounts.forms import DisplayForm
from neuro_accounts.models import DisplayPreferences
from neuro_accounts.preferences import Choices
from neuro_accounts.views.next_page import next_page


@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request: HttpRequest) -> HttpResponse:
    """How pages look and times are written: kept in the account of members and in a cookie for guests."""
    if "reset" in request.POST:
        return _put_back(request)
    before = preferences.chosen(request.user, request.COOKIES)
    form = DisplayForm(
        request.POST if request.method == "POST" else None,
        instance=DisplayPreferences(**asdict(before)),
        initial={"next": request.GET.get("next", "")},
    )
    if form.is_valid():
        return _use(request, form.choices(before), then=form.cleaned_data["next"])
    return render(request, "neuro_accounts/display.html", {"form": form, "now": timezone.now()})


def _use(request: HttpRequest, choices: Choices, *, then: str) -> HttpResponse:
    messages.success(request, _("Your display settings are saved."))
    response = redirect(next_page(request, then, otherwise="neuro_accounts:display"))
    if request.user.is_authenticated:
        preferences.save(request.user, choices)
    else:
        preferences.to_cookie(response, choices)
    return response


def _put_back(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Everything looks normal again."))
    response = redirect(next_page(request, request.POST.get("next", ""), otherwise="neuro_accounts:display"))
    # Also for members: the choices of the guest that they were would come back when they sign out.
    preferences.to_cookie(response, preferences.NOTHING)
    if request.user.is_authenticated:
        preferences.reset(request.user)
    return response
