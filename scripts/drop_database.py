"""Remove the development database, after saying so; refuse to touch anything but a SQLite file in development."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings


def main() -> int:
    if os.environ.get("ENVIRONMENT") != "development" or os.environ.get("DATABASE_URL"):
        print("Only the SQLite database of ENVIRONMENT=development is dropped, and DATABASE_URL must not be set.")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neuromancers.settings")
    django.setup()
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        print("The development database is not SQLite, so it is left alone.")
        return 1
    for suffix in ("", "-wal", "-shm", "-journal"):
        path = Path(f"{database['NAME']}{suffix}")
        if path.exists():
            print(f"Removing {os.path.relpath(path)}")
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
