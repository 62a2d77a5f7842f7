"""The net below the lock: the database itself refuses overlapping host time, whatever writes it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState

from neuro_accounts.testing import UserFactory
from neuro_sessions.models import Booking, HostTime
from neuro_sessions.testing import PeerSessionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E17")]

TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
TABLE = HostTime._meta.db_table
NO_OVERLAP = next(one for one in HostTime._meta.constraints if one.name.endswith("no_overlap"))
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a type for times")


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.fixture
def listing():
    return PeerSessionFactory()


@pytest.fixture
def claim(listing):
    """An unsaved claim of the listing's host (or another) from and until these minutes after ten."""

    def make(start: float, end: float, host: Any = None) -> HostTime:
        host = host or listing.host
        booking = Booking.objects.create(
            host=host,
            seeker=UserFactory(),
            peer_session=listing,
            starts_at=TEN,
            ends_at=at(60),
            price=0,
            standard_price=0,
            state="requested",
            created_at=TEN,
        )
        return HostTime(host=host, booking=booking, kind="session", starts_at=at(start), ends_at=at(end))

    return make


def write(sql: str, **values: Any) -> None:
    """Raw SQL, past everything of Django except the way it stores values."""
    fields = [HostTime._meta.get_field(name) for name in values]
    stored = [
        value if isinstance(value, str) else field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=TABLE), stored)


def insert(claim: HostTime, **instead: Any) -> None:
    values = {"host": claim.host_id, "booking": claim.booking_id, "kind": claim.kind}
    times = {"starts_at": claim.starts_at, "ends_at": claim.ends_at}
    sql = "INSERT INTO {table} (host_id, booking_id, kind, starts_at, ends_at) VALUES (%s, %s, %s, %s, %s)"
    write(sql, **values, **(times | instead))


OVERLAPS = {
    "the same": (0, 60),
    "later": (30, 90),
    "earlier": (-30, 30),
    "inside": (10, 20),
    "around": (-60, 120),
    "one microsecond at the end": (60 - 1 / 60_000_000, 90),
    "one microsecond at the start": (-30, 1 / 60_000_000),
}


def assert_refuses_overlaps(claim: Any) -> None:
    HostTime.objects.all().delete()
    claim(0, 60).save()
    for start, end in OVERLAPS.values():
        with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
            insert(claim(start, end))
    assert HostTime.objects.count() == 1


@pytest.mark.parametrize(("start", "end"), OVERLAPS.values(), ids=OVERLAPS)
def test_raw_sql_cannot_insert_an_overlap(claim, start, end):
    claim(0, 60).save()
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        insert(claim(start, end))


def test_raw_sql_cannot_move_a_row_onto_another(claim):
    claim(0, 60).save()
    other = claim(60, 120)
    other.save()
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        write("UPDATE {table} SET starts_at = %s WHERE booking_id = %s", starts_at=at(59), booking=other.booking_id)


def test_raw_sql_cannot_give_a_row_to_a_host_who_is_taken(claim):
    claim(0, 60).save()
    other = claim(30, 90, host=UserFactory())
    other.save()
    first = HostTime.objects.exclude(pk=other.pk).get()
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        write("UPDATE {table} SET host_id = %s WHERE booking_id = %s", host=first.host_id, booking=other.booking_id)


@only_sqlite
@pytest.mark.parametrize("text", ["2026-12-01T10:30:00", "2026-12-01 10:30:00+00:00", "2026-12-01 05:30:00-05:00"])
def test_sqlite_refuses_times_that_it_could_not_compare(claim, text):
    claim(0, 60).save()
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        insert(claim(30, 90), starts_at=text, ends_at=text.replace(":30:", ":59:"))


def test_a_queryset_cannot_move_rows_onto_each_other(claim):
    claim(0, 60).save()
    claim(60, 120).save()
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        HostTime.objects.filter(starts_at=at(60)).update(starts_at=at(60) - MICROSECOND)


def test_bulk_create_cannot_write_a_pair_that_overlaps(claim):
    with pytest.raises(IntegrityError, match=NO_OVERLAP.name):
        HostTime.objects.bulk_create([claim(0, 60), claim(30, 90)])
    assert not HostTime.objects.exists()


def test_times_that_touch_are_accepted(claim):
    for start, end in [(0, 60), (60, 120), (-60, 0)]:
        insert(claim(start, end))
    assert HostTime.objects.count() == 3


def test_the_same_time_of_another_host_is_accepted(claim):
    insert(claim(0, 60))
    insert(claim(0, 60, host=UserFactory()))
    assert HostTime.objects.count() == 2


def test_a_row_can_be_changed_within_its_own_time(claim):
    row = claim(0, 60)
    row.save()
    HostTime.objects.filter(pk=row.pk).update(starts_at=at(10), ends_at=at(50))
    row.refresh_from_db()
    assert (row.starts_at, row.ends_at) == (at(10), at(50))


def test_full_clean_says_it_in_words(claim):
    claim(0, 60).save()
    with pytest.raises(ValidationError) as refused:
        claim(30, 90).full_clean()
    assert refused.value.messages == ["The host is taken at that time."]


def test_full_clean_lets_a_row_be_saved_again(claim):
    row = claim(0, 60)
    row.save()
    row.full_clean()


def test_a_migration_that_rebuilds_the_table_keeps_the_net(claim):
    old, new = HostTime._meta.get_field("kind"), models.CharField(max_length=20)
    new.set_attributes_from_name("kind")
    new.model = HostTime
    with connection.schema_editor() as editor:
        editor.alter_field(HostTime, old, new, strict=True)
    try:
        assert_refuses_overlaps(claim)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(HostTime, new, old, strict=True)
    assert_refuses_overlaps(claim)


def run(operation: Any, state: ProjectState) -> ProjectState:
    after = state.clone()
    operation.state_forwards("neuro_sessions", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("neuro_sessions", editor, state, after)
    return after


@pytest.fixture
def without_net():
    """The state of a project whose migrations have removed the constraint."""
    state = run(migrations.RemoveConstraint("hosttime", NO_OVERLAP.name), ProjectState.from_apps(apps))
    yield state
    HostTime.objects.all().delete()
    if not NO_OVERLAP.is_installed(HostTime, connection):
        run(migrations.AddConstraint("hosttime", NO_OVERLAP), state)


def test_migrations_can_remove_the_net_and_add_it_again(claim, without_net):
    insert(claim(0, 60))
    insert(claim(0, 60))
    HostTime.objects.all().delete()
    run(migrations.AddConstraint("hosttime", NO_OVERLAP), without_net)
    assert_refuses_overlaps(claim)


def problems() -> list[str]:
    return [found.id for found in checks.run_checks(databases=["default"])]


def test_a_database_without_the_net_is_a_check_error(without_net):
    assert problems() == ["neuro_sessions.E010"]


@only_sqlite
@pytest.mark.parametrize("event", ["insert", "update"])
def test_one_missing_trigger_is_a_check_error(event):
    name = f"{NO_OVERLAP.name}_{event}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        (create,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
    try:
        assert problems() == ["neuro_sessions.E010"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(create)
    assert problems() == []


def test_an_intact_database_passes_the_check():
    assert problems() == []
