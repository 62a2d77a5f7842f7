import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

SITE = Path(settings.BASE_DIR)
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DJANGO_SETTINGS_MODULE": "neuromancers.settings",
    "SECRET_KEY": "a-key-that-is-long-enough-and-has-many-different-letters-0123456789",
    "BASE_URL": "https://www.example.org",
    "ALLOW_SANDBOX_PAYMENTS": "yes",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "VAR_DIR")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=SITE,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION, VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY in the environment."),
        ({"SECRET_KEY": "django-insecure-development-only"}, "SECRET_KEY is the one for development."),
        ({"BASE_URL": ""}, "Set BASE_URL in the environment."),
        ({"ALLOW_SANDBOX_PAYMENTS": "perhaps"}, "Set ALLOW_SANDBOX_PAYMENTS to 1 or 0."),
        ({"BASE_URL": "http://www.example.org"}, "BASE_URL must start with https://."),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT must be"),
    ],
)
def test_production_refuses_to_start_with(given: dict[str, str], sentence: str, tmp_path):
    done = manage("check", **(PRODUCTION | given | {"VAR_DIR": str(tmp_path)}))
    assert done.returncode != 0
    assert sentence in done.stderr


def test_production_takes_no_payments_in_the_sandbox_by_itself(tmp_path):
    done = manage("check", **(PRODUCTION | {"ALLOW_SANDBOX_PAYMENTS": "false", "VAR_DIR": str(tmp_path)}))
    assert "neuro_payments.E005" in done.stderr


def test_production_has_no_developers_pages(tmp_path):
    program = (
        "from django.urls import resolve; print(resolve('/dev/mailbox/').url_name, resolve('/django-admin/').url_name)"
    )
    done = manage("shell", "--no-imports", "-c", program, **PRODUCTION, VAR_DIR=str(tmp_path))
    assert done.stdout.split() == ["wagtail_serve", "wagtail_serve"], done.stderr


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db
def test_system_check_is_clean(capsys):
    call_command("check", fail_level="WARNING")
    call_command("check", database=["default"], fail_level="WARNING")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="what SQLite is told")
def test_sqlite_runs_as_it_is_shipped():
    with connection.cursor() as cursor:
        told = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "synchronous")}
    assert told == {"foreign_keys": 1, "synchronous": 1}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="what PostgreSQL is told")
def test_postgresql_never_waits_for_a_lock_for_ever():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
