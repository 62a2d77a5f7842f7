import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from neuro_accounts.models import Delivery
from neuro_accounts.testing import UserFactory
from neuro_sessions import listings
from neuro_sessions.models import PeerSession
from neuro_sessions.testing import PeerSessionFactory
from neuro_sessions.validators import RESERVED_SLUGS

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E2")]


def create(title, **kwargs):
    fields = {"description": "We talk.", "durations": [30], "currency": "gbp"}
    return listings.create(host=UserFactory(), title=title, **(fields | kwargs))


def test_listings_of_one_title_get_addresses_of_their_own(client):
    slugs = [create("Noise at work").slug for _time in range(3)]
    assert slugs == ["noise-at-work", "noise-at-work-2", "noise-at-work-3"]


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_title_that_is_one_of_our_addresses_gets_another_one(client, slug):
    listing = create(slug.title())
    assert listing.slug == f"{slug}-2"
    client.force_login(listing.host)
    assert listing.title in client.get(listing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("title", ["Разговор о работе", "お話", "🌱", "…", "العمل"])
def test_a_title_in_any_script_has_an_address_that_works(client, title):
    first, second = create(title), create(title)
    assert first.slug != second.slug
    client.force_login(second.host)
    assert title in client.get(second.get_absolute_url()).content.decode()


def test_the_longest_title_has_an_address_even_the_thousandth_time():
    title = "a" * 120
    PeerSession.objects.bulk_create(
        PeerSessionFactory.build(host=UserFactory(), slug=slug)
        for slug in [title, *(f"{title}-{number}" for number in range(2, 12))]
    )
    assert create(title).slug == f"{title}-12"


def test_the_host_of_a_listing_and_its_publishing_do_not_change_by_editing(listing, stranger):
    before = list(PeerSession.objects.values())
    for fixed in ({"host": stranger}, {"host_id": stranger.pk}, {"published_at": None}, {"id": stranger.pk}):
        with pytest.raises(TypeError, match="do not change"):
            listings.change(listing, **fixed)
    assert list(PeerSession.objects.values()) == before


def test_other_lengths_are_looked_up_for_the_next_free_time(listing):
    PeerSession.objects.update(next_free_version=7)
    listing.refresh_from_db()
    listings.change(listing, title="Other words")
    assert PeerSession.objects.get().next_free_version == 7
    listings.change(listing, durations=[45])
    assert PeerSession.objects.get().next_free_version is None


def test_a_closed_account_offers_nothing(listing, now):
    listings.unpublish(listing)
    listing.host.is_active = False
    listing.host.save()
    with pytest.raises(listings.AccountClosed):
        listings.publish(listing, now=now)
    with pytest.raises(listings.AccountClosed):
        listings.create(host=listing.host, title="Another", description="We talk.", durations=[30], currency="gbp")
    assert not PeerSession.objects.get().is_published


@pytest.mark.feature("E16")
def test_publishing_takes_twelve_queries_at_most(listing, now, django_assert_max_num_queries):
    for group_is_there in (True, False):
        listings.unpublish(listing)
        if not group_is_there:
            Group.objects.all().delete()
        fresh = PeerSession.objects.select_related("host").get()
        with django_assert_max_num_queries(12):
            assert listings.publish(fresh, now=now)


@pytest.mark.feature("W4")
def test_publishing_twice_changes_and_tells_once(listing, now):
    listings.unpublish(listing)
    assert listings.publish(listing, now=now)
    assert not listings.publish(listing, now=now)
    assert Delivery.objects.filter(type="neuro_sessions.session_published", channel="site").count() == 1
    assert listings.unpublish(listing)
    assert not listings.unpublish(listing)


@pytest.mark.parametrize(
    ("changes", "code", "leads_to"),
    [({"meeting_link": ""}, "no_link", "edit"), ({"no_times": True}, "no_times", "")],
)
def test_an_incomplete_listing_cannot_be_published(listing, now, changes, code, leads_to):
    if changes.pop("no_times", False):
        listing.availability.all().delete()
    PeerSession.objects.update(published_at=None, **changes)
    listing.refresh_from_db()
    with pytest.raises(listings.NotComplete) as refused:
        listings.publish(listing, now=now)
    assert refused.value.code == code
    assert refused.value.path == (reverse("neuro_sessions:edit", args=[listing.pk]) if leads_to else "")
    assert not PeerSession.objects.get().is_published


def test_a_settlement_may_refuse_publishing(listing, now, settings, client):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    PeerSession.objects.update(published_at=None, price=666)
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    client.force_login(listing.host)
    response = client.post(reverse("neuro_sessions:publish", args=[listing.pk]))
    assert response.url == "/help/"
    assert not PeerSession.objects.get().is_published


def test_somebody_who_is_no_host_any_more_cannot_publish(listing, client):
    PeerSession.objects.update(published_at=None)
    client.force_login(listing.host)
    assert client.post(reverse("neuro_sessions:publish", args=[listing.pk])).status_code == 403
    assert not PeerSession.objects.get().is_published


@pytest.mark.feature("E16")
def test_nobody_finds_or_asks_a_host_whose_account_is_closed(listing, client, seeker):
    listing.host.is_active = False
    listing.host.save()
    client.force_login(seeker)
    assert listing.title not in client.get(reverse("neuro_sessions:list")).content.decode()
    assert client.get(listing.get_absolute_url()).status_code == 404
    assert client.get(reverse("neuro_sessions:ask", args=[listing.pk])).status_code == 404


@pytest.mark.parametrize(
    ("amount", "currency", "price"),
    [("15.50", "gbp", 1550), ("0.00", "gbp", 0), ("1500", "jpy", 1500), ("1.234", "kwd", 1234)],
)
def test_a_typed_price_is_kept_in_the_currency_s_smallest_unit(client, listing, settings, amount, currency, price):
    settings.NEURO_SESSIONS = {"CURRENCIES": ("gbp", "jpy", "kwd")}
    response = save_price(client, listing, amount, currency)
    assert response.status_code == 302
    listing.refresh_from_db()
    assert (listing.price, listing.currency) == (price, currency)
    edit = client.get(reverse("neuro_sessions:edit", args=[listing.pk])).content.decode()
    assert f'name="amount" value="{amount}"' in edit


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("15.505", "gbp"),
        ("0.5", "jpy"),
        ("-1", "gbp"),
        ("10001", "gbp"),
        ("10000001", "jpy"),
        ("NaN", "gbp"),
        ("Infinity", "gbp"),
        ("1e-9", "gbp"),
    ],
)
def test_an_amount_that_does_not_exist_is_refused_and_kept(client, listing, settings, amount, currency):
    settings.NEURO_SESSIONS = {"CURRENCIES": ("gbp", "jpy", "kwd")}
    response = save_price(client, listing, amount, currency)
    assert response.status_code == 200
    assert f'value="{amount}"' in response.content.decode()
    assert PeerSession.objects.get().price == 0


def save_price(client, listing, amount, currency):
    client.force_login(listing.host)
    fields = {"title": "Noise", "description": "We talk.", "durations": ["30"], "meeting_link": listing.meeting_link}
    data = fields | {"amount": amount, "currency": currency}
    return client.post(reverse("neuro_sessions:edit", args=[listing.pk]), data)
