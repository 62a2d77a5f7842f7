"""Where a page is, and the package's own small document around it."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from neuro_accounts.testing import HostApplicationFactory, ProfileFactory

MEMBER, GUEST = SimpleNamespace(is_authenticated=True), SimpleNamespace(is_authenticated=False)


def breadcrumb(page):
    """Its links, then the words of the page itself."""
    found = re.search(r'<nav class="nm-breadcrumb".*?</nav>', page, re.DOTALL)
    if not found:
        return []
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', found[0])
    return [*links, re.search(r'<li aria-current="page">([^<]*)<', found[0])[1]]


def page_of(name, **context):
    return render_to_string(f"neuro_accounts/{name}.html", {"now": timezone.now(), **context})


@pytest.mark.parametrize(
    ("name", "here"), [("profile", "Your profile"), ("become_host", "Become a host"), ("time_zone", "Your time zone")]
)
def test_pages_of_the_account_lie_below_the_one_that_the_project_names(name, here):
    assert breadcrumb(page_of(name, user=MEMBER, account_url="/mine/")) == [("/mine/", "Your account"), here]
    assert breadcrumb(page_of(name, user=MEMBER)) == []


def test_guests_have_no_account_above_their_time_zone():
    assert breadcrumb(page_of("time_zone", user=GUEST, account_url="/mine/")) == []


@pytest.mark.django_db
def test_an_application_lies_below_the_queue_and_is_called_by_its_person(client, staff):
    application = HostApplicationFactory(applicant=ProfileFactory(display_name="Ada").user)
    client.force_login(staff)
    page = client.get(f"/me/host-applications/{application.pk}/").text
    assert breadcrumb(page) == [("/me/host-applications/", "Host applications"), "Ada"]
    title = " ".join(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].split())
    assert title == "Host application from Ada"


@pytest.mark.django_db
def test_an_empty_inbox_says_what_comes_there_and_leads_on(signed_in):
    page = signed_in.get("/me/inbox/").text
    assert "You have no messages. News about your sessions and your account comes here." in page
    assert '<a href="/me/profile/">Look at your profile</a>' in page


@pytest.mark.django_db
def test_the_own_document_has_a_skip_link_and_says_the_kind_of_each_message(signed_in):
    page = signed_in.post("/me/profile/", {"display_name": "Ada"}, follow=True).text
    body = page[page.index("<body>") :]
    assert body.index('class="nm-skip" href="#main"') < body.index('id="main"') < body.index("nm-messages")
    assert 'tabindex="-1"' in body
    assert '<p class="nm-notice nm-notice--success"><strong>Done:</strong> Your profile is saved.</p>' in page
