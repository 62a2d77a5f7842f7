from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from neuro_accounts import ages, profiles, terms, zones
from neuro_accounts._places import zone_name
from neuro_accounts.models import Profile, TermsAcceptance, User
from neuro_accounts.testing import ProfileFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A3")]


def test_the_display_name_is_the_chosen_one_else_the_username(person):
    assert profiles.display_name(person) == person.username
    profiles.change(person, display_name="Ada")
    assert profiles.display_name(person) == "Ada"
    assert profiles.display_name(User.objects.get()) == "Ada"


def test_asking_writes_nothing(person):
    profiles.display_name(person)
    profiles.time_zone_of(person)
    assert Profile.objects.of(person).pk is None
    assert not Profile.objects.exists()


def test_a_joined_profile_needs_no_query(django_assert_num_queries):
    ProfileFactory(time_zone="Asia/Tokyo")
    UserFactory()
    people = list(User.objects.select_related("neuro_profile"))
    with django_assert_num_queries(0):
        assert all(profiles.display_name(person) for person in people)
        assert {str(profiles.time_zone_of(person)) for person in people} == {"Asia/Tokyo", "Europe/London"}


def test_a_zone_that_is_no_longer_known_falls_back(person, settings):
    profiles.change(person, time_zone="Mars/Olympus")
    assert profiles.time_zone_of(person) == ZoneInfo("Europe/London")
    settings.NEURO_ACCOUNTS = {"DEFAULT_TIME_ZONE": "Europe/Berlin"}
    assert profiles.time_zone_of(person) == ZoneInfo("Europe/Berlin")


def test_a_language_that_the_site_does_not_offer_falls_back(person, settings):
    profiles.change(person, language="tlh")
    assert profiles.language_of(person) == settings.LANGUAGE_CODE
    profiles.change(person, language="de")
    assert profiles.language_of(person) == "de"


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [
        ("Europe/London", "London", "London time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires (Argentina)", "Buenos Aires time"),
        ("America/North_Dakota/New_Salem", "New Salem (North Dakota)", "New Salem time"),
        ("UTC", "UTC", "UTC time"),
    ],
)
def test_a_list_says_where_a_place_is_and_a_sentence_names_the_place_alone(name, label, words):
    assert zones.label(name) == label
    assert zone_name(name) == words


def test_every_zone_on_offer_is_known_and_old_names_are_added_when_in_use():
    offered = [name for _region, group in zones.choices() for name, _place in group]
    assert len(offered) > 400
    assert all(zones.find(name) for name in offered)
    assert "Asia/Calcutta" not in offered
    assert zones.choices(including="Asia/Calcutta")[0][1] == [("Asia/Calcutta", "Calcutta")]


@pytest.mark.parametrize("name", ["", "Europe", "Mars/Olympus", "../etc/passwd", "a\x00b", "x" * 5000])
def test_an_odd_zone_name_finds_nothing(name):
    assert zones.find(name) is None


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2008, 11, 30), date(2026, 11, 30), 18),
        (date(2008, 12, 1), date(2026, 11, 30), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(9999, 1, 1), date(2026, 3, 1), -7973),
    ],
)
def test_age_counts_whole_years(born, today, age):
    assert ages.age_on(today, born=born) == age


@pytest.mark.feature("A6")
def test_the_first_acceptance_of_a_version_counts(person, now):
    terms.accept(person, version="1", now=now)
    terms.accept(person, version="1", now=datetime(2030, 1, 1, tzinfo=UTC))
    terms.accept(person, version="2", now=now)
    assert TermsAcceptance.objects.get(version="1").accepted_at == now
    assert person.neuro_terms_acceptances.count() == 2


def test_the_profile_card_shows_name_pronouns_and_first_lines():
    profile = ProfileFactory(display_name="<Ada>", pronouns="she/her", bio="word " * 100)
    template = Template("{% load neuro_accounts %}{% profile_card user=person / %}")
    html = template.render(Context({"person": profile.user}))
    assert "&lt;Ada&gt;" in html
    assert "she/her" in html
    assert html.count("word") == 40
