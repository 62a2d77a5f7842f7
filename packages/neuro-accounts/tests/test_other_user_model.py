import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent


@pytest.mark.feature("A1")
def test_the_app_works_with_django_s_own_user_model():
    settings = "tests.projects.minimal.settings"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--ds={settings}"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    ran = subprocess.run(
        [*command, "tests/projects/minimal/smoke.py"],
        cwd=PACKAGE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
