from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from . import conf
from .constraints import NoOverlap
from .models import HostTime

LABEL = "neuro_sessions"


def register_checks() -> None:
    register(check_settings, LABEL)
    register(check_no_overlap, Tags.database, LABEL)


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found = conf.get.check(LABEL)
    for alias, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            hint = "Booking takes its lock as the first statement of its own transaction. Turn ATOMIC_REQUESTS off."
            found.append(Error(f"DATABASES[{alias!r}] sets ATOMIC_REQUESTS.", hint=hint, id=f"{LABEL}.E011"))
    return found


def check_no_overlap(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E010: the database does not refuse overlapping host time (``check --database``, ``migrate``)."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if HostTime._meta.db_table not in connection.introspection.table_names():
            continue
        for constraint in HostTime._meta.constraints:
            if isinstance(constraint, NoOverlap) and not constraint.is_installed(HostTime, connection):
                found.append(
                    Error(
                        f"The constraint {constraint.name} is missing in the database {alias!r}.",
                        hint="Without it a double booking is possible. Restore the table from the migrations.",
                        id=f"{LABEL}.E010",
                    )
                )
    return found
