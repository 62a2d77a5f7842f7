import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from neuro_accounts.models import User
from neuro_accounts.testing import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A1")]


@pytest.mark.parametrize("username", ["ada_l", "Ada-Lovelace-1815", "дорога", "x" * 64])
def test_a_username_of_letters_digits_and_hyphens_is_allowed(username):
    User(username=username, password="x").full_clean()


@pytest.mark.parametrize("username", ["", "ada", "ada lovelace", "ada@example", "ada.l", "<ada>", "adaaa\n", "x" * 65])
def test_another_username_is_refused(username):
    with pytest.raises(ValidationError):
        User(username=username, password="x").full_clean()


def test_usernames_that_differ_in_case_only_are_one():
    UserFactory(username="Ada_Lovelace")
    with pytest.raises(ValidationError):
        User(username="ada_lovelace", password="x").full_clean()
    with pytest.raises(IntegrityError):
        UserFactory(username="ada_lovelace")


@pytest.mark.parametrize("name", ["Ada Lovelace", "Seán O'Brien", "李", "María-José", "X Æ A-12"])
def test_names_may_hold_any_script(name):
    User(username="somebody", password="x", first_name=name, last_name=name).full_clean()
