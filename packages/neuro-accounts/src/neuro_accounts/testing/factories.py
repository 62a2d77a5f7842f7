from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import factory
from django.conf import settings
from django.utils import timezone
from factory.django import DjangoModelFactory, Password

from neuro_accounts.groups import add_to_group
from neuro_accounts.models import HostApplication, Profile


class UserFactory(DjangoModelFactory):
    """A person: ``UserFactory(groups=["Peer"])``. Works with every user model that has a username and an e-mail.

    The password is ``"password"`` unless another is given; ``password=None`` makes one that nobody can log in with.
    """

    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True

    # Random, not counted: seeds may be run again.
    username = factory.LazyFunction(lambda: f"person-{uuid4().hex[:12]}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    first_name = factory.Faker("first_name")
    last_name = factory.Faker("last_name")
    password = Password("password")

    @factory.post_generation
    def groups(self, create: bool, names: Iterable[str] | None, **kwargs: Any) -> None:
        if create:
            for name in names or []:
                add_to_group(self, name)


class ProfileFactory(DjangoModelFactory):
    """A person with a profile: ``ProfileFactory(user__groups=["Peer"], time_zone="Europe/Paris")``."""

    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory)
    display_name = factory.LazyAttribute(lambda profile: f"{profile.user.first_name} {profile.user.last_name}")
    bio = factory.Faker("paragraph")


class HostApplicationFactory(DjangoModelFactory):
    """An application that waits for an answer."""

    class Meta:
        model = HostApplication

    applicant = factory.SubFactory(UserFactory)
    message = factory.Faker("paragraph")
    asked_at = factory.LazyFunction(timezone.now)
