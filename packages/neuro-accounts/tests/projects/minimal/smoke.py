"""The app beside Django's own user model. Run by tests/test_other_user_model.py in a process of its own."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from neuro_accounts import ages, announcements, hosting, inbox
from neuro_accounts.notifications import deliver_due, notify
from neuro_accounts.testing import UserFactory

pytestmark = pytest.mark.django_db


def test_migrations_are_complete_and_the_project_is_sound():
    assert get_user_model()._meta.label == "auth.User"
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    call_command("check", "--fail-level", "WARNING")


def test_a_message_reaches_the_inbox_and_the_mailbox():
    person = UserFactory(groups=["Support Seeker"])
    notify(announcements.ACCOUNT_CREATED.key, person, source_type="test", source_id=1, now=timezone.now())
    assert deliver_due(now=timezone.now()) == 2
    assert inbox.unread_count(person) == 1
    assert mail.outbox[0].to == [person.email]


def test_somebody_becomes_a_host_and_the_pages_open():
    staff, person = UserFactory(is_superuser=True), UserFactory()
    client = Client()
    client.force_login(person)
    client.post("/me/become-a-host/", {"message": "I would like to help."})
    hosting.accept(hosting.latest_application(person), by=staff, now=timezone.now())
    assert hosting.is_host(person)
    for page in ("profile", "inbox", "become-a-host", "time-zone", "display"):
        assert client.get(f"/me/{page}/").status_code == 200


def test_a_date_of_birth_is_not_stored_where_there_is_no_field():
    person = UserFactory()
    ages.store_date_of_birth(person, date(2000, 1, 1))
    assert not hasattr(person, "date_of_birth")


def test_seeding_works():
    call_command("seed_users", "--count", "2", "--groups", "Peer", verbosity=0)
    assert get_user_model().objects.filter(groups__name="Peer").count() == 2
