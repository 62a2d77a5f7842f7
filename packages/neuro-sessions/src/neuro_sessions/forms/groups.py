"""Forms whose fields stand in named groups. ``{{ form }}`` writes them, with the host project's own field templates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.forms import BaseForm, BoundField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class GroupedField(BoundField):
    """Opens a ``fieldset`` before the first field of a group that is there, and closes it after the last."""

    @property
    def template_name(self) -> str:
        return "neuro_sessions/forms/grouped_field.html"

    @property
    def plain_template(self) -> str:
        return str(super().template_name)

    @property
    def opens(self) -> "StrOrPromise":
        """The name of the group that starts here."""
        return next((title for title, names in self._groups() if names[0] == self.name), "")

    @property
    def closes(self) -> bool:
        return any(names[-1] == self.name for _title, names in self._groups())

    def _groups(self) -> "list[tuple[StrOrPromise, list[str]]]":
        assert isinstance(self.form, GroupedForm)  # noqa: S101 - who else would name this class
        return self.form.groups()


class GroupedForm(BaseForm):
    """``GROUPS``: names of fields by the name of their group. Fields that the form leaves out are left out there."""

    GROUPS: "Sequence[tuple[StrOrPromise, Sequence[str]]]" = ()
    bound_field_class = GroupedField

    def groups(self) -> "list[tuple[StrOrPromise, list[str]]]":
        """The groups of which something is there."""
        there = [(title, [name for name in names if name in self.fields]) for title, names in self.GROUPS]
        return [(title, names) for title, names in there if names]
