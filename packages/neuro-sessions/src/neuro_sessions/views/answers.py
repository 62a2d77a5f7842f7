"""The two answers that every act gives: done, or not now."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ..refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class SignedInRequest(HttpRequest):
    """What a view behind ``login_required`` receives, whatever the project's user model is."""

    user: "AbstractUser"  # type: ignore[assignment]


def done(request: HttpRequest, sentence: str, to: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(to)


def refused(request: HttpRequest, refusal: Refusal, to: str) -> HttpResponse:
    """Shows the page of the true state, or the one where it can be put right, with a sentence that says why."""
    messages.warning(request, str(refusal.sentence))
    return redirect(refusal.path or to)
