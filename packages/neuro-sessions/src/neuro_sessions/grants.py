"""Grants by row, so that ``has_perm`` and guardian's ``get_objects_for_user`` answer as our querysets do.

The host is granted when a listing is made; the group of support seekers when it is published, until it is hidden;
a co-host when they are invited. Our own pages ask the querysets.

Both agree for support seekers. Anonymous people and members outside that group find what is published too, as
``visible_to`` says, but they have no row. A permission for all listings, given to a person or a group, is not looked
at by ``has_perm`` for one listing; ``get_objects_for_user`` does unless it is told ``accept_global_perms=False``.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from . import conf
from .models import PeerSession, PeerSessionGroupObjectPermission, PeerSessionUserObjectPermission
from .refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

VIEW, CHANGE, SCHEDULE = "view_peersession", "change_peersession", "schedule_session"
OF_HOSTS = (VIEW, CHANGE, "manage_availability", SCHEDULE)
OF_SEEKERS = (VIEW, "request_session")

UserRow, GroupRow = PeerSessionUserObjectPermission, PeerSessionGroupObjectPermission


class CohostRefused(Refusal):
    """Codes: not_host, is_host, may_not_host."""


def on_create(listings: Iterable[PeerSession]) -> None:
    """The hosts of these new listings may see and change them. Three queries, however many there are."""
    permissions = _permissions(OF_HOSTS)
    UserRow.objects.bulk_create(
        [
            UserRow(user_id=listing.host_id, permission_id=permission, content_object_id=listing.pk)
            for listing in listings
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def on_publish(listings: Iterable[PeerSession]) -> None:
    """Support seekers may see and ask for these listings."""
    if not (name := conf.get().seeker_group):
        return
    group, _created = Group.objects.get_or_create(name=name)
    permissions = _permissions(OF_SEEKERS)
    GroupRow.objects.bulk_create(
        [
            GroupRow(group_id=group.pk, permission_id=permission, content_object_id=listing.pk)
            for listing in listings
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def on_unpublish(listings: Iterable[PeerSession]) -> None:
    """No group may see these listings any more."""
    GroupRow.objects.filter(content_object__in=[listing.pk for listing in listings]).delete()


def repair() -> None:
    """Makes the rows of hosts and seekers agree with the listings: after an import, for listings from before there
    were grants, when an account was closed or opened again. Repeating it is harmless.
    """
    name = conf.get().seeker_group
    with transaction.atomic():
        published = PeerSession.objects.published()
        ours = GroupRow.objects.filter(group__name=name, permission__codename__in=OF_SEEKERS)
        ours.exclude(content_object__in=published).delete()
        on_create(list(PeerSession.objects.exclude(Exists(_rows_of_host()))))
        on_publish(list(published.exclude(Exists(_rows_of_group(name)))))


def cohosts(listing: PeerSession) -> "QuerySet[AbstractUser]":
    """The people who host this together with its host, by username."""
    people = get_user_model()._default_manager.select_related("neuro_profile")
    rows = UserRow.objects.filter(content_object=listing, permission__codename=CHANGE).values("user_id")
    found: QuerySet[AbstractUser] = people.filter(pk__in=rows).exclude(pk=listing.host_id)
    return found.order_by(get_user_model().USERNAME_FIELD)


def add_cohost(listing: PeerSession, *, user: "AbstractUser", by: "AbstractUser") -> bool:
    """``user`` may see and change the listing, change its times and answer requests. False: they could already.

    Raises ``CohostRefused``.
    """
    _check_host(listing, by)
    if user.pk == listing.host_id:
        raise CohostRefused("is_host", _("You are the host of this session already."))
    if not user.has_perm("neuro_sessions.add_peersession"):
        raise CohostRefused("may_not_host", _("This person is not a host yet. They can ask to become one first."))
    if cohosts(listing).filter(pk=user.pk).exists():
        return False
    rows = [
        UserRow(user_id=user.pk, permission_id=permission, content_object_id=listing.pk)
        for permission in _permissions(OF_HOSTS)
    ]
    UserRow.objects.bulk_create(rows, ignore_conflicts=True)
    return True


def remove_cohost(listing: PeerSession, *, user: "AbstractUser", by: "AbstractUser") -> bool:
    """Takes back what ``add_cohost`` gave. False: they were no co-host. Raises ``CohostRefused``."""
    _check_host(listing, by)
    if user.pk == listing.host_id:
        raise CohostRefused("is_host", _("The host of a session cannot be removed from it."))
    deleted, _by_model = UserRow.objects.filter(content_object=listing, user_id=user.pk).delete()
    return bool(deleted)


def _check_host(listing: PeerSession, by: "AbstractUser") -> None:
    if by.pk != listing.host_id:
        raise CohostRefused("not_host", _("Only the host can say who hosts together with them."))


def _permissions(codenames: Iterable[str]) -> list[int]:
    known = Permission.objects.filter(content_type__app_label="neuro_sessions", content_type__model="peersession")
    return list(known.filter(codename__in=codenames).values_list("pk", flat=True))


def _rows_of_host() -> "QuerySet[PeerSessionUserObjectPermission]":
    return UserRow.objects.filter(
        content_object=OuterRef("pk"), user_id=OuterRef("host_id"), permission__codename=CHANGE
    )


def _rows_of_group(name: str) -> "QuerySet[PeerSessionGroupObjectPermission]":
    return GroupRow.objects.filter(content_object=OuterRef("pk"), group__name=name, permission__codename=VIEW)
