from datetime import datetime

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neuro_accounts import announcements, conf
from neuro_accounts.groups import add_to_group, is_in_group
from neuro_accounts.models import HostApplication
from neuro_accounts.models.host_application import DECIDE
from neuro_accounts.notifications import NotificationType, notify

State = HostApplication.State


class HostingRefused(Exception):
    """The state of things does not allow the act. ``str()`` is a sentence for the person."""

    code: str
    sentence: Promise

    def __str__(self) -> str:
        return str(self.sentence)


class AlreadyHost(HostingRefused):
    code = "already_host"
    sentence = _("You are a host already.")


class AlreadyAsked(HostingRefused):
    code = "already_asked"
    sentence = _("We have your application. You will hear from us.")


class AlreadyDecided(HostingRefused):
    code = "already_decided"
    sentence = _("This application was decided before. Nothing has changed.")


class MayNotDecide(HostingRefused):
    code = "may_not_decide"
    sentence = _("You may not decide about applications.")


def is_host(user: AbstractUser) -> bool:
    return is_in_group(user, conf.get().host_group)


def latest_application(user: AbstractUser) -> HostApplication | None:
    return HostApplication.objects.filter(applicant_id=user.pk).order_by("-asked_at").first()


def ask_to_host(applicant: AbstractUser, *, message: str, now: datetime) -> HostApplication:
    """Asks to become a host and tells those who may decide. Raises AlreadyHost, AlreadyAsked."""
    if is_host(applicant):
        raise AlreadyHost
    try:
        with transaction.atomic():
            application = HostApplication.objects.create(applicant_id=applicant.pk, message=message, asked_at=now)
            for staff in ModelBackend().with_perm(DECIDE):
                _tell(announcements.HOST_APPLICATION_RECEIVED, staff, application, now=now)
    except IntegrityError:
        if not HostApplication.objects.filter(applicant_id=applicant.pk, state=State.PENDING).exists():
            raise
        raise AlreadyAsked from None
    return application


def accept(application: HostApplication, *, by: AbstractUser, answer: str = "", now: datetime) -> None:
    """Makes the applicant a host and tells them. Raises MayNotDecide, AlreadyDecided."""
    _check_may_decide(by)
    with transaction.atomic():
        _decide(application, State.ACCEPTED, by=by, answer=answer, now=now)
        add_to_group(application.applicant, conf.get().host_group)
        _tell(announcements.HOST_APPLICATION_ACCEPTED, application.applicant, application, now=now)


def decline(application: HostApplication, *, by: AbstractUser, answer: str = "", now: datetime) -> None:
    """Tells the applicant that they do not become a host; they may ask again. Raises MayNotDecide, AlreadyDecided."""
    _check_may_decide(by)
    with transaction.atomic():
        _decide(application, State.DECLINED, by=by, answer=answer, now=now)
        _tell(announcements.HOST_APPLICATION_DECLINED, application.applicant, application, now=now)


def _check_may_decide(by: AbstractUser) -> None:
    """Asked before the transaction, so that the first thing in it is a write and takes the lock."""
    if not by.has_perm(DECIDE):
        raise MayNotDecide


def _decide(application: HostApplication, state: State, *, by: AbstractUser, answer: str, now: datetime) -> None:
    decision = {"state": state, "decided_by": by, "answer": answer, "decided_at": now}
    if not HostApplication.objects.filter(pk=application.pk, state=State.PENDING).update(**decision):
        raise AlreadyDecided
    application.refresh_from_db()


def _tell(kind: NotificationType, recipient: AbstractUser, application: HostApplication, *, now: datetime) -> None:
    notify(kind.key, recipient, source_type=announcements.HOST_APPLICATION, source_id=application.pk, now=now)
