"""Grants by row and our querysets give one answer."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from guardian.shortcuts import get_objects_for_user
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import grants, listings
from neuro_sessions.models import (
    Booking,
    PeerSession,
    PeerSessionGroupObjectPermission,
    PeerSessionUserObjectPermission,
)
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import LINK, NOW
from tests.pages import at

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E16")]
SEEKERS = "Support Seeker"


def person(*, host=False, seeker=True):
    user = UserFactory()
    if host:
        user.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    if seeker:
        user.groups.add(Group.objects.get_or_create(name=SEEKERS)[0])
    return user


def draft_of(host):
    fields = {"description": "We talk.", "durations": [30], "currency": "gbp", "meeting_link": LINK}
    listing = listings.create(host=host, title="Noise", **fields)
    WindowFactory(peer_session=listing)
    return listing


def fresh(user):
    """Somebody whose permissions nobody has looked up yet."""
    return get_user_model()._default_manager.get(pk=user.pk)


def check_that_both_agree(people):
    for user in map(fresh, people):
        visible = set(PeerSession.objects.visible_to(user))
        manageable = set(PeerSession.objects.manageable_by(user))
        assert set(get_objects_for_user(user, "neuro_sessions.view_peersession")) == visible
        assert set(get_objects_for_user(user, "neuro_sessions.change_peersession")) == manageable
        for listing in PeerSession.objects.all():
            assert user.has_perm("neuro_sessions.view_peersession", listing) == (listing in visible)
            for codename in ("change_peersession", "manage_availability", "schedule_session"):
                assert user.has_perm(f"neuro_sessions.{codename}", listing) == (listing in manageable), codename
            published = PeerSession.objects.published().filter(pk=listing.pk).exists()
            assert user.has_perm("neuro_sessions.request_session", listing) == published


ACTS = ["create", "publish", "unpublish", "invite", "remove"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 3)), max_size=14))
def test_for_support_seekers_both_answers_agree_after_whatever_happened(db, acts):
    PeerSession.objects.all().delete()
    people = [person(host=True) for _number in range(3)] + [person()]
    for act, who, which in acts:
        user, made = people[who], list(PeerSession.objects.order_by("created_at", "pk"))
        if act == "create":
            draft_of(user)
        elif made:
            do(act, made[which % len(made)], user)
    check_that_both_agree(people)


def do(act, listing, user):
    try:
        match act:
            case "publish":
                listings.publish(listing, now=NOW)
            case "unpublish":
                listings.unpublish(listing)
            case "invite":
                grants.add_cohost(listing, user=user, by=listing.host)
            case "remove":
                grants.remove_cohost(listing, user=user, by=listing.host)
    except grants.CohostRefused:
        return


def test_without_the_rows_they_would_not_agree():
    """The control: the check above is able to fail."""
    host = person(host=True)
    draft_of(host)
    check_that_both_agree([host])
    PeerSessionUserObjectPermission.objects.all().delete()
    with pytest.raises(AssertionError):
        check_that_both_agree([host])


def test_who_is_no_support_seeker_finds_what_is_published_and_has_no_row(listing):
    member = person(seeker=False)
    assert list(PeerSession.objects.visible_to(member)) == [listing]
    assert not member.has_perm("neuro_sessions.view_peersession", listing)
    assert not get_objects_for_user(member, "neuro_sessions.view_peersession")


def test_unpublished_means_invisible_also_for_somebody_who_knows_the_id(client, listing):
    seeker = person()
    client.force_login(seeker)
    assert client.get(listing.get_absolute_url()).status_code == 200
    listings.unpublish(listing)
    assert client.get(listing.get_absolute_url()).status_code == 404
    assert client.get(at("ask", listing.pk)).status_code == 404
    for name in ("edit", "publish", "unpublish", "cohosts"):
        assert client.post(at(name, listing.pk)).status_code == 404, name
    assert not fresh(seeker).has_perm("neuro_sessions.view_peersession", listing)


def test_without_a_group_in_the_settings_nobody_is_granted_anything_by_publishing(settings):
    settings.NEURO_SESSIONS = {"SEEKER_GROUP": ""}
    listings.publish(draft_of(person(host=True)), now=NOW)
    assert not PeerSessionGroupObjectPermission.objects.exists()
    assert not Group.objects.filter(name="").exists()


def test_many_listings_are_granted_in_as_few_queries_as_one(django_assert_num_queries):
    made = [PeerSessionFactory(granted=False) for _number in range(30)]
    Group.objects.create(name=SEEKERS)
    with django_assert_num_queries(2):
        grants.on_create(made)
    with django_assert_num_queries(3):
        grants.on_publish(made)
    with django_assert_num_queries(1):
        grants.on_unpublish(made)


# -- Repairing


def test_listings_from_before_there_were_grants_are_repaired():
    host, seeker = person(host=True), person()
    PeerSessionFactory(host=host, granted=False)
    PeerSessionFactory(host=host, granted=False, published_at=None)
    for _time in range(2):
        grants.repair()
        check_that_both_agree([host, seeker])
        assert PeerSessionGroupObjectPermission.objects.count() == 2
        assert PeerSessionUserObjectPermission.objects.count() == 8


def test_a_closed_account_takes_its_listings_away_and_an_opened_one_brings_them_back(listing):
    seeker = person()
    for is_active in (False, True):
        listing.host.is_active = is_active
        listing.host.save()
        grants.repair()
        assert fresh(seeker).has_perm("neuro_sessions.view_peersession", listing) == is_active
        check_that_both_agree([seeker])


def test_repairing_leaves_alone_what_another_team_granted(listing):
    row = {"permission": Permission.objects.get(codename="request_session"), "content_object": listing}
    PeerSessionGroupObjectPermission.objects.create(group=Group.objects.create(name="Testers"), **row)
    before = set(PeerSessionGroupObjectPermission.objects.values_list("pk", flat=True))
    grants.repair()
    assert set(PeerSessionGroupObjectPermission.objects.values_list("pk", flat=True)) == before


# -- Co-hosts


@pytest.fixture
def cohost(listing):
    user = person(host=True)
    assert grants.add_cohost(listing, user=user, by=listing.host)
    return user


def test_a_co_host_answers_requests_until_they_are_removed(ask, listing, cohost):
    booking = ask()
    assert list(Booking.objects.manageable_by(cohost)) == [booking]
    assert list(Booking.objects.visible_to(cohost)) == [booking]
    assert grants.remove_cohost(listing, user=cohost, by=listing.host)
    assert not Booking.objects.manageable_by(cohost).exists()
    assert not Booking.objects.visible_to(cohost).exists()
    assert not PeerSession.objects.manageable_by(cohost).exists()
    assert bookings.approve(booking, by=listing.host, now=NOW + timedelta(minutes=1)).state == "confirmed"


def test_nobody_answers_a_request_of_their_own(client, ask, listing):
    asker = person(host=True)
    booking = ask(by=asker)
    assert grants.add_cohost(listing, user=asker, by=listing.host)
    assert list(Booking.objects.visible_to(asker)) == [booking]
    assert not Booking.objects.manageable_by(asker).exists()
    client.force_login(asker)
    assert client.post(at("approve", booking.pk)).status_code == 404
    assert Booking.objects.get().state == Booking.State.REQUESTED


def test_a_co_host_of_one_listing_has_no_say_in_another(listing, cohost):
    other = PeerSessionFactory(host=listing.host, published_at=None)
    assert not PeerSession.objects.visible_to(cohost).filter(pk=other.pk).exists()
    assert not PeerSession.objects.manageable_by(cohost).filter(pk=other.pk).exists()


def test_inviting_and_removing_twice_changes_once(listing, cohost):
    assert not grants.add_cohost(listing, user=cohost, by=listing.host)
    assert PeerSessionUserObjectPermission.objects.filter(user=cohost).count() == 4
    assert grants.remove_cohost(listing, user=cohost, by=listing.host)
    assert not grants.remove_cohost(listing, user=cohost, by=listing.host)


@pytest.mark.parametrize(
    ("who", "by", "code"),
    [("host", "host", "is_host"), ("member", "host", "may_not_host"), ("another", "cohost", "not_host")],
)
def test_who_cannot_become_a_co_host(listing, cohost, who, by, code):
    people = {"host": listing.host, "cohost": cohost, "member": person(), "another": person(host=True)}
    before = PeerSessionUserObjectPermission.objects.count()
    with pytest.raises(grants.CohostRefused) as refused:
        grants.add_cohost(listing, user=people[who], by=people[by])
    assert refused.value.code == code
    assert PeerSessionUserObjectPermission.objects.count() == before


def test_nobody_but_the_host_removes_anybody_and_nobody_the_host(listing, cohost):
    for user, by, code in ((cohost, cohost, "not_host"), (listing.host, listing.host, "is_host")):
        with pytest.raises(grants.CohostRefused) as refused:
            grants.remove_cohost(listing, user=user, by=by)
        assert refused.value.code == code
    assert list(grants.cohosts(listing)) == [cohost]


# -- Their pages


def test_a_host_adds_and_removes_a_co_host(client, listing):
    other = person(host=True)
    client.force_login(listing.host)
    added = client.post(at("cohosts", listing.pk), {"username": f" {other.username} "}, follow=True)
    assert f"{other.username} is a co-host now." in added.content.decode()
    assert other.email not in added.content.decode()
    again = client.post(at("cohosts", listing.pk), {"username": other.username}, follow=True)
    assert "is a co-host already." in again.content.decode()
    remove = at("cohost-remove", listing.pk, other.pk)
    assert "no longer see its requests" in client.get(remove).content.decode()
    assert list(grants.cohosts(listing)) == [other]
    assert "is no co-host any more." in client.post(remove, follow=True).content.decode()
    assert not grants.cohosts(listing)
    assert client.post(remove).status_code == 404


@pytest.mark.parametrize("username", ["", "nobody-has-this", "\x00", "a" * 300, "closed", "member", "host"])
def test_a_kind_answer_for_whoever_cannot_be_added(client, listing, username):
    names = {"closed": UserFactory(is_active=False), "member": person(), "host": listing.host}
    typed = names[username].username if username in names else username
    client.force_login(listing.host)
    page = client.post(at("cohosts", listing.pk), {"username": typed})
    assert page.status_code == 200
    assert "Error:" in page.content.decode()
    assert not grants.cohosts(listing)


@pytest.mark.parametrize("odd", ["0", "x", "9" * 40, "-1", "’", "%00"])
def test_an_odd_address_of_a_co_host_is_not_found(client, listing, odd):
    client.force_login(listing.host)
    assert client.post(at("cohost-remove", listing.pk, odd)).status_code == 404


def test_the_pages_are_for_the_host_alone(client, listing, cohost, stranger):
    pages = [at("cohosts", listing.pk), at("cohost-remove", listing.pk, cohost.pk)]
    for page in pages:
        assert client.get(page).status_code == 302
    for other in (cohost, stranger):
        client.force_login(other)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert [client.post(page).status_code for page in pages] == [404, 404]


def test_a_co_host_changes_words_and_not_money_link_or_publishing(client, listing, cohost):
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    client.force_login(cohost)
    page = client.get(at("edit", listing.pk)).content.decode()
    for name in ("amount", "currency", "reduced_amount", "cancellation", "meeting_link"):
        assert f'name="{name}"' not in page
    assert LINK not in page
    typed = {"title": "Our words", "description": "We talk.", "durations": ["45"], "amount": "99", "currency": "usd"}
    typed |= {"meeting_link": "https://elsewhere.example.org/", "pay_what_you_can": "on", "cancellation": "strict"}
    before = PeerSession.objects.get()
    assert client.post(at("edit", listing.pk), typed).status_code == 302
    after = PeerSession.objects.get()
    assert (after.title, after.durations, after.host) == ("Our words", [45], listing.host)
    for name in ("price", "currency", "meeting_link", "pay_what_you_can", "cancellation", "access_before_payment"):
        assert getattr(after, name) == getattr(before, name), name
    for name in ("publish", "unpublish"):
        assert client.post(at(name, listing.pk)).status_code == 404
    dashboard = client.get(at("hosting")).content.decode()
    assert "Our words" in dashboard
    assert at("unpublish", listing.pk) not in dashboard
    assert "together with" in dashboard
