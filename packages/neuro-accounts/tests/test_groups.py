import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from neuro_accounts.groups import add_to_group, setup_default_groups
from neuro_accounts.models import UserGroup
from neuro_accounts.testing import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A2")]


def test_the_default_groups_are_made_once(capsys):
    call_command("setup_default_groups")
    call_command("setup_default_groups")
    assert set(UserGroup.objects.values_list("name", flat=True)) == {"Support Seeker", "Peer", "Neuromancer"}
    assert "Groups are set up: Support Seeker, Peer, Neuromancer." in capsys.readouterr().out


def test_a_plain_group_of_that_name_becomes_labelled_and_keeps_its_members():
    member = UserFactory()
    member.groups.add(Group.objects.create(name="Peer"))
    setup_default_groups()
    assert member.groups.get().usergroup.label == "Peer"


def test_what_an_administrator_changed_stays():
    setup_default_groups()
    UserGroup.objects.filter(name="Peer").update(label="Listener")
    setup_default_groups()
    assert UserGroup.objects.get(name="Peer").label == "Listener"


def test_members_get_the_permissions_of_their_group():
    assert UserFactory(groups=["Neuromancer"]).has_perm("neuro_accounts.change_hostapplication")
    assert not UserFactory(groups=["Peer"]).has_perm("neuro_accounts.change_hostapplication")


def test_an_unknown_permission_is_named(settings):
    settings.NEURO_ACCOUNTS = {"GROUPS": {"Peer": {"permissions": ["neuro_accounts.fly"]}}}
    with pytest.raises(ImproperlyConfigured, match=r"neuro_accounts\.fly"):
        setup_default_groups()
    assert not Group.objects.exists()


def test_a_group_outside_the_setting_can_be_used(person):
    add_to_group(person, "Helpers")
    assert person.groups.get().name == "Helpers"
