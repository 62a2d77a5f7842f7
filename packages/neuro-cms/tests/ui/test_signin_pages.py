import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["login", "signup", "password/reset", "confirm-email"])
def test_page_wears_the_base_and_has_one_heading(read, name):
    page = read(f"/account/{name}/")

    assert len(page.find_all("h1")) == 1
    assert page.find("main", id="main").h1
    assert page.title.get_text(strip=True)
    assert page.select("[placeholder], [style], [onclick]") == []


@pytest.mark.parametrize("name", ["logout", "email", "password/change"])
def test_page_of_the_account_wears_the_base(admin_client, name):
    html = admin_client.get(f"/account/{name}/").content.decode()

    assert html.count("<h1>") == 1
    assert 'class="nm-button' in html
    assert "placeholder=" not in html


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


def test_field_for_robots_is_out_of_sight_without_a_style(read):
    trap = read("/account/signup/").find("input", attrs={"name": "phone_number"})

    assert trap.find_parent(class_="nm-visually-hidden")["aria-hidden"] == "true"
    assert trap["tabindex"] == "-1"


def test_buttons_say_by_their_look_what_they_do(admin_client, admin_user):
    admin_user.emailaddress_set.create(email="sam@example.org", verified=True, primary=True)
    html = admin_client.get("/account/email/").content.decode()

    assert 'name="action_remove" class="nm-button nm-button--danger"' in html
    assert 'name="action_send" class="nm-button nm-button--quiet"' in html
    assert 'class="nm-status nm-status--success"' in html
