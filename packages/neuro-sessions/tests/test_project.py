"""What every host project can rely on."""

from datetime import timedelta

import pytest
from django.core import checks
from django.core.management import call_command
from django.urls import URLPattern, reverse

from neuro_accounts.testing import UserFactory
from neuro_sessions import urls
from neuro_sessions.models import Booking, BookingEvent, HostTime, PeerSession, Review, ScheduledSession
from neuro_sessions.validators import RESERVED_SLUGS

pytestmark = pytest.mark.django_db


def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_project_with_the_defaults_passes_every_check():
    assert checks.run_checks(databases=["default"]) == []


def test_a_misspelt_setting_is_an_error_with_a_hint(settings):
    settings.NEURO_SESSIONS = {"NOTICE_MINUTS": 10}
    (found,) = checks.run_checks(tags=["neuro_sessions"])
    assert found.id == "neuro_sessions.E001"
    assert "NOTICE_MINUTES" in found.hint


def test_a_database_with_atomic_requests_is_an_error_because_acts_take_their_lock_first(settings):
    settings.DATABASES["default"]["ATOMIC_REQUESTS"] = True
    try:
        assert [found.id for found in checks.run_checks(tags=["neuro_sessions"])] == ["neuro_sessions.E011"]
    finally:
        settings.DATABASES["default"]["ATOMIC_REQUESTS"] = False


def test_a_settlement_that_cannot_be_imported_is_an_error(settings):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "nowhere.Paid"}
    assert [found.id for found in checks.run_checks(tags=["neuro_sessions"])] == ["neuro_sessions.E003"]


def test_every_first_part_of_our_addresses_is_a_reserved_slug():
    first_parts = {str(route.pattern).split("/")[0] for route in urls.urlpatterns if isinstance(route, URLPattern)}
    assert first_parts - {"", "<slug:slug>"} == RESERVED_SLUGS


@pytest.mark.parametrize("model", [PeerSession, Booking, ScheduledSession, HostTime, Review])
def test_staff_can_look_at_everything_in_the_admin(client, ask, model):
    booking = ask()
    Booking.objects.filter(pk=booking.pk).update(state="completed", attendance="attended")
    ScheduledSession.objects.create(
        host_id=booking.host_id,
        peer_session=booking.peer_session,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )
    Review.objects.create(booking=booking, rating=4, created_at=booking.starts_at)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    name = f"admin:neuro_sessions_{model._meta.model_name}"
    found = client.get(reverse(f"{name}_changelist"), {"q": "talk"} if model in (PeerSession, Booking) else {})
    assert found.status_code == 200
    assert client.get(reverse(f"{name}_change", args=[model.objects.first().pk])).status_code == 200


def test_staff_cannot_change_a_booking_past_its_rules(client, ask):
    booking = ask()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    change = reverse("admin:neuro_sessions_booking_change", args=[booking.pk])
    assert client.post(change, {"state": "confirmed"}).status_code == 403
    assert client.post(reverse("admin:neuro_sessions_booking_delete", args=[booking.pk])).status_code == 403
    assert BookingEvent.objects.count() == 1


def test_a_booking_keeps_its_history_when_somebody_tries_to_delete_it(ask, now):
    booking = ask(now=now - timedelta(hours=1))
    with pytest.raises(Exception, match="protected"):
        booking.delete()
