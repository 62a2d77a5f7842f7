from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest


class SignedInRequest(HttpRequest):
    """What a view behind ``login_required`` receives, whatever the project's user model is."""

    user: AbstractUser  # type: ignore[assignment]
