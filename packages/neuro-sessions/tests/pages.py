"""Our addresses, and what is to see behind them."""

from django.apps import apps
from django.urls import reverse

BOOKING_ROUTES = [
    *("booking", "approve", "decline", "withdraw", "agree", "cancel", "join", "finish", "review"),
    *("move", "move-accept", "move-refuse", "attendance"),
]
LISTING_ROUTES = ["edit", "publish", "unpublish", "availability", "cohosts"]
ASK_ROUTES = ["ask", "ask-needs", "ask-check", "ask-keep", "ask-discard"]
OWN_ROUTES = ["list", "hosting", "create", "bookings", "rules", "pause", "resume", "terms"]


def at(name, *args):
    return reverse(f"neuro_sessions:{name}", args=args)


def everything():
    """Every row of every table, but Django's own sessions."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model: list(model._base_manager.order_by("pk").values_list()) for model in models}


def shown(response):
    return response.redirect_chain[-1][0], " ".join(response.content.decode().split())
