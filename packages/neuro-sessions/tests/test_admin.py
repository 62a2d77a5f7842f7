"""Staff look at everything and change nothing past its rules."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from neuro_accounts.testing import UserFactory
from neuro_sessions import terms
from neuro_sessions.models import BookingDraft, DateOverride, HostCalendar, HostTerms, PeerSession
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def rows(listing, seeker):
    """One row of each of the models that belong to a person's calendar, rules and drafts."""
    host = listing.host
    days = {"first_day": date(2026, 12, 24), "last_day": date(2026, 12, 26), "time_zone": "UTC"}
    terms.publish(host, text="Be kind.", now=NOW)
    return [
        HostCalendar.objects.get_or_create(host=host)[0],
        DateOverride.objects.create(host=host, note="a private matter", **days),
        HostTerms.objects.get(),
        BookingDraft.objects.create(
            seeker=seeker,
            peer_session=listing,
            starts_at=NOW,
            minutes=30,
            answers={"note": "not sent yet"},
            hold_ends_by=NOW,
            updated_at=NOW,
        ),
        listing,
    ]


def address(row, name, *args):
    return reverse(f"admin:neuro_sessions_{row._meta.model_name}_{name}", args=args)


def test_staff_can_look_and_not_change(staff, rows):
    for row in rows:
        assert staff.get(address(row, "changelist"), {"q": "e"}).status_code == 200
        assert staff.get(address(row, "change", row.pk)).status_code == 200
        assert staff.get(address(row, "add")).status_code == 403
        assert staff.post(address(row, "change", row.pk), {}).status_code == 403
        assert staff.post(address(row, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_what_somebody_has_not_sent_is_theirs_alone(staff, rows):
    pages = [staff.get(address(row, "change", row.pk)).content.decode() for row in rows]
    assert not any("not sent yet" in page or "a private matter" in page for page in pages)


def test_staff_can_hide_a_listing_with_everything_that_belongs_to_it(staff, listing):
    data = {"action": "hide", "_selected_action": [str(listing.pk)]}
    page = staff.post(address(listing, "changelist"), data, follow=True).content.decode()
    assert "1 session is hidden now." in page
    assert not PeerSession.objects.get().is_published
    assert not listing.peersessiongroupobjectpermission_set.exists()


def test_to_look_is_not_enough_for_hiding(client, listing):
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_peersession"))
    client.force_login(looker)
    data = {"action": "hide", "_selected_action": [str(listing.pk)]}
    client.post(address(listing, "changelist"), data)
    assert PeerSession.objects.get().is_published
