import re
from datetime import date

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.utils import timezone, translation

from neuro_accounts import inbox
from neuro_accounts.contrib.signin import words
from neuro_accounts.models import Delivery, Profile, TermsAcceptance, User
from neuro_accounts.notifications import deliver_due
from neuro_accounts.testing import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A6")]

PASSWORD = "four calm words here"
TYPED = {
    "username": "ada_l",
    "email": "ada@example.org",
    "password1": PASSWORD,
    "date_of_birth": "1990-12-10",
    "display_name": "Ada",
    "terms": "2026-11",
}
LONG = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org"


def sign_up(client, **changes):
    return client.post("/signup/", {**TYPED, **changes})


def confirmation_page():
    return re.search(r"https?://[^/]+(/confirm-email/\S+/)", mail.outbox[-1].body)[1]


def is_logged_in(client):
    return get_user(client).is_authenticated


def test_sign_up_stores_age_terms_and_name_but_opens_nothing_yet(client):
    answer = sign_up(client)
    assert answer.url == "/confirm-email/"
    ada = User.objects.get()
    assert ada.date_of_birth == date(1990, 12, 10)
    assert ada.neuro_profile.display_name == "Ada"
    acceptance = TermsAcceptance.objects.get(user=ada)
    assert acceptance.version == "2026-11"
    assert abs((timezone.now() - acceptance.accepted_at).total_seconds()) < 60
    assert not is_logged_in(client)
    assert not ada.groups.exists()


@pytest.mark.feature("A2")
def test_the_button_on_the_confirmation_page_makes_a_support_seeker(client):
    sign_up(client)
    page = confirmation_page()
    assert client.get(page).status_code == 200
    assert not EmailAddress.objects.get().verified
    assert not Delivery.objects.exists()
    client.post(page)
    ada = User.objects.get()
    assert EmailAddress.objects.get().verified
    assert list(ada.groups.values_list("name", flat=True)) == ["Support Seeker"]
    deliver_due(now=timezone.now())
    assert inbox.unread_count(ada) == 1
    assert mail.outbox[-1].subject == "Your account is ready"
    assert "Welcome, Ada." in mail.outbox[-1].body


def test_a_later_address_gives_no_second_welcome_and_no_group_back(client):
    sign_up(client)
    client.post(confirmation_page())
    ada = User.objects.get()
    ada.groups.clear()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/email/", {"action_add": "", "email": "other@example.org"})
    client.post(confirmation_page())
    assert EmailAddress.objects.filter(verified=True).count() == 2
    assert Delivery.objects.count() == 2
    assert not ada.groups.exists()


def test_a_failing_welcome_leaves_the_address_unconfirmed_so_that_the_link_still_works(client, settings):
    sign_up(client)
    page = confirmation_page()
    good = settings.NEURO_ACCOUNTS
    settings.NEURO_ACCOUNTS = {"GROUPS": {"Support Seeker": {"permissions": ["no.such"]}}}
    client.raise_request_exception = False
    assert client.post(page).status_code == 500
    assert not EmailAddress.objects.get().verified
    settings.NEURO_ACCOUNTS = good
    assert client.post(page).status_code == 302
    assert User.objects.get().groups.exists()


@pytest.mark.feature("A2")
def test_nobody_chooses_groups_or_rights_at_sign_up(client):
    boss = UserFactory(groups=["Neuromancer"])
    group = boss.groups.get()
    extra = {"groups": group.pk, "is_staff": "on", "is_superuser": "on", "user_permissions": "1", "is_active": "on"}
    sign_up(client, **extra)
    client.post(confirmation_page())
    ada = User.objects.get(username="ada_l")
    assert not ada.is_staff
    assert not ada.is_superuser
    assert not ada.user_permissions.exists()
    assert list(ada.groups.values_list("name", flat=True)) == ["Support Seeker"]


@pytest.mark.feature("A1")
@pytest.mark.parametrize(
    "changes",
    [
        {"date_of_birth": "2015-01-01"},
        {"date_of_birth": "9999-12-31"},
        {"date_of_birth": "1990-02-31"},
        {"date_of_birth": "\x00"},
        {"date_of_birth": ""},
        {"terms": ""},
        {"terms": "2025-01"},
        {"username": "ada"},
        {"username": "ada lovelace"},
        {"username": "x" * 65},
        {"username": "ada\x00l"},
        {"email": "nonsense"},
        {"email": LONG},
        {"password1": "short"},
        {"display_name": "x" * 81},
    ],
)
def test_a_form_that_is_not_right_makes_nobody_and_keeps_what_was_typed(client, changes):
    answer = sign_up(client, **changes)
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert mail.outbox == []
    kept = answer.context["form"]
    assert kept.errors
    assert kept["email"].value() == {**TYPED, **changes}["email"]


@pytest.mark.feature("A1")
def test_somebody_who_turns_eighteen_today_may_sign_up(client):
    today = timezone.localdate()
    sign_up(client, date_of_birth=today.replace(year=today.year - 18).isoformat())
    assert User.objects.exists()


def test_a_username_taken_in_another_case_is_refused(client):
    UserFactory(username="ADA_L")
    assert "username" in sign_up(client).context["form"].errors


def test_sign_up_does_not_tell_whether_an_address_is_known(client):
    fresh = sign_up(client)
    client.post(confirmation_page())
    client.logout()
    known = sign_up(client, username="another")
    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
    assert User.objects.count() == 1
    assert mail.outbox[-1].to == ["ada@example.org"]


def test_password_reset_does_not_tell_whether_an_address_is_known(client):
    UserFactory(email="ada@example.org")
    known = client.post("/password/reset/", {"email": "ada@example.org"})
    unknown = client.post("/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


@pytest.mark.parametrize("login", ["ada_l", "Ada_L", "ada@example.org"])
def test_log_in_by_username_or_address_after_confirmation(client, login):
    sign_up(client)
    client.post("/login/", {"login": login, "password": PASSWORD})
    assert not is_logged_in(client)
    client.post(confirmation_page())
    client.logout()
    client.post("/login/", {"login": login, "password": PASSWORD})
    assert is_logged_in(client)


@pytest.mark.parametrize("address", ["/login/", "/password/reset/", "/email/"])
@pytest.mark.parametrize("odd", ["\x00", LONG, "é" * 3000, "@", "ada@\x00.org"])
def test_odd_input_breaks_no_page(client, address, odd):
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    if address != "/email/":
        client.logout()
    answer = client.post(address, {"login": odd, "password": odd, "email": odd, "action_add": ""})
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("key", ["nonsense", "MQ:1abc:x", "%00", "a" * 3000])
def test_a_broken_confirmation_link_breaks_nothing(client, key):
    assert client.get(f"/confirm-email/{key}/").status_code in (200, 404)
    assert client.post(f"/confirm-email/{key}/").status_code == 404


def test_no_field_has_a_placeholder(client):
    for page in ("/signup/", "/login/", "/password/reset/"):
        assert "placeholder" not in client.get(page).text


@pytest.mark.parametrize(
    ("methods", "label"),
    [
        ({"username", "email"}, "Username or e-mail address"),
        ({"username"}, "Username"),
        ({"email"}, "E-mail address"),
    ],
)
def test_log_in_asks_for_what_people_can_log_in_with(client, settings, methods, label):
    settings.ACCOUNT_LOGIN_METHODS = methods
    form = client.get("/login/").context["form"]
    assert [field.label for field in form] == [label, "Password", "Stay logged in on this device"]


def test_refusal_of_a_log_in_is_in_our_words(client):
    UserFactory(username="ada_l")
    refused = client.post("/login/", {"login": "ada_l", "password": "wrong"}).context["form"]
    assert refused.non_field_errors() == ["The username or the password is not right. Check both."]


def test_every_refusal_of_allauth_has_our_words():
    assert words.ERRORS.keys() == DefaultAccountAdapter.error_messages.keys()


def test_a_mail_server_that_is_down_does_not_break_the_sign_up(client, mail_server_down):
    answer = sign_up(client)
    assert answer.status_code == 302
    assert User.objects.count() == 1
    assert "We could not send an e-mail just now." in client.get(answer.url).text


def test_the_language_of_the_sign_up_is_kept_for_mails(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    with translation.override("en"):  # the middleware leaves its language behind
        client.post("/signup/", TYPED, headers={"accept-language": "de"})
    assert Profile.objects.get().language == "de"


def test_the_terms_can_be_read_where_they_are_published(client, settings):
    settings.NEURO_ACCOUNTS = {"TERMS_URL": "/terms/", "TERMS_VERSION": "7"}
    page = client.get("/signup/").text
    assert '<a href="/terms/">Read the terms</a>' in page
    assert "I accept the terms, version 7" in page


def test_two_people_with_one_username_in_the_same_moment(client, monkeypatch):
    """The second passed the check of the form before the first was stored."""
    from allauth.account.adapter import DefaultAccountAdapter

    UserFactory(username="ada_l")
    monkeypatch.setattr(DefaultAccountAdapter, "clean_username", lambda self, username, shallow=False: username)
    answer = sign_up(client)
    assert answer.url == "/signup/"
    assert "This username was taken a moment ago." in client.get("/signup/").text
    assert User.objects.count() == 1
    assert not TermsAcceptance.objects.exists()
