"""The two answers that every act gives: done, or not now."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..booking import AlreadyAsked
from ..host_time import Busy, OwnTimeTaken
from ..refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

View = Callable[..., Any]
# How long a browser, or a program, should wait before it tries again.
BUSY_SECONDS = 5
# Refusals whose page is one of the seeker's own.
OF_SEEKERS = (AlreadyAsked, OwnTimeTaken)


class SignedInRequest(HttpRequest):
    """What a view behind ``login_required`` receives, whatever the project's user model is."""

    user: "AbstractUser"  # type: ignore[assignment]


def sent_from(route: str) -> Callable[[View], View]:
    """For an address that only forms have. Who comes there in another way is led to the page of the form.

    That happens when somebody signs in again: the sign-in leads back to where they were by a link. ``route`` is the
    name of that page; it has the same arguments.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(f"neuro_sessions:{route}", **kwargs)

        return posted

    return decorate


def done(request: HttpRequest, sentence: str, to: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(to)


def refused(request: HttpRequest, refusal: Refusal, to: str) -> HttpResponse:
    """Shows the page of the true state, or the one where it can be put right, with a sentence that says why."""
    if isinstance(refusal, Busy):
        return busy(request)
    messages.warning(request, str(refusal.sentence))
    return redirect(refusal.path or to)


def refused_to_seeker(request: HttpRequest, refusal: Refusal, to: str) -> HttpResponse:
    """As ``refused``. What their host has to put right first, they are told without the page where hosts do that."""
    if refusal.path and not isinstance(refusal, OF_SEEKERS):
        words = _("The host cannot take bookings at the moment. Nothing was charged, and nothing is lost.")
        refusal = Refusal(refusal.code, words)
    return refused(request, refusal, to)


def busy(request: HttpRequest) -> HttpResponse:
    """Nothing was changed: a page with everything that was sent, and a button that sends it again."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    response = render(request, "neuro_sessions/busy.html", {"sent": sent}, status=503)
    response["Retry-After"] = str(BUSY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
