import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.feature("M1")
def test_the_contrib_apps_pass_their_tests_in_a_project_that_has_them():
    command = [sys.executable, "-m", "pytest", "-q", "--ds=tests.projects.full.settings", "tests/contrib"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.projects.full.settings"}
    run = subprocess.run(
        command, cwd=Path(__file__).parents[1], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert int(re.search(r"(\d+) passed", run.stdout)[1]) > 20
