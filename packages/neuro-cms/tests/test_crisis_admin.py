from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from neuro_cms.models import CrisisService

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C6")]

NAMES = ("Never", "Old", "New")


def route(name: str) -> str:
    # Not at import: some versions of Wagtail give the model its views only when the addresses are read.
    return str(CrisisService.snippet_viewset.get_url_name(name))


@pytest.fixture
def editor(client):
    user = User.objects.create_user("erin")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


@pytest.fixture
def services():
    today = timezone.localdate()
    checked = [None, today - timedelta(days=400), today]
    for name, country, last_checked in zip(NAMES, ("GB", "GB", "IE"), checked, strict=True):
        CrisisService.objects.create(name=name, country=country, phone="116 123", last_checked=last_checked)


def listed(client, **query: str) -> dict[str, str]:
    """The text of each row by the name of its service."""
    page = BeautifulSoup(client.get(reverse(route("list")), query).content, "html.parser")
    rows = [row.get_text(" ", strip=True) for row in page.select("table.listing tbody tr")]
    return {name: row for name in NAMES for row in rows if name in row.split()}


def test_editor_adds_a_service_and_says_when_it_was_checked(editor):
    given = {"country": "IE", "kind": "helpline", "name": "Pieta", "phone": "1800 247 247", "order": "10"}
    given |= {"last_checked": "2026-11-20"}

    answer = editor.post(reverse(route("add")), given)

    assert answer.status_code == 302
    assert str(CrisisService.objects.get().last_checked) == "2026-11-20"


def test_list_shows_what_needs_a_check(editor, services):
    rows = listed(editor)

    assert {name for name, row in rows.items() if "Needs a check" in row} == {"Never", "Old"}
    assert "United Kingdom" in rows["Old"]


def test_list_is_narrowed_to_what_needs_a_check_and_to_a_country(editor, services):
    assert listed(editor, to_check="yes").keys() == {"Never", "Old"}
    assert listed(editor, country="IE").keys() == {"New"}


def test_stranger_to_the_editors_room_cannot_change_numbers(client):
    user = User.objects.create_user("sam")
    client.force_login(user)

    assert client.get(reverse(route("add"))).status_code == 302
    fake = {"country": "IE", "name": "Fake", "phone": "1", "kind": "helpline", "order": "1"}
    client.post(reverse(route("add")), fake)
    assert not CrisisService.objects.exists()
