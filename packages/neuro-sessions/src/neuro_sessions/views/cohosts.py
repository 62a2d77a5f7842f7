from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from neuro_accounts.profiles import display_name

from .. import grants
from ..forms.hosting import CohostForm
from ..refusals import Refusal
from .answers import SignedInRequest, done
from .hosting import own_listing


@login_required
def cohosts(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Who hosts this listing together with its host, and a form that adds somebody."""
    listing = own_listing(request, pk)
    form = CohostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["username"]
        try:
            added = grants.add_cohost(listing, user=person, by=request.user)
        except Refusal as refusal:
            form.add_error("username", str(refusal.sentence))
        else:
            to = reverse("neuro_sessions:cohosts", args=[listing.pk])
            return done(request, _added_sentence(display_name(person), added), to)
    context = {"listing": listing, "people": grants.cohosts(listing), "form": form}
    return render(request, "neuro_sessions/cohosts.html", context)


@login_required
def remove(request: SignedInRequest, pk: UUID, person: str) -> HttpResponse:
    """Says what removing a co-host means; POST does it. ``person`` is the key of the co-host, as text."""
    listing = own_listing(request, pk)
    found = {str(cohost.pk): cohost for cohost in grants.cohosts(listing)}.get(person)
    if found is None:
        raise Http404
    to = reverse("neuro_sessions:cohosts", args=[listing.pk])
    if request.method == "POST":
        grants.remove_cohost(listing, user=found, by=request.user)
        return done(request, _("%(name)s is no co-host any more.") % {"name": display_name(found)}, to)
    return render(request, "neuro_sessions/cohost_remove.html", {"listing": listing, "person": found})


def _added_sentence(name: str, added: bool) -> str:
    if added:
        return _("%(name)s is a co-host now. Tell them: they find the session under “Your hosting”.") % {"name": name}
    return _("%(name)s is a co-host already.") % {"name": name}
