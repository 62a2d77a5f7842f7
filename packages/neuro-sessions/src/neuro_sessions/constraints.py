from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

POSTGRESQL, SQLITE = "postgresql", "sqlite"


class NoOverlap(models.BaseConstraint):
    """No two rows with the same ``same`` share an instant of ``[start, end)``. The database itself refuses.

    On PostgreSQL it is an exclusion constraint. On SQLite it is two triggers, written by the schema editor
    whenever it makes or remakes the table, so a later migration cannot lose them.

    ``same``, ``start`` and ``end`` are field names. PostgreSQL needs ``btree_gist``
    (``neuro_sessions.operations.EnsureBtreeGist``).
    """

    def __init__(self, *, name: str, same: str, start: str, end: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.same, self.start, self.end = same, start, end

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), dict(kwargs) | {"same": self.same, "start": self.start, "end": self.end}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__

    def trigger_names(self) -> list[str]:
        return [f"{self.name}_insert", f"{self.name}_update"]

    def is_installed(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> bool:
        """Whether the database refuses overlaps now."""
        if connection.vendor == POSTGRESQL:
            sql, names = "SELECT conname FROM pg_constraint WHERE contype = 'x' AND conname = %s", [self.name]
        else:
            sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s)"
            names = self.trigger_names()
        with connection.cursor() as cursor:
            cursor.execute(sql, names)
            return len(cursor.fetchall()) == len(names)

    def constraint_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor == POSTGRESQL:
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclude(model, schema_editor)}"
        if schema_editor.connection.vendor == SQLITE:
            # Run after the table exists, at every remake too: as Django does for partial unique indexes.
            schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor != POSTGRESQL:
            return None
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s %(exclude)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            exclude=self._exclude(model, schema_editor),
        )

    def remove_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor != POSTGRESQL:
            return None
        return schema_editor._delete_constraint_sql(  # type: ignore[attr-defined]
            schema_editor.sql_delete_check, model, self.name
        )

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = "default"
    ) -> None:
        if set(self._names()) & set(exclude or ()):
            return
        same, start, end = (getattr(instance, _field(model, name).attname) for name in self._names())
        if None in (same, start, end):
            return
        clash = model._base_manager.using(using).filter(
            **{self.same: same, f"{self.start}__lt": end, f"{self.end}__gt": start}
        )
        if clash.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _columns(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> dict[str, str]:
        columns = (schema_editor.quote_name(_field(model, name).column) for name in self._names())
        return dict(zip(("same", "start", "end"), columns, strict=True))

    def _names(self) -> tuple[str, str, str]:
        return self.same, self.start, self.end

    def _exclude(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        column = self._columns(model, schema_editor)
        return "EXCLUDE USING gist ({same} WITH =, tstzrange({start}, {end}, '[)') WITH &&)".format(**column)

    def _triggers(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        quote = schema_editor.quote_name
        pk, column = quote(_field(model, "pk").column), self._columns(model, schema_editor)
        return [
            Statement(
                "CREATE TRIGGER %(trigger)s BEFORE %(event)s ON %(table)s FOR EACH ROW WHEN EXISTS ("
                "SELECT 1 FROM %(table)s WHERE %(same)s = NEW.%(same)s AND %(pk)s IS NOT %(own)s"
                " AND %(start)s < NEW.%(end)s AND %(end)s > NEW.%(start)s)"
                " OR NOT (%(plain_start)s) OR NOT (%(plain_end)s)"
                " BEGIN SELECT RAISE(ABORT, '%(name)s'); END",
                table=Table(model._meta.db_table, quote),
                trigger=quote(trigger),
                event=event,
                name=self.name,
                pk=pk,
                own="NULL" if event == "INSERT" else f"OLD.{pk}",
                plain_start=_is_plain(f"NEW.{column['start']}"),
                plain_end=_is_plain(f"NEW.{column['end']}"),
                **column,
            )
            for trigger, event in zip(self.trigger_names(), ("INSERT", "UPDATE"), strict=True)
        ]


class AppendOnly(models.BaseConstraint):
    """A stored row stays as it is: the database refuses to change it.

    Columns named in ``erasable`` may be set to NULL, and to nothing else: for what people have the right to have
    erased. PostgreSQL refuses to delete rows, too; SQLite cannot, because Django empties its test tables by DELETE.
    """

    def __init__(self, *, name: str, erasable: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.erasable = tuple(erasable)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), dict(kwargs) | {"erasable": self.erasable}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppendOnly) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__

    def is_installed(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> bool:
        """Whether the database refuses changes now."""
        if connection.vendor == POSTGRESQL:
            sql, names = "SELECT tgname FROM pg_trigger WHERE tgname = %s", [self.name]
        else:
            sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s)"
            names = self._trigger_names()
        with connection.cursor() as cursor:
            cursor.execute(sql, names)
            return len(cursor.fetchall()) == len(names)

    def constraint_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor == SQLITE:
            schema_editor.deferred_sql.extend(self._sqlite_triggers(model, schema_editor))
        elif schema_editor.connection.vendor == POSTGRESQL:
            schema_editor.deferred_sql.append(self._postgresql_trigger(model, schema_editor))
        return None

    def create_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor != POSTGRESQL:
            return None
        return self._postgresql_trigger(model, schema_editor)

    def remove_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Any:
        if schema_editor.connection.vendor != POSTGRESQL:
            return None
        function = schema_editor.quote_name(self.name)
        return Statement(
            "DROP FUNCTION %(function)s() CASCADE",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            function=function,
        )

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = "default"
    ) -> None:
        if not instance._state.adding:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _trigger_names(self) -> list[str]:
        return [f"{self.name}_change", f"{self.name}_erase"]

    def _sqlite_triggers(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        quote, columns = schema_editor.quote_name, [str(field.column) for field in model._meta.local_concrete_fields]
        free = [str(_field(model, name).column) for name in self.erasable]
        fixed = ", ".join(quote(column) for column in columns if column not in free)
        written = " OR ".join(f"NEW.{quote(column)} IS NOT NULL" for column in free) or "FALSE"
        return [
            Statement(
                "CREATE TRIGGER %(trigger)s BEFORE %(event)s ON %(table)s FOR EACH ROW %(when)s"
                " BEGIN SELECT RAISE(ABORT, '%(name)s'); END",
                table=Table(model._meta.db_table, schema_editor.quote_name),
                trigger=schema_editor.quote_name(trigger),
                event=event,
                when=when,
                name=self.name,
            )
            for trigger, event, when in zip(
                self._trigger_names(), (f"UPDATE OF {fixed}", "UPDATE"), ("", f"WHEN {written}"), strict=True
            )
        ]

    def _postgresql_trigger(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        """One trigger that names no column, so that columns can be altered below it."""
        free = [str(_field(model, name).column) for name in self.erasable]
        rewritten = [
            f"new_row -> '{column}' <> 'null' AND new_row -> '{column}' <> old_row -> '{column}'" for column in free
        ]
        names = ", ".join(f"'{column}'" for column in free)
        fixed = f"new_row - ARRAY[{names}]::text[] <> old_row - ARRAY[{names}]::text[]"
        return Statement(
            "CREATE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS $$"
            " DECLARE old_row jsonb := to_jsonb(OLD); new_row jsonb;"
            " BEGIN IF TG_OP = 'UPDATE' THEN new_row := to_jsonb(NEW);"
            " IF NOT (%(changed)s) THEN RETURN NEW; END IF; END IF;"
            " RAISE EXCEPTION '%(name)s' USING ERRCODE = 'integrity_constraint_violation'; END $$;"
            " CREATE TRIGGER %(trigger)s BEFORE UPDATE OR DELETE ON %(table)s"
            " FOR EACH ROW EXECUTE FUNCTION %(function)s()",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            function=schema_editor.quote_name(self.name),
            name=self.name,
            trigger=schema_editor.quote_name(self.name),
            changed=" OR ".join(f"({condition})" for condition in [fixed, *rewritten]),
        )


def _is_plain(column: str) -> str:
    """SQLite keeps times as text: what is not written as Django writes it cannot be compared, so it is refused."""
    return f"{column} LIKE '____-__-__ __:__:__' OR {column} LIKE '____-__-__ __:__:__.______'"


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)
