"""What this package itself says to people."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_accounts.models import Delivery, HostApplication
from neuro_accounts.notification_types import NotificationType
from neuro_accounts.profiles import display_name

ACCOUNT = "neuro_accounts.account"
HOST_APPLICATION = "neuro_accounts.host_application"
State = HostApplication.State

type Facts = Mapping[str, Any] | None


def _account_facts(delivery: Delivery) -> Facts:
    return {"name": display_name(delivery.recipient), "path": reverse("neuro_accounts:profile")}


def _question(application: HostApplication) -> Facts:
    path = reverse("neuro_accounts:host-application", args=[application.pk])
    return {"applicant": display_name(application.applicant), "path": path}


def _answer(application: HostApplication) -> Facts:
    return {"answer": application.answer, "path": reverse("neuro_accounts:become-host")}


def _while_in(state: State, facts_of: Callable[[HostApplication], Facts]) -> Callable[[Delivery], Facts]:
    """Facts of an application as long as it is in this state; afterwards there is nothing to say any more."""

    def facts(delivery: Delivery) -> Facts:
        application = HostApplication.objects.filter(pk=delivery.source_id, state=state).first()
        return facts_of(application) if application else None

    return facts


ACCOUNT_CREATED = NotificationType(
    key="neuro_accounts.account_created",
    label=_("Account created"),
    category="account",
    subject=_("Your account is ready"),
    text=_("Welcome, {name}. Your e-mail address is confirmed. If you like, tell others about yourself."),
    action=_("Open your profile"),
    facts=_account_facts,
)
HOST_APPLICATION_RECEIVED = NotificationType(
    key="neuro_accounts.host_application_received",
    label=_("Somebody asks to become a host"),
    category="staff",
    subject=_("{applicant} asks to become a host"),
    text=_("{applicant} has sent an application and waits for an answer."),
    action=_("Open the application"),
    facts=_while_in(State.PENDING, _question),
)
HOST_APPLICATION_ACCEPTED = NotificationType(
    key="neuro_accounts.host_application_accepted",
    label=_("You became a host"),
    category="account",
    subject=_("You are a host now"),
    text=_("Your application was accepted. You can now offer sessions.\n\n{answer}"),
    action=_("See the answer"),
    facts=_while_in(State.ACCEPTED, _answer),
)
HOST_APPLICATION_DECLINED = NotificationType(
    key="neuro_accounts.host_application_declined",
    label=_("Your application was declined"),
    category="account",
    subject=_("An answer to your application"),
    text=_("We cannot accept your application to become a host at this time. You may ask again.\n\n{answer}"),
    action=_("See the answer"),
    facts=_while_in(State.DECLINED, _answer),
)

TYPES = (ACCOUNT_CREATED, HOST_APPLICATION_RECEIVED, HOST_APPLICATION_ACCEPTED, HOST_APPLICATION_DECLINED)
