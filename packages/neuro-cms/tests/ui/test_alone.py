import os
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
STEPS = """
import django, sys
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("check", fail_level="WARNING")
client = Client(raise_request_exception=False)
expected = {"/form/": 200, "/said/": 200, "/components/": 200, "/no/": 404, "/refused/": 403, "/broken/": 500}
expected |= {"/unreadable/": 400}
answers = {path: client.get(path).status_code for path in expected}
assert answers == expected, answers
page = client.post("/form/", {}).content.decode()
assert 'class="nm-error-summary"' in page and 'aria-invalid="true"' in page
assert "wagtail" not in sys.modules and "neuro_cms.models" not in sys.modules
"""


def test_design_system_works_without_wagtail_and_without_neuro_cms():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.projects.ui_only.settings"}

    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:neuro_cms", "-c", STEPS],
        cwd=PACKAGE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
