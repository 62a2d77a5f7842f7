"""History cannot be rewritten, on either database; what people wrote can be erased from it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from neuro_sessions.checks import check_constraints
from neuro_sessions.models import BookingEvent
from tests.acts import LATER
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E18")]

APPEND_ONLY = next(one for one in BookingEvent._meta.constraints if one.name.endswith("append_only"))


@pytest.fixture
def event(booking):
    return booking.events.get()


def refused(act):
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        act()
    return True


@pytest.mark.parametrize("column", ["revision", "act", "actor", "reason", "at", "changes", "words"])
def test_no_column_of_an_event_can_be_changed(event, column):
    to = {"revision": 7, "act": "x", "actor": None, "reason": "x", "at": NOW + LATER, "changes": {}, "words": {}}
    before = BookingEvent.objects.values().get()
    assert refused(lambda: BookingEvent.objects.update(**{column: to[column]}))
    assert BookingEvent.objects.values().get() == before


def test_raw_sql_is_refused_too(event):
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute("UPDATE neuro_sessions_bookingevent SET act = 'x'"))


def test_what_people_wrote_can_be_erased_and_the_rest_stays(event):
    assert event.words["note"] == [None, "I would like to talk about noise."]
    assert "note" not in event.changes
    BookingEvent.objects.update(words=None)
    assert BookingEvent.objects.get().changes == event.changes
    assert refused(lambda: BookingEvent.objects.update(words={"note": [None, "Something else."]}))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Django empties test tables of SQLite by DELETE")
def test_an_event_cannot_be_deleted(event):
    assert refused(lambda: BookingEvent.objects.all()._raw_delete("default"))


def test_a_stored_event_is_not_valid_to_be_saved_again(event):
    with pytest.raises(ValidationError):
        event.validate_constraints()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_keeps_it_and_a_check_misses_it(booking):
    old, new = BookingEvent._meta.get_field("act"), models.CharField(max_length=20)
    new.set_attributes_from_name("act")
    new.model = BookingEvent
    with connection.schema_editor() as editor:
        editor.alter_field(BookingEvent, old, new, strict=True)
    try:
        assert check_constraints(None, databases=["default"]) == []
        assert refused(lambda: BookingEvent.objects.update(act="x"))
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(BookingEvent, new, old, strict=True)


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_history_can_be_rewritten_and_a_check_says_so(booking):
    """The control."""
    with_it = ProjectState.from_apps(apps)
    without = with_it.clone()
    remove = migrations.RemoveConstraint("bookingevent", APPEND_ONLY.name)
    remove.state_forwards("neuro_sessions", without)
    with connection.schema_editor() as editor:
        remove.database_forwards("neuro_sessions", editor, with_it, without)
    try:
        assert BookingEvent.objects.update(act="x") == 1
        (found,) = check_constraints(None, databases=["default"])
        assert (found.id, "rewritten" in found.hint) == ("neuro_sessions.E010", True)
    finally:
        add = migrations.AddConstraint("bookingevent", APPEND_ONLY)
        with connection.schema_editor() as editor:
            add.database_forwards("neuro_sessions", editor, without, with_it)
