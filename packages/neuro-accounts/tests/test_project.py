import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from neuro_accounts.models import Profile, User
from neuro_accounts.testing import HostApplicationFactory, ProfileFactory, UserFactory


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"MINIMUM_AG": 16}, "neuro_accounts.E001"),
        ({"MINIMUM_AGE": "16"}, "neuro_accounts.E002"),
        ({"DEFAULT_TIME_ZONE": "Mars/Olympus"}, "neuro_accounts.E004"),
        ({"BASE_URL": "example.org"}, "neuro_accounts.E005"),
    ],
)
def test_a_wrong_setting_is_a_check_error(settings, given, expected):
    settings.NEURO_ACCOUNTS = given
    assert [error.id for error in run_checks(tags=["neuro_accounts"])] == [expected]


def test_the_project_has_no_check_messages():
    assert run_checks() == []


@pytest.mark.feature("A6")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACCOUNT_EMAIL_VERIFICATION", "optional"),
        ("ACCOUNT_CONFIRM_EMAIL_ON_GET", True),
        ("ACCOUNT_PREVENT_ENUMERATION", False),
        ("ACCOUNT_FORMS", {}),
        ("ACCOUNT_ADAPTER", "allauth.account.adapter.DefaultAccountAdapter"),
    ],
)
def test_a_setting_that_would_undo_a_promise_of_the_sign_up_is_a_check_error(settings, name, value):
    setattr(settings, name, value)
    assert [error.id for error in run_checks(tags=["neuro_accounts_signin"])] == ["neuro_accounts_signin.E001"]


@pytest.mark.django_db
@pytest.mark.feature("A9")
class TestSeeds:
    def test_people_are_made_with_progress(self, capsys):
        call_command("seed_users", "--count", "12", "--groups", "Peer", "Support Seeker")
        assert User.objects.filter(groups__name="Peer").filter(groups__name="Support Seeker").count() == 12
        assert Profile.objects.exclude(display_name="").count() == 12
        assert capsys.readouterr().out.splitlines() == ["10 of 12 people made.", "12 of 12 people made."]

    def test_it_may_be_repeated(self):
        for _run in range(2):
            call_command("seed_users", "--count", "2", verbosity=0)
        assert User.objects.count() == 4

    def test_nobody_can_log_in_unless_a_password_is_given(self):
        call_command("seed_users", "--count", "1")
        assert not User.objects.get().has_usable_password()
        call_command("seed_users", "--count", "1", "--password", "a good one")
        assert any(person.check_password("a good one") for person in User.objects.all())

    def test_a_count_below_one_is_refused(self):
        with pytest.raises(CommandError):
            call_command("seed_users", "--count", "0")


@pytest.mark.django_db
@pytest.mark.feature("A9")
@pytest.mark.parametrize("model", ["user", "usergroup", "profile", "hostapplication", "termsacceptance", "delivery"])
def test_the_admin_shows_every_list_and_only_superusers_see_it(client, model):
    ProfileFactory(user=HostApplicationFactory().applicant)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    address = f"/admin/neuro_accounts/{model}/"
    assert client.get(address).status_code == 200
    expected = 200 if model in ("user", "usergroup", "profile") else 403
    assert client.get(f"{address}add/").status_code == expected
    client.force_login(UserFactory())
    assert client.get(address).status_code == 302
