"""Run inside the site, by ``manage.py shell``: fills its database and prints what the browser needs to know."""

import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from neuro_accounts.models import User
from neuro_cms.models import HomePage
from tests import routes
from tests.world import build

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def run() -> None:
    call_command("seed_demo", stdout=None, verbosity=0)
    world = build(timezone.now())
    paths = {route.key: world.path(route) for route in routes.ROUTES}
    paths["edit home"] = reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk])
    sessions = {role: signed_in(user) for role, user in world.people.items()}
    print(json.dumps({"paths": paths, "sessions": sessions}))  # noqa: T201


def signed_in(user: User) -> str:
    """The key of a login session, as the login form would make it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)
