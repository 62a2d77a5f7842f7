"""A host's own listing: what can be changed, and what stays."""

import re

import pytest
from django.contrib.auth.models import Permission

from neuro_sessions import listings
from neuro_sessions.forms import PeerSessionForm
from neuro_sessions.models import PeerSession
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import LINK
from tests.pages import at

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E2")]
TYPED = {"title": "Noise", "description": "We talk.", "durations": ["30"], "amount": "15", "currency": "gbp"}
TYPED |= {"meeting_link": LINK}


def errors(listing=None, **typed):
    form = PeerSessionForm(TYPED | typed, instance=listing)
    return {name: " ".join(found) for name, found in form.errors.items()}


def stored(client, listing, **typed):
    """The listing after its host has saved the form with what is typed here."""
    client.force_login(listing.host)
    response = client.post(at("edit", listing.pk), TYPED | typed)
    assert response.status_code == 302, re.findall(r"errorlist.*", response.content.decode())
    return PeerSession.objects.get(pk=listing.pk)


def test_a_published_listing_stays_fit_to_be_published(client, listing, settings):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    client.force_login(listing.host)
    typed = TYPED | {"title": "New title"}
    page = client.post(at("edit", listing.pk), typed | {"amount": "6.66"}).content.decode()
    assert "This price is cursed." in page
    assert "New title" in page
    page = client.post(at("edit", listing.pk), typed | {"meeting_link": ""}).content.decode()
    assert "Add the meeting link first" in page
    listing.refresh_from_db()
    assert (listing.price, listing.meeting_link) == (0, LINK)
    assert listing.title != "New title"
    assert client.post(at("edit", listing.pk), typed).status_code == 302


def test_saving_a_listing_does_not_publish_it_again(client, listing):
    stale = PeerSession.objects.get()
    listings.unpublish(listing)
    listings.change(stale, title="Another title")
    listing.refresh_from_db()
    assert (listing.title, listing.published_at) == ("Another title", None)


# -- What it costs


@pytest.mark.parametrize(
    ("typed", "columns"),
    [
        ({}, {"price": 1500, "price_per": "session", "reduced_price": None, "minimum_price": 0}),
        ({"price_per": "hour"}, {"price": 1500, "price_per": "hour"}),
        ({"reduced_amount": "7.50"}, {"price": 1500, "reduced_price": 750}),
        ({"reduced_amount": "0"}, {"reduced_price": 0}),
        ({"pay_what_you_can": "on"}, {"price": 1500, "pay_what_you_can": True, "minimum_price": 0}),
        ({"pay_what_you_can": "on", "minimum_amount": "2"}, {"minimum_price": 200}),
        ({"amount": "1500", "currency": "jpy", "reduced_amount": "500"}, {"price": 1500, "reduced_price": 500}),
        ({"amount": "1.5", "currency": "kwd", "reduced_amount": "0.125"}, {"price": 1500, "reduced_price": 125}),
        ({"amount": "0", "minimum_amount": "0"}, {"price": 0, "minimum_price": 0}),
    ],
)
def test_prices_are_typed_as_people_say_them(client, listing, settings, typed, columns):
    settings.NEURO_SESSIONS = {"CURRENCIES": ("gbp", "jpy", "kwd")}
    after = stored(client, listing, **typed)
    assert {name: getattr(after, name) for name in columns} == columns
    assert PeerSessionForm(instance=after).initial["amount"] == PeerSessionForm(TYPED | typed).fields["amount"].clean(
        typed.get("amount", "15")
    )


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ({"reduced_amount": "15"}, "reduced_amount", "less than the price"),
        ({"reduced_amount": "15.01"}, "reduced_amount", "less than the price"),
        ({"reduced_amount": "0.001"}, "reduced_amount", "small coins"),
        ({"reduced_amount": "-1"}, "reduced_amount", "greater than or equal to 0"),
        ({"amount": "0", "reduced_amount": "0"}, "reduced_amount", "free already"),
        ({"pay_what_you_can": "on", "reduced_amount": "5"}, "reduced_amount", "choose what they pay already"),
        ({"pay_what_you_can": "on", "minimum_amount": "15.01"}, "minimum_amount", "cannot be higher"),
        ({"pay_what_you_can": "on", "amount": "0"}, "amount", "more than 0"),
        ({"minimum_amount": "1"}, "minimum_amount", "Tick that people choose"),
        ({"amount": "10000.01"}, "amount", "at most £10,000.00"),
        ({"amount": "", "reduced_amount": "5"}, "amount", "required"),
        ({"amount": "9" * 30}, "amount", "digits"),
        ({"currency": "xyz", "reduced_amount": "5"}, "currency", "valid choice"),
    ],
)
def test_prices_that_do_not_fit_together_are_explained_at_their_field(typed, name, words):
    found = errors(**typed)
    assert list(found) == [name]
    assert words in found[name]


def test_whatever_is_typed_never_breaks_a_rule_of_the_database(client, listing):
    client.force_login(listing.host)
    for amount in ("0", "1", "5", "x", ""):
        for reduced in ("", "0", "1", "6", "x"):
            for least in ("", "0", "6"):
                for chosen in ({}, {"pay_what_you_can": "on"}):
                    typed = TYPED | {"amount": amount, "reduced_amount": reduced, "minimum_amount": least} | chosen
                    assert client.post(at("edit", listing.pk), typed).status_code in (200, 302)


def test_joining_before_paying_is_a_question_only_where_something_costs(client, listing):
    assert "access_before_payment" not in PeerSessionForm().fields
    assert "access_before_payment" not in PeerSessionForm(instance=listing).fields
    assert "access_before_payment" in PeerSessionForm(instance=PeerSessionFactory(priced=True)).fields
    assert stored(client, listing, access_before_payment="on").access_before_payment
    assert not stored(client, listing, access_before_payment="on", amount="0").access_before_payment


def test_a_listing_keeps_what_is_no_longer_offered_to_others(client, settings):
    old = {"durations": [35], "currency": "chf", "languages": ["en-au"], "cancellation": "of-long-ago"}
    listing = PeerSessionFactory(priced=True, meeting_link=LINK, **old)
    form = PeerSessionForm(instance=listing)
    assert "35 minutes" in str(form)
    assert 'value="chf" selected' in str(form)
    typed = {"durations": ["35"], "currency": "chf", "languages": ["en-au"]}
    after = stored(client, listing, **typed)
    assert (after.durations, after.currency, after.languages) == ([35], "chf", ["en-au"])
    assert after.cancellation == "moderate"


# -- Languages, answers, rules


def test_the_languages_of_the_site_come_first_and_the_others_are_folded_away(client, listing, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    page = str(PeerSessionForm(instance=listing)["languages"])
    before, after = page.split('<details class="nm-accordion">')
    assert re.findall(r'value="([^"]+)"', before) == ["en-gb", "cy"]
    assert 'value="de"' in after
    assert 'value="en"' not in after
    assert 'value="es-mx"' not in after
    assert stored(client, listing, languages=["cy", "de"]).languages == ["cy", "de"]
    listing.refresh_from_db()
    assert '<details class="nm-accordion" open>' in str(PeerSessionForm(instance=listing)["languages"])
    assert "Welsh or German" in client.get(listing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("languages", [["klingon"], ["de", "nobody"], ["\x00"]])
def test_a_language_that_nobody_knows_is_refused(languages):
    assert list(errors(languages=languages)) == ["languages"]


def test_hosts_answer_themselves_unless_they_say_otherwise(client, listing):
    assert stored(client, listing).require_request_approval
    assert not stored(client, listing, approval="nobody").require_request_approval
    assert not stored(client, listing).require_request_approval, "what is not sent stays as it is"
    assert stored(client, listing, approval="host").require_request_approval
    assert list(errors(approval="everybody")) == ["approval"]


def test_the_rule_for_cancelling_is_one_of_the_policy(client, listing):
    assert stored(client, listing).cancellation == "moderate"
    assert stored(client, listing, cancellation="strict").cancellation == "strict"
    assert stored(client, listing).cancellation == "strict"
    assert list(errors(cancellation="mine")) == ["cancellation"]


# -- The page


@pytest.mark.parametrize("typed", [None, {}])
def test_each_field_is_in_one_named_group(client, listing, typed):
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    client.force_login(listing.host)
    for address in (at("create"), at("edit", listing.pk)):
        response = client.get(address) if typed is None else client.post(address, typed)
        page, form = response.content.decode(), response.context["form"]
        assert [name for _title, names in form.groups() for name in names] == list(form.fields)
        assert page.count("<fieldset") == page.count("</fieldset>")
        titles = re.findall(r"<legend>\s*<h2>(.*?)</h2>", page)
        assert titles == [str(title) for title, _names in form.groups()]
        assert len(titles) >= 4


def test_somebody_who_is_no_host_is_told_where_to_become_one(client, stranger, settings):
    client.force_login(stranger)
    assert client.get(at("create")).status_code == 403
    settings.NEURO_SESSIONS = {"BECOME_HOST_URL": "neuro_accounts:become-host"}
    assert client.get(at("create")).status_code == 302


def test_the_facts_say_what_it_costs_and_who_answers(client):
    listing = PeerSessionFactory(hourly=True, reduced_price=1000, require_request_approval=False, languages=["de"])
    page = " ".join(client.get(listing.get_absolute_url()).content.decode().split())
    assert "£30.00 an hour, reduced price £10.00 an hour" in page
    assert "30 or 60 minutes" in page
    assert "German" in page
    assert "a free time is booked at once" in page
