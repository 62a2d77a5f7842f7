from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext_lazy

from neuro_accounts import inbox, profiles, tasks
from neuro_accounts._claims import LEASE, claim_due
from neuro_accounts.models import Delivery
from neuro_accounts.notification_types import registered
from neuro_accounts.notifications import SITE, UnknownNotification, deliver_due, notify, register
from neuro_accounts.testing import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A5")]


def greet(person, now, **more):
    notify("test.greeting", person, **{"source_type": "test", "source_id": 1, "now": now, **more})


def test_rows_vanish_with_the_rollback_of_the_caller(person, now):
    with transaction.atomic():
        greet(person, now)
        assert Delivery.objects.exists()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_repeating_gives_one_delivery_a_channel(person, now):
    for _attempt in range(3):
        greet(person, now)
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "site"]
    assert deliver_due(now=now) == 2
    greet(person, now)
    assert deliver_due(now=now) == 0
    assert len(mail.outbox) == 1


def test_a_new_revision_is_a_new_message(person, now):
    greet(person, now)
    greet(person, now, revision=1)
    assert deliver_due(now=now) == 4


def test_an_unknown_type_is_refused(person, now):
    with pytest.raises(UnknownNotification):
        notify("test.nothing", person, source_type="test", source_id=1, now=now)


def test_the_message_is_in_the_inbox_with_its_path(person, now):
    greet(person, now)
    deliver_due(now=now)
    message = Delivery.objects.inbox_of(person).get()
    assert (message.title, message.text, message.path) == ("Hello from Ada", "Ada says hello.", "/somewhere/")
    assert inbox.unread_count(person) == 1


def test_the_mail_has_two_parts_an_absolute_link_and_a_fixed_id(person, now):
    greet(person, now)
    deliver_due(now=now)
    sent = mail.outbox[0]
    html, kind = sent.alternatives[0]
    row = Delivery.objects.get(channel="email")
    assert kind == "text/html"
    assert '<a href="https://site.example.org/somewhere/">Answer Ada</a>' in html
    assert "https://site.example.org/somewhere/" in sent.body
    assert sent.message()["Message-ID"] == f"<{row.pk}@site.example.org>"


def test_what_people_typed_is_escaped_in_html_and_left_alone_in_text(person, now, facts):
    facts["name"] = "<b>Ada & Co</b>"
    greet(person, now)
    deliver_due(now=now)
    sent = mail.outbox[0]
    assert "<b>Ada & Co</b> says hello." in sent.body
    assert "<b>" not in sent.alternatives[0][0]
    assert sent.subject == "Hello from <b>Ada & Co</b>"


def test_a_line_break_in_a_name_does_not_reach_the_headers(person, now, facts):
    facts["name"] = "Ada\r\nBcc: everybody@example.org"
    greet(person, now)
    assert deliver_due(now=now) == 2
    assert "\n" not in mail.outbox[0].subject


def test_what_is_no_longer_true_is_dropped(person, now, facts):
    greet(person, now)
    facts.clear()
    assert deliver_due(now=now) == 0
    assert mail.outbox == []
    assert Delivery.objects.filter(dropped_at=now, next_attempt_at=None).count() == 2
    assert inbox.unread_count(person) == 0


def test_nothing_goes_to_a_closed_account(person, now):
    greet(person, now)
    type(person).objects.update(is_active=False)
    assert deliver_due(now=now) == 0
    assert mail.outbox == []


def test_somebody_without_an_address_reads_it_on_the_site(now):
    greet(UserFactory(email=""), now)
    assert deliver_due(now=now) == 1
    assert Delivery.objects.get(channel="email").dropped_at == now


def test_a_message_for_later_waits(person, now):
    greet(person, now, due_at=now + timedelta(hours=1))
    assert deliver_due(now=now) == 0
    assert tasks.tick(now=now + timedelta(hours=1)) == 2


def test_a_mail_server_that_is_down_leaves_the_mail_due(person, now, monkeypatch, mail_server_down):
    greet(person, now)
    assert deliver_due(now=now) == 1
    row = Delivery.objects.get(channel="email")
    assert row.sent_at is None
    assert row.next_attempt_at > now
    assert "nobody listens" in row.last_error
    monkeypatch.undo()
    assert deliver_due(now=row.next_attempt_at) == 1
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_is_asked_once_a_round(now, mail_server_down):
    for person in UserFactory.create_batch(3):
        greet(person, now)
    assert deliver_due(now=now) == 3
    assert len(mail_server_down) == 1


def test_one_broken_message_does_not_stop_the_others(person, now, greeting):
    def broken(delivery):
        raise ZeroDivisionError

    register(replace(registered(greeting), key="test.broken", facts=broken))
    notify("test.broken", person, source_type="test", source_id=1, now=now - timedelta(hours=1))
    greet(person, now)
    assert deliver_due(now=now) == 2
    assert Delivery.objects.filter(type="test.broken", next_attempt_at__gt=now, attempts=1).count() == 2


def test_the_language_and_zone_of_the_recipient_are_used(person, now, greeting):
    def facts(delivery):
        return {"time": date(timezone.localtime(now), "l H:i"), "path": "/"}

    kind = replace(registered(greeting), key="test.time", subject="{time}", text=gettext_lazy("Yes"), facts=facts)
    register(replace(kind, action="Open"))
    profiles.change(person, language="de", time_zone="Asia/Tokyo")
    notify("test.time", person, source_type="test", source_id=1, now=now)
    with timezone.override("America/New_York"):
        deliver_due(now=now)
    assert mail.outbox[0].subject == "Montag 21:00"
    assert "Ja" in mail.outbox[0].body
    assert 'lang="de"' in mail.outbox[0].alternatives[0][0]


def test_a_worker_killed_before_it_finished_is_followed_by_another(person, now):
    greet(person, now)
    for channel in ("site", "email"):
        next(claim_due(Delivery.objects.filter(channel=channel), now=now))
    assert deliver_due(now=now + LEASE / 2) == 0
    assert deliver_due(now=now + LEASE) == 2
    assert len(mail.outbox) == 1


def test_delivery_wakes_after_commit(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        greet(person, timezone.now())
        assert mail.outbox == []
    assert len(mail.outbox) == 1


def test_a_task_engine_that_is_down_does_not_break_the_caller(person, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "tests.no_engine.Nowhere"}}
    with django_capture_on_commit_callbacks(execute=True):
        greet(person, timezone.now())
    assert Delivery.objects.filter(next_attempt_at__isnull=False).count() == 2


def test_a_type_may_use_one_channel_only(person, now, greeting):
    register(replace(registered(greeting), key="test.site", channels=(SITE,)))
    notify("test.site", person, source_type="test", source_id=1, now=now)
    assert Delivery.objects.get().channel == "site"


def test_pages_need_not_wait_for_the_mail_server(person, settings, mailoutbox, django_capture_on_commit_callbacks):
    settings.NEURO_ACCOUNTS = {**settings.NEURO_ACCOUNTS, "WAKES_MAIL": False}
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        greet(person, now)
    assert Delivery.objects.get(sent_at__isnull=False).channel == SITE
    assert mailoutbox == []
    assert tasks.tick(now=now) == 1
