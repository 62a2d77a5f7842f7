import os
import runpy
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.urls import reverse

from neuro_accounts.models import User
from neuro_sessions.constraints import NoOverlap
from neuro_sessions.models import HostTime

SITE = Path(settings.BASE_DIR)
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DJANGO_SETTINGS_MODULE": "neuromancers.settings",
    "SECRET_KEY": "a-key-that-is-long-enough-and-has-many-different-letters-0123456789",
    "BASE_URL": "https://www.example.org",
    "SUPPORT_EMAIL": "help@example.org",
    "ALLOW_SANDBOX_PAYMENTS": "yes",
}
# Logs in from the first address more often than one may, then from both; the pages do without collected files.
TWO_VISITORS = """
from django.conf import global_settings
from django.db import connection
from django.test import Client, override_settings
from neuro_cms.models import CrisisService

# The one table that the page for logging in reads.
with connection.schema_editor() as editor:
    editor.create_model(CrisisService)

def log_in(address):
    headers = {"host": "www.example.org", "x-forwarded-for": address}
    return Client().post("/login/", secure=True, headers=headers).status_code

with override_settings(STORAGES=global_settings.STORAGES):
    for _ in range(40):
        log_in("203.0.113.1")
    print(log_in("203.0.113.1"), log_in("203.0.113.2"))
"""


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH", "VAR_DIR")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=SITE,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def production_shell(program: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the program does in a process of the production site that keeps its files in the folder."""
    return manage("shell", "--no-imports", "-c", program, **PRODUCTION, VAR_DIR=str(folder), **environment)


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
        ({"SUPPORT_EMAIL": ""}, "Set SUPPORT_EMAIL in the environment."),
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
        "from django.urls import resolve; "
        "print(*(resolve(path).url_name for path in ('/dev/mailbox/', '/styleguide/', '/django-admin/')))"
    )
    done = production_shell(program, tmp_path)
    assert done.stdout.split() == ["wagtail_serve"] * 3, done.stderr


@pytest.mark.parametrize(("behind_proxy", "answers"), [("1", ["429", "200"]), ("", ["429", "429"])])
def test_production_counts_visitors_by_a_header_that_only_its_own_proxy_can_set(
    behind_proxy: str, answers: list[str], tmp_path
):
    done = production_shell(TWO_VISITORS, tmp_path, BEHIND_PROXY=behind_proxy)
    assert done.stdout.split() == answers, done.stderr


def test_production_processes_share_one_cache(tmp_path):
    cache = "from django.core.cache import cache; "
    production_shell(f"{cache} cache.set('key', 'kept')", tmp_path)
    assert production_shell(f"{cache} print(cache.get('key'))", tmp_path).stdout.split() == ["kept"]


@pytest.mark.django_db
def test_no_server_starts_on_a_database_that_would_let_a_host_be_booked_twice():
    assert runpy.run_module("neuromancers.wsgi")["application"]
    drop_overlap_guards()
    with pytest.raises(SystemCheckError, match=r"neuro_sessions\.E010"):
        runpy.run_module("neuromancers.wsgi")


def drop_overlap_guards() -> None:
    for guard in (one for one in HostTime._meta.constraints if isinstance(one, NoOverlap)):
        commands = [f"DROP TRIGGER {name}" for name in guard.trigger_names()]
        if connection.vendor == "postgresql":
            commands = [f"ALTER TABLE {HostTime._meta.db_table} DROP CONSTRAINT {guard.name}"]
        with connection.cursor() as cursor:
            for command in commands:
                cursor.execute(command)


def test_editors_cannot_take_an_address_that_they_have_not_confirmed(as_role, world):
    editor, account = as_role("editor"), reverse("wagtailadmin_account")
    assert b"name_email-email" not in editor.get(account).content
    name = {"name_email-first_name": "Erin", "name_email-last_name": "Renamed"}
    theme = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    editor.post(account, {**name, **theme, "name_email-email": "unconfirmed@example.org"})
    before = world.people["editor"]
    after = User.objects.get(pk=before.pk)
    assert (after.last_name, after.email) == ("Renamed", before.email)


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
