from typing import ClassVar

from django.contrib.auth.models import Group, GroupManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserGroup(Group):
    """A group with a label for people. ``user.groups`` keeps pointing to ``auth.Group``."""

    label = models.CharField(_("label"), max_length=120, blank=True)

    objects: ClassVar[GroupManager] = GroupManager()

    class Meta:
        verbose_name = _("user group")
        verbose_name_plural = _("user groups")

    def __str__(self) -> str:
        return self.label or self.name
