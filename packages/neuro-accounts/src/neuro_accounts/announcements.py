"""What this package itself says to people."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_accounts.models import Delivery, HostApplication
from neuro_accounts.notification_types import NotificationType, register
from neuro_accounts.profiles import display_name

ACCOUNT = "neuro_accounts.account"
HOST_APPLICATION = "neuro_accounts.host_application"

ACCOUNT_CREATED = "neuro_accounts.account_created"
HOST_APPLICATION_RECEIVED = "neuro_accounts.host_application_received"
HOST_APPLICATION_ACCEPTED = "neuro_accounts.host_application_accepted"
HOST_APPLICATION_DECLINED = "neuro_accounts.host_application_declined"

type Facts = Mapping[str, Any] | None


def _account_facts(delivery: Delivery) -> Facts:
    return {"name": display_name(delivery.recipient), "path": reverse("neuro_accounts:profile")}


def _received_facts(delivery: Delivery) -> Facts:
    application = _application(delivery, HostApplication.State.PENDING)
    if application is None:
        return None
    path = reverse("neuro_accounts:host-application", args=[application.pk])
    return {"applicant": display_name(application.applicant), "path": path}


def _accepted_facts(delivery: Delivery) -> Facts:
    return _decision_facts(_application(delivery, HostApplication.State.ACCEPTED))


def _declined_facts(delivery: Delivery) -> Facts:
    return _decision_facts(_application(delivery, HostApplication.State.DECLINED))


def _decision_facts(application: HostApplication | None) -> Facts:
    if application is None:
        return None
    return {"answer": application.answer, "path": reverse("neuro_accounts:become-host")}


def _application(delivery: Delivery, state: HostApplication.State) -> HostApplication | None:
    """The application that the message is about, as long as it still is in this state."""
    return HostApplication.objects.filter(pk=delivery.source_id, state=state).first()


def connect() -> None:
    register(
        NotificationType(
            key=ACCOUNT_CREATED,
            label=_("Account created"),
            category="account",
            subject=_("Your account is ready"),
            text=_("Welcome, {name}. Your e-mail address is confirmed. If you like, tell others about yourself."),
            action=_("Open your profile"),
            facts=_account_facts,
        ),
        NotificationType(
            key=HOST_APPLICATION_RECEIVED,
            label=_("Somebody asks to become a host"),
            category="staff",
            subject=_("{applicant} asks to become a host"),
            text=_("{applicant} has sent an application and waits for an answer."),
            action=_("Open the application"),
            facts=_received_facts,
        ),
        NotificationType(
            key=HOST_APPLICATION_ACCEPTED,
            label=_("You became a host"),
            category="account",
            subject=_("You are a host now"),
            text=_("Your application was accepted. You can now offer sessions.\n\n{answer}"),
            action=_("See the answer"),
            facts=_accepted_facts,
        ),
        NotificationType(
            key=HOST_APPLICATION_DECLINED,
            label=_("Your application was declined"),
            category="account",
            subject=_("An answer to your application"),
            text=_("We cannot accept your application to become a host at this time. You may ask again.\n\n{answer}"),
            action=_("See the answer"),
            facts=_declined_facts,
        ),
    )
