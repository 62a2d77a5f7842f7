from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.utils import timezone

from neuro_accounts import hosting
from neuro_accounts.groups import setup_default_groups
from neuro_accounts.models import Delivery, HostApplication
from neuro_accounts.notifications import deliver_due
from neuro_accounts.testing import HostApplicationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A15")]


def test_an_accepted_application_makes_a_host(person, staff, now):
    application = hosting.ask_to_host(person, message="I would like to help.", now=now)
    assert not hosting.is_host(person)
    hosting.accept(application, by=staff, answer="Welcome.", now=now)
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.decided_at) == ("accepted", staff, now)
    assert hosting.is_host(person)


def test_a_declined_application_leaves_no_host_and_may_be_repeated(person, staff, now):
    application = hosting.ask_to_host(person, message="Please.", now=now)
    hosting.decline(application, by=staff, answer="Not yet.", now=now)
    assert not hosting.is_host(person)
    assert hosting.ask_to_host(person, message="Please.", now=now).is_pending


def test_a_second_application_while_one_waits_is_refused(person, now):
    hosting.ask_to_host(person, message="One", now=now)
    with pytest.raises(hosting.AlreadyAsked):
        hosting.ask_to_host(person, message="Two", now=now)
    assert HostApplication.objects.get().message == "One"


def test_the_database_keeps_one_waiting_application_a_person(person):
    HostApplicationFactory(applicant=person)
    with pytest.raises(IntegrityError):
        HostApplicationFactory(applicant=person)


def test_a_host_need_not_ask(now):
    with pytest.raises(hosting.AlreadyHost):
        hosting.ask_to_host(UserFactory(groups=["Peer"]), message="Again", now=now)


def test_nobody_decides_without_the_permission(person, now):
    application = HostApplicationFactory(applicant=person)
    with pytest.raises(hosting.MayNotDecide):
        hosting.accept(application, by=person, now=now)
    assert HostApplication.objects.get().is_pending
    assert not hosting.is_host(person)


def test_a_decision_on_a_stale_copy_has_no_effect(person, staff, now):
    application = HostApplicationFactory(applicant=person)
    stale = HostApplication.objects.get()
    hosting.decline(application, by=staff, now=now)
    with pytest.raises(hosting.AlreadyDecided):
        hosting.accept(stale, by=staff, now=now)
    assert HostApplication.objects.get().state == "declined"
    assert not hosting.is_host(person)


def test_staff_and_the_person_are_told(person, staff, now):
    boss = UserFactory(is_superuser=True)
    application = hosting.ask_to_host(person, message="Please.", now=now)
    deliver_due(now=now)
    assert {message.to[0] for message in mail.outbox} == {staff.email, boss.email}
    mail.outbox.clear()
    hosting.accept(application, by=staff, answer="Good to have you.", now=now)
    deliver_due(now=now)
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "Good to have you." in mail.outbox[0].body


def test_staff_are_not_told_of_an_application_that_was_decided_meanwhile(person, staff, now):
    hosting.accept(hosting.ask_to_host(person, message="Please.", now=now), by=staff, now=now)
    deliver_due(now=now)
    assert [message.to for message in mail.outbox] == [[person.email]]


@pytest.mark.django_db(transaction=True)
def test_accept_and_decline_at_the_same_moment_have_one_effect():
    setup_default_groups()
    staff = UserFactory(groups=["Neuromancer"])
    for _round in range(5):
        person = UserFactory()
        application = HostApplicationFactory(applicant=person)
        outcomes = _at_once(application, staff, [hosting.accept, hosting.decline] * 2)
        assert sorted(outcomes) == ["already_decided"] * 3 + ["done"]
        accepted = HostApplication.objects.get(pk=application.pk).state == "accepted"
        assert hosting.is_host(person) == accepted
        assert Delivery.objects.filter(recipient=person, channel="site").count() == 1


def _at_once(application, staff, decisions):
    barrier, outcomes = Barrier(len(decisions)), []

    def run(decide):
        member = type(staff).objects.get(pk=staff.pk)
        copy = HostApplication.objects.get(pk=application.pk)
        barrier.wait()
        try:
            decide(copy, by=member, now=timezone.now())
            outcomes.append("done")
        except hosting.AlreadyDecided as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[decide]) for decide in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
