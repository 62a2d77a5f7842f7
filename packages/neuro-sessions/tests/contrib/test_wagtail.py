"""``contrib.wagtail``: the editors' page over the list of sessions, at the same address as the plain one."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, Site

from neuro_sessions.contrib.wagtail.models import SessionsIndexPage

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E9")]


@pytest.fixture
def home():
    """The default site with an empty home page, as Wagtail's own migrations leave it."""
    return Site.objects.get(is_default_site=True).root_page


def publish():
    out = StringIO()
    call_command("publish_sessions_index", stdout=out)
    return out.getvalue()


def test_without_an_editors_page_the_plain_list_answers(client, listing):
    for address in ("/sessions/", "/sessions/?page=2"):
        response = client.get(address)
        assert response.status_code == 200
        assert listing.title in response.content.decode()
    assert "Find a session" in client.get("/sessions/").content.decode()


def test_the_editors_page_answers_when_it_is_live(client, listing, home):
    publish()
    SessionsIndexPage.objects.update(title="Talk with a peer", intro="Slowly.", seo_title="Peers for search engines")
    page = client.get(reverse("neuro_sessions:list")).content.decode()
    assert listing.title in page
    assert "Talk with a peer" in page
    assert "Slowly." in page
    assert "Peers for search engines" in page


def test_a_draft_of_the_page_is_not_shown(client, listing, home):
    home.add_child(instance=SessionsIndexPage(title="Not yet", slug="sessions", live=False))
    page = client.get("/sessions/").content.decode()
    assert "Not yet" not in page
    assert listing.title in page


def test_listings_keep_their_addresses_under_the_page(client, listing):
    publish()
    assert client.get(listing.get_absolute_url()).status_code == 200
    assert client.get("/sessions/nothing-here/").status_code == 404
    assert client.post("/sessions/").status_code == 405


def test_editors_cannot_put_pages_where_listings_are():
    assert SessionsIndexPage.allowed_subpage_models() == []


def test_publishing_the_index_makes_one_page_however_often_it_is_done(client, home):
    for _time in range(3):
        assert "is published" in publish()
    page = SessionsIndexPage.objects.get()
    assert page.live
    assert page.url_path == f"{home.url_path}sessions/"
    assert page.revisions.count() == 1


def test_publishing_the_index_publishes_what_editors_have_drafted(home):
    page = home.add_child(instance=SessionsIndexPage(title="First", slug="sessions", live=False))
    page.title = "Second"
    page.save_revision()
    publish()
    assert SessionsIndexPage.objects.get().title == "Second"


def test_publishing_the_index_stops_where_another_page_stands(home):
    home.add_child(instance=Page(title="Sessions of parliament", slug="sessions"))
    with pytest.raises(CommandError, match="Another page stands at /sessions/"):
        publish()


def test_publishing_the_index_needs_a_site():
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="There is no default site"):
        publish()


def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_migration_runs_on_the_oldest_wagtail_and_with_any_page_model():
    folder = Path(apps.get_app_config("neuro_sessions_wagtail").path) / "migrations"
    text = (folder / "0001_initial.py").read_text()
    assert "('wagtailcore', '0097_" in text
    assert "WAGTAIL_PAGE_MODEL" not in text


def test_the_full_project_passes_every_check():
    assert [found for found in checks.run_checks(databases=["default"]) if found.id.startswith("neuro_")] == []
