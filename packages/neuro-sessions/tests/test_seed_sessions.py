import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import pricing
from neuro_sessions.models import PeerSession, PeerSessionAvailability
from tests.test_grants import check_that_both_agree, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E15")]


@pytest.fixture
def hosts():
    people = [ProfileFactory(time_zone="Asia/Tokyo").user, UserFactory()]
    for user in people:
        user.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    return people


def test_seeding_without_hosts_says_what_to_do_first():
    UserFactory(is_superuser=True)
    with pytest.raises(CommandError, match="There are no hosts yet"):
        call_command("seed_sessions")


def test_seeding_nothing_is_a_mistake(hosts):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("seed_sessions", size=0)


def test_seeds_are_published_and_can_be_seen_and_may_be_sown_again(client, capsys, hosts):
    call_command("seed_sessions", size=3)
    call_command("seed_sessions", size=2)
    assert "3 of 3 listings made." in capsys.readouterr().out
    assert set(PeerSession.objects.values_list("slug", flat=True)) == {f"example-{number}" for number in range(1, 6)}
    assert set(PeerSession.objects.values_list("host", flat=True)) == {user.pk for user in hosts}
    for listing in PeerSession.objects.all():
        listing.full_clean(exclude=["host"])
        assert client.get(listing.get_absolute_url()).status_code == 200
        assert listing.meeting_link
        for window in listing.availability.all():
            window.full_clean()


def test_seeds_are_as_different_as_what_people_offer(hosts):
    call_command("seed_sessions", size=40)
    made = list(PeerSession.objects.all())
    assert {kind for listing in made for kind in pricing.kinds(listing)} == {"standard", "reduced", "chosen"}
    assert {listing.price_per for listing in made} == {"session", "hour"}
    assert {listing.require_request_approval for listing in made} == {True, False}
    assert len({listing.cancellation for listing in made}) == 3
    assert len({str(listing.durations) for listing in made}) >= 5
    assert len({str(listing.languages) for listing in made}) >= 5
    assert any(listing.price == 0 for listing in made)
    zones = PeerSessionAvailability.objects.values_list("peer_session__host", "time_zone").distinct()
    assert {zone for host, zone in zones if host == hosts[0].pk} == {"Asia/Tokyo"}
    assert len(zones) >= 4
    check_that_both_agree([person()])


def test_a_host_who_cannot_be_paid_gets_free_seeds(hosts, settings):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.test_seed_sessions.NobodyIsPaid"}
    call_command("seed_sessions", size=16)
    assert set(PeerSession.objects.values_list("price", flat=True)) == {0}


def test_many_seeds_take_hardly_more_queries_than_few(hosts, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        call_command("seed_sessions", size=100)


class NobodyIsPaid:
    def check_listing(self, listing):
        from neuro_sessions.settlement import NotReadyToPublish

        if listing.price:
            raise NotReadyToPublish("no_bank", "Add your bank details first.")
