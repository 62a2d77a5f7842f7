import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, Site

from neuro_cms.home import FirstTexts, RootPageInUse, set_up_home_page
from neuro_cms.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C1")]

TEXTS = FirstTexts(
    title="Home",
    hero_heading="Talk with someone who understands",
    hero_subheading="Calm sessions.",
    intro="First line.\n\nSecond line.",
    button_text="Find a session",
    button_link="/sessions/",
)


@pytest.fixture
def home() -> HomePage:
    page, created = set_up_home_page(TEXTS)
    assert created
    return page


def block(kind: str, value: object) -> dict:
    return {"type": kind, "value": value}


def test_home_page_replaces_the_welcome_page(home, read):
    page = read("/")

    assert page.h1.string == "Talk with someone who understands"
    assert page.select_one(".nm-hero a")["href"] == "/sessions/"
    assert [p.string for p in page.select(".nm-lead p")] == ["First line.", "Second line."]
    assert [page.title for page in Page.objects.filter(depth=2)] == ["Home"]
    assert home.slug == "home"
    assert home.live
    assert not home.has_unpublished_changes


def test_second_run_changes_nothing(home):
    before = HomePage.objects.values().get()

    again, created = set_up_home_page(FirstTexts(title="x", hero_heading="x", hero_subheading="", intro=""))

    assert (again, created) == (home, False)
    assert HomePage.objects.values().get() == before


def test_texts_of_editors_are_never_overwritten(home):
    home.hero_heading = "An editor wrote this"
    home.save_revision().publish()

    call_command("setup_home_page", heading="A new default")

    assert HomePage.objects.get().hero_heading == "An editor wrote this"


def test_start_page_of_another_kind_is_left_alone(home):
    other = Page.get_first_root_node().add_child(instance=Page(title="Own", slug="own"))
    HomePage.objects.get().delete()
    other.content_type = home.content_type
    other.save()
    Site.objects.create(hostname="localhost", root_page=other, is_default_site=True)

    with pytest.raises(RootPageInUse):
        set_up_home_page(TEXTS)


def test_pages_below_the_welcome_page_are_kept():
    welcome = Site.objects.get().root_page
    welcome.add_child(instance=Page(title="About", slug="about"))

    home, _ = set_up_home_page(TEXTS)

    assert [(child.slug, child.url_path) for child in home.get_children()] == [("about", "/home/about/")]


def test_project_without_any_site_gets_one():
    Site.objects.all().delete()

    home, _ = set_up_home_page(TEXTS)

    assert Site.objects.get(is_default_site=True).root_page_id == home.pk


def test_text_that_an_editor_could_not_save_leaves_everything_as_it_was():
    with pytest.raises(CommandError, match="starts with /"):
        call_command("setup_home_page", button_text="Go", button_link="javascript:alert(1)")

    assert Site.objects.get().root_page.slug == "home"
    assert not HomePage.objects.exists()


def test_button_needs_words_and_an_address(home):
    home.button_link = ""

    with pytest.raises(ValidationError, match="or neither"):
        home.full_clean()


def test_body_shows_headings_texts_and_heroes(home, read):
    hero = {"heading": "Ask us", "subheading": "", "button_text": "Write", "button_link": "/contact/"}
    home.body = json.dumps(
        [
            block("heading", "What to <expect>"),
            block("paragraph", "<p>A <b>quiet</b> talk.</p>"),
            block("hero", hero),
        ]
    )
    home.save_revision().publish()

    page = read("/")

    assert [heading.string for heading in page.find_all("h2")] == ["What to <expect>", "Ask us"]
    assert page.find("b").string == "quiet"
    assert len(page.find_all("h1")) == 1


def test_editor_changes_and_publishes_the_home_page(home, admin_client, read):
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert admin_client.get(address).status_code == 200

    answer = admin_client.post(
        address,
        {
            "title": "Home",
            "slug": "home",
            "hero_heading": "Written by an editor",
            "hero_subheading": "",
            "button_text": "",
            "button_link": "",
            "intro": "",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "heading",
            "body-0-value": "A new part",
            "body-0-id": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        },
    )

    assert answer.status_code == 302
    page = read("/")
    assert page.h1.string == "Written by an editor"
    assert page.h2.string == "A new part"
    assert page.select(".nm-hero a") == []


def test_second_home_page_cannot_be_made(home):
    assert not HomePage.can_create_at(Page.get_first_root_node())
