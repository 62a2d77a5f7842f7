from pathlib import Path
from typing import Any

import dj_database_url

PERSISTENT_SECONDS = 600

# Writers queue for the lock when their transaction begins, so none fails half-way; readers never wait for a writer.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL_OPTIONS = {"options": "-c lock_timeout=5s"}


def database(url: str, *, else_file: Path) -> dict[str, Any]:
    """The database at ``url``; without one, a SQLite file, whose folder is made."""
    if not url:
        else_file.parent.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{else_file}"
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=PERSISTENT_SECONDS, conn_health_checks=True))
    options = SQLITE_OPTIONS if found["ENGINE"].endswith("sqlite3") else POSTGRESQL_OPTIONS
    found["OPTIONS"] = {**options, **found.get("OPTIONS", {})}
    return found
