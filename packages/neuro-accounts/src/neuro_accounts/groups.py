from django.contrib.auth.models import AbstractUser, Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from neuro_accounts import conf
from neuro_accounts.models import UserGroup


def setup_default_groups() -> list[UserGroup]:
    """Makes the groups of the ``GROUPS`` setting and gives them their permissions. Repeating it is harmless.

    What an administrator added or renamed stays. Raises ImproperlyConfigured for a permission that does not exist.
    """
    with transaction.atomic():
        return [_set_up(name) for name in conf.get().groups]


def add_to_group(user: AbstractUser, name: str) -> None:
    """Puts the person into the group with this name, which is set up first if it is not there."""
    if not Group.objects.filter(name=name).exists():
        _set_up(name)
    user.groups.add(Group.objects.get(name=name))


def is_in_group(user: AbstractUser, name: str) -> bool:
    return user.groups.filter(name=name).exists()


def _set_up(name: str) -> UserGroup:
    wanted = conf.get().groups.get(name, {})
    group, _created = Group.objects.get_or_create(name=name)
    labelled = getattr(group, "usergroup", None)
    if labelled is None:
        labelled = UserGroup(group_ptr=group, id=group.pk, name=name, label=wanted.get("label", ""))
        # Raw: adds the child row and leaves the row of auth.Group alone.
        labelled.save_base(raw=True)
    group.permissions.add(*(_permission(path) for path in wanted.get("permissions", [])))
    return labelled


def _permission(path: str) -> Permission:
    app_label, _dot, codename = path.partition(".")
    try:
        return Permission.objects.get(content_type__app_label=app_label, codename=codename)
    except Permission.DoesNotExist:
        raise ImproperlyConfigured(f"NEURO_ACCOUNTS['GROUPS'] names an unknown permission: {path!r}.") from None
