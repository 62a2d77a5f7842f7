from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from . import conf
from .constraints import AppendOnly, NoOverlap
from .models import BookingEvent, HostTime

LABEL = "neuro_sessions"
LOST = {
    NoOverlap: "Without it a double booking is possible. Restore the table from the migrations.",
    AppendOnly: "Without it history can be rewritten. Restore the table from the migrations.",
}


def register_checks() -> None:
    register(check_settings, LABEL)
    register(check_constraints, Tags.database, LABEL)


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found = conf.get.check(LABEL)
    for alias, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            hint = "Booking takes its lock as the first statement of its own transaction. Turn ATOMIC_REQUESTS off."
            found.append(Error(f"DATABASES[{alias!r}] sets ATOMIC_REQUESTS.", hint=hint, id=f"{LABEL}.E011"))
    return found


def check_constraints(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E010: the database does not refuse overlaps of taken time, or changes of history (``check --database``)."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = connection.introspection.table_names()
        for model in (HostTime, BookingEvent):
            if model._meta.db_table not in tables:
                continue
            for constraint in model._meta.constraints:
                if isinstance(constraint, NoOverlap | AppendOnly) and not constraint.is_installed(model, connection):
                    found.append(
                        Error(
                            f"The constraint {constraint.name} is missing in the database {alias!r}.",
                            hint=LOST[type(constraint)],
                            id=f"{LABEL}.E010",
                        )
                    )
    return found
