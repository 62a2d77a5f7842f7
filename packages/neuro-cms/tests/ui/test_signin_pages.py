import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from tests.projects.pages import SampleForm

import neuro_cms

pytestmark = pytest.mark.django_db

OURS = Path(neuro_cms.__file__).parent / "ui" / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
# These only extend one another, down to our layouts.
LAYOUTS = {"base_entrance", "base_manage", "base_manage_email", "base_manage_password", "base_manage_phone"}
BASES = {"base_confirm_code", "base_reauthenticate"}
PAGES = sorted({path.stem for path in (THEIRS / "account").glob("*.html")} - LAYOUTS - BASES)
# Their words, and what our words never do.
FOREIGN = re.compile(r"sign(ed|ing)?.(in|out)\b|\bemail\b|\bplease\b|!|verif|authenticat", re.IGNORECASE)


def names(folder: Path, pattern: str = "**/*") -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob(pattern) if path.is_file()}


def drawn(name: str) -> BeautifulSoup:
    """The page as allauth's view draws it, with every part that it can have."""
    request = RequestFactory().get("/account/")
    request.user = AnonymousUser()
    form = SampleForm()
    given = dict.fromkeys(("email", "phone"), "sam@example.org")
    given |= {name: f"/{name}/" for name in ("login_url", "signup_url", "request_login_code_url", "action_url")}
    given |= {"form": form, "verify_form": form, "change_form": form, "can_change": True, "can_resend": True}
    given |= {"LOGIN_BY_CODE_ENABLED": True, "PASSKEY_SIGNUP_ENABLED": True, "can_add_email": True}
    given |= {"reauthentication_alternatives": [{"url": "/other/", "description": "Use a code"}]}
    return BeautifulSoup(render_to_string(f"account/{name}.html", given, request), "html.parser")


def test_every_page_message_and_mail_of_allauth_has_our_words():
    theirs = names(THEIRS / "account") - {f"{name}.html" for name in LAYOUTS}
    # Each only includes the text that is sent at other times.
    theirs -= {f"email/email_confirmation_signup_{part}.txt" for part in ("subject", "message")}

    assert theirs - names(OURS / "account") == set()


def test_every_element_and_layout_of_allauth_has_our_look():
    assert names(THEIRS / "allauth") - names(OURS / "allauth") == set()


@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_heading_a_lead_and_a_title_in_our_words(name):
    page = drawn(name)

    assert len(page.find_all("h1")) == 1
    assert page.main.find(class_=["nm-lead", "nm-notice"])
    assert page.title.get_text(strip=True)
    assert page.select("[placeholder], [style], [onclick]") == []
    assert FOREIGN.findall(page.main.get_text(" ")) == []


@pytest.mark.parametrize("name", PAGES)
def test_button_of_another_form_finds_that_form(name):
    page = drawn(name)

    wanted = {button["form"] for button in page.select("button[form]")} - {"mfa_login"}
    assert wanted <= {form.get("id") for form in page.find_all("form")}
    assert all(form.find("input", attrs={"name": "csrfmiddlewaretoken"}) for form in page.select("main form"))


def test_texts_of_messages_and_mails_are_in_our_words():
    for path in (OURS / "account").glob("**/*.txt"):
        words = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text())
        assert FOREIGN.findall(words) == [], path.name


@pytest.mark.parametrize("name", ["login", "signup", "password/reset", "confirm-email"])
def test_page_wears_the_base_and_leads_to_a_person(read, name):
    page = read(f"/account/{name}/")

    assert page.find("main", id="main").h1
    assert page.main.find("a", href="/help/")


@pytest.mark.parametrize(
    ("name", "here"), [("logout", "Log out"), ("email", "E-mail addresses"), ("password/change", "Password")]
)
def test_page_of_the_account_says_where_it_belongs(admin_client, name, here):
    page = BeautifulSoup(admin_client.get(f"/account/{name}/").content, "html.parser")

    assert len(page.find_all("h1")) == 1
    assert page.select_one(".nm-breadcrumb a")["href"] == "/me/"
    assert page.select_one('.nm-breadcrumb [aria-current="page"]').string == here


def test_sign_up_with_errors_names_them_and_keeps_what_was_typed(read):
    page = read("/account/signup/", data={"email": "not an address", "password1": "short", "password2": "short"})

    email = page.find(id="id_email")
    assert email["value"] == "not an address"
    assert email["aria-invalid"] == "true"
    assert page.find(id=email["aria-describedby"].split()[-1])
    assert page.find("label", attrs={"for": "id_email"})
    assert page.select_one('.nm-error-summary a[href="#id_email"]')
    assert page.title.get_text(strip=True).startswith("Error:")


def test_password_rules_are_told_before_typing(read):
    hint = read("/account/signup/").find(id="id_password1_helptext")

    assert hint.li.get_text(strip=True).startswith("Your password must contain at least")


def test_password_has_a_button_that_waits_for_a_script(read):
    button = read("/account/login/").select_one('[data-nm="show-password"]')

    assert button["aria-controls"] == "id_password"
    assert button["type"] == "button"
    assert button.has_attr("hidden")
    assert [" ".join(words.get_text().split()) for words in button.find_all("span", recursive=False)] == [
        "Show password",
        "Hide password",
    ]
    assert [words.has_attr("hidden") for words in button.find_all("span", recursive=False)] == [False, True]


def test_field_for_robots_is_out_of_sight_without_a_style(read):
    trap = read("/account/signup/").find("input", attrs={"name": "phone_number"})

    assert trap.find_parent(class_="nm-visually-hidden")["aria-hidden"] == "true"
    assert trap["tabindex"] == "-1"


@pytest.fixture
def addresses(client, django_user_model):
    """The page of somebody's addresses: ``addresses(True, False)`` for a confirmed main one and one that is not yet."""

    def page(*confirmed: bool) -> BeautifulSoup:
        user = django_user_model.objects.create_user("sam")
        for number, done in enumerate(confirmed):
            user.emailaddress_set.create(email=f"sam{number}@example.org", verified=done, primary=not number)
        client.force_login(user)
        return BeautifulSoup(client.get("/account/email/").content, "html.parser")

    return page


def test_buttons_say_by_their_look_what_they_do(addresses):
    page = addresses(True, False)

    looks = {button["name"]: button["class"] for button in page.select("main button[name]")}
    assert "nm-button--danger" in looks["action_remove"]
    assert "nm-button--quiet" in looks["action_send"]
    assert page.find(class_="nm-status--success").string == "Confirmed"
    assert page.find(class_="nm-status--warning").string == "To be confirmed"


def test_removing_an_address_takes_two_presses_and_says_what_it_means(addresses):
    page = addresses(True, False)

    (button,) = page.select("button[name=action_remove]")
    folded = button.find_parent("details")
    assert not folded.has_attr("open")
    assert folded.summary.get_text(strip=True) == "Remove sam1@example.org"
    assert folded.select_one("input[name=email]")["value"] == "sam1@example.org"
    assert folded.p.get_text().startswith("We no longer write to this address")


def test_pressed_twice_the_address_is_gone_and_the_other_stays(addresses, client):
    form = addresses(True, False).select_one("details form")

    client.post(form["action"], {"email": form.select_one("[name=email]")["value"], "action_remove": ""})
    assert [*EmailAddress.objects.values_list("email", flat=True)] == ["sam0@example.org"]


def test_page_of_an_account_that_is_switched_off_promises_nothing_about_data():
    assert "data" not in drawn("account_inactive").main.get_text()


def test_one_confirmed_address_offers_nothing_to_choose(addresses):
    page = addresses(True)

    assert page.select("main [type=radio]") == []
    assert page.select_one("main .nm-lead strong").string == "sam0@example.org"


def test_only_address_that_is_still_to_be_confirmed_can_be_asked_for_again(addresses):
    page = addresses(False)

    assert page.find("button", attrs={"name": "action_send"})
