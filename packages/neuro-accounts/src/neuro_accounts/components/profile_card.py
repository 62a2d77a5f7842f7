from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.template import Context
from django.utils.text import Truncator
from django_components import Component

from neuro_accounts.profiles import Profile, display_name

BIO_WORDS = 40


class ProfileCard(Component):
    """Display name, pronouns and the first lines of what a person says about themselves."""

    template_file = "neuro_accounts/components/profile_card.html"

    class Kwargs:
        user: AbstractBaseUser

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        profile = Profile.objects.of(kwargs.user)
        return {
            "name": display_name(kwargs.user),
            "pronouns": profile.pronouns,
            "bio": Truncator(profile.bio).words(BIO_WORDS),
        }
