from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from neuro_accounts.testing import UserFactory
from neuro_sessions import availability
from neuro_sessions.models import PeerSession
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E15")]


def test_seeding_without_hosts_says_what_to_do_first():
    UserFactory(is_superuser=True)
    with pytest.raises(CommandError, match="There are no hosts yet"):
        call_command("seed_sessions")


def test_seeds_are_published_and_bookable_and_may_be_sown_again(client, capsys):
    for _person in range(2):
        UserFactory().user_permissions.add(Permission.objects.get(codename="add_peersession"))
    call_command("seed_sessions", size=3)
    call_command("seed_sessions", size=2)
    assert set(PeerSession.objects.values_list("slug", flat=True)) == {f"example-{number}" for number in range(1, 6)}
    assert PeerSession.objects.values("host").distinct().count() == 2
    for listing in PeerSession.objects.all():
        assert client.get(listing.get_absolute_url()).status_code == 200
        assert listing.meeting_link
        assert availability.free_slots(listing, minutes=30, since=NOW, until=NOW + timedelta(days=1), now=NOW)
