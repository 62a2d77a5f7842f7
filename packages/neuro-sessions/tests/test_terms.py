"""A host's ground rules: what people are asked to accept, and what stays readable."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection

from neuro_accounts.testing import UserFactory
from neuro_sessions import terms
from neuro_sessions.models import HostTerms
from tests.conftest import NOW
from tests.pages import at

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5")]
TEXT = "I am quiet for a while sometimes.\nPlease tell me when you are late."


@pytest.fixture
def host():
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    return person


def versions(host):
    return list(HostTerms.objects.filter(host=host).order_by("version").values_list("version", "text"))


def test_each_new_text_is_a_new_version_and_the_old_one_stays(host):
    assert terms.current(host) is None
    assert terms.publish(host, text="Be kind.", now=NOW).version == 1
    assert terms.publish(host, text=TEXT, now=NOW + timedelta(days=1)).version == 2
    assert terms.current(host).text == TEXT
    assert versions(host) == [(1, "Be kind."), (2, TEXT)]


@pytest.mark.parametrize("again", [TEXT, TEXT.replace("\n", "\r\n"), f"  {TEXT}\n\n"])
def test_the_same_text_is_the_same_version(host, again):
    first = terms.publish(host, text=TEXT, now=NOW)
    assert terms.publish(host, text=again, now=NOW + timedelta(days=1)) == first
    assert versions(host) == [(1, TEXT)]


def test_an_empty_text_means_no_rules(host):
    assert terms.publish(host, text=" \r\n", now=NOW) is None
    assert versions(host) == []
    terms.publish(host, text=TEXT, now=NOW)
    terms.publish(host, text="", now=NOW)
    assert terms.current(host) is None
    assert terms.publish(host, text=TEXT, now=NOW).version == 3


def test_the_rules_of_one_host_are_not_those_of_another(host, stranger):
    terms.publish(host, text=TEXT, now=NOW)
    assert terms.current(stranger) is None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_version(host):
    barrier, failed = Barrier(4), []

    def click():
        barrier.wait()
        try:
            terms.publish(host, text=TEXT, now=NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    clicks = [Thread(target=click) for _time in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert failed == []
    assert versions(host) == [(1, TEXT)]


def test_the_database_refuses_a_second_text_under_one_version(host):
    terms.publish(host, text=TEXT, now=NOW)
    with pytest.raises(IntegrityError):
        HostTerms.objects.create(host=host, version=1, text="Another.", created_at=NOW)


# -- The page


def test_a_host_looks_first_and_saves_then(client, clock, host):
    client.force_login(host)
    page = client.post(at("terms"), {"text": TEXT, "preview": "on"}).content.decode()
    assert "Please tell me when you are late.</p>" in page
    assert "not saved yet" in page
    assert versions(host) == []
    page = client.post(at("terms"), {"text": TEXT}, follow=True).content.decode()
    assert "Your ground rules are saved." in page
    assert "not saved yet" not in page
    assert terms.current(host).text == TEXT
    assert "Monday 23 November 2026" in page
    page = client.post(at("terms"), {"text": ""}, follow=True).content.decode()
    assert "You have no ground rules now." in page
    assert "without accepting rules of yours" in page


def test_looking_changes_nothing(client, host):
    client.force_login(host)
    assert client.get(at("terms"), {"text": TEXT}).status_code == 200
    assert versions(host) == []


def test_a_text_that_is_too_long_is_kept_on_the_page_and_not_stored(client, host):
    client.force_login(host)
    page = client.post(at("terms"), {"text": "a" * 4001}).content.decode()
    assert "a" * 4001 in page
    assert versions(host) == []


def test_markup_in_rules_is_shown_as_text(client, host):
    terms.publish(host, text="<script>alert(1)</script>", now=NOW)
    client.force_login(host)
    assert "<script>alert" not in client.get(at("terms")).content.decode()


def test_rules_are_for_hosts(client, stranger, settings, listing):
    assert client.get(at("terms")).status_code == 302
    client.force_login(stranger)
    assert client.get(at("terms")).status_code == 403
    client.force_login(listing.host)  # has lost the permission, but people still ask for their listing
    assert client.get(at("terms")).status_code == 200
