from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from neuro_accounts import profiles, zones
from neuro_accounts._places import place
from neuro_accounts.forms import ProfileForm, TimeZoneForm
from neuro_accounts.models import Profile
from neuro_accounts.views.next_page import next_page
from neuro_accounts.views.signed_in import SignedInRequest

COOKIE_AGE = 365 * 24 * 60 * 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: SignedInRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, instance=Profile.objects.of(request.user))
    if form.is_valid():
        profiles.change(request.user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("neuro_accounts:profile")
    return render(request, "neuro_accounts/profile.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def time_zone(request: HttpRequest) -> HttpResponse:
    """The zone in which times are shown: kept in the profile of members and in a cookie for guests."""
    current = timezone.get_current_timezone_name()
    initial = {"time_zone": current, "next": request.GET.get("next", "")}
    form = TimeZoneForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return _use_zone(request, form.cleaned_data["time_zone"], then=form.cleaned_data["next"])
    words = {"form": form, "place": place(current), "now": timezone.now()}
    return render(request, "neuro_accounts/time_zone.html", words)


def _use_zone(request: HttpRequest, name: str, *, then: str) -> HttpResponse:
    messages.success(request, _("Times are now shown for this place: %(place)s.") % {"place": place(name)})
    response = redirect(next_page(request, then, otherwise="neuro_accounts:time-zone"))
    if request.user.is_authenticated:
        profiles.change(request.user, time_zone=name)
    else:
        response.set_cookie(
            zones.COOKIE, name, max_age=COOKIE_AGE, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response
