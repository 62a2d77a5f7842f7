import sys
from pathlib import Path

from run_tests import Outcome, Suite, closing_lines, run_suite


def run(folder: Path, content: str) -> Outcome:
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "tests" / "test_sample.py").write_text(content)
    (folder / "pytest.toml").write_text("[pytest]\n")
    return run_suite(Suite(name="sample", folder="."), root=folder, launcher=[sys.executable], extra=[])


def test_passed_failed_and_skipped_tests_are_counted(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.mark.skip\n"
        "def test_later(): pass\n",
    )
    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 1, 1)


def test_an_empty_suite_counts_as_failed(tmp_path: Path) -> None:
    outcome = run(tmp_path, "")
    assert (outcome.passed, outcome.failed) == (0, 1)


def test_a_suite_that_cannot_start_counts_as_failed(tmp_path: Path) -> None:
    outcome = run(tmp_path, "import a_module_that_is_not_there\n")
    assert (outcome.passed, outcome.failed) == (0, 1)


def test_the_last_line_sums_up_all_suites() -> None:
    one = Outcome(suite=Suite(name="a", folder="."), passed=3, failed=0, skipped=1, seconds=1, output="")
    two = Outcome(suite=Suite(name="b", folder="."), passed=4, failed=2, skipped=0, seconds=1, output="")
    assert closing_lines([one, two])[-1] == "7 passed, 2 failed"
