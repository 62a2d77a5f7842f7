"""Plants breaches of the house plan in a copy of the sources and looks for each of them in import-linter's report."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from compile_requirements import ROOT

BREACHES = [
    ("floors", "neuro_accounts.conf", "neuro_sessions"),
    ("floors", "neuro_video.conf", "neuro_payments"),
    ("floors", "neuro_sessions.conf", "neuromancers"),
    ("accounts-door", "neuro_sessions.booking", "neuro_accounts.models"),
    ("payments-door", "neuro_sessions.booking", "neuro_payments.money"),
    ("payments-door", "neuro_sessions.contrib.payments.settlement", "neuro_payments.conf"),
    ("video-door", "neuro_sessions.booking", "neuro_video.rooms"),
    ("cms-door", "neuro_sessions.booking", "neuro_cms.ui"),
    ("contrib", "neuro_sessions.booking", "neuro_sessions.contrib.payments"),
    ("wagtail", "neuro_accounts.conf", "wagtail"),
    ("wagtail", "neuro_cms.ui.apps", "wagtail"),
    ("sign-in", "neuro_sessions.booking", "allauth"),
    ("stripe", "neuro_sessions.booking", "stripe"),
    ("ui", "neuro_cms.ui.apps", "neuro_cms.models"),
    ("rooms", "neuro_sessions.models.listing", "neuro_sessions.views"),
]


def source_file(root: Path, module: str) -> Path:
    package, *rest = module.split(".")
    return root / "packages" / package.replace("_", "-") / "src" / package / Path(*rest).with_suffix(".py")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says about a copy that holds all breaches, by contract name."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    sources = [*ROOT.glob("packages/*/src"), ROOT / "site" / "src"]
    for source in sources:
        shutil.copytree(source, copy / source.relative_to(ROOT), ignore=shutil.ignore_patterns("__pycache__"))
    for _, importer, imported in BREACHES:
        with source_file(copy, importer).open("a") as file:
            file.write(f"\nimport {imported}\n")
    path = os.pathsep.join(str(copy / source.relative_to(ROOT)) for source in sources)
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"],
        check=False,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "300"},
        capture_output=True,
        text=True,
    )
    return sections(done.stdout)


def sections(output: str) -> dict[str, str]:
    """The part about broken contracts, split at its headings, which are lines with a rule of dashes below."""
    lines = output.partition("Broken contracts")[2].splitlines()
    found: defaultdict[str, str] = defaultdict(str)
    heading = ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if below.startswith("---"):
            heading = line
        else:
            found[heading] += line + "\n"
    return found


def contract_names() -> dict[str, str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in contracts}


@pytest.mark.feature("M1")
@pytest.mark.parametrize(("contract", "importer", "imported"), BREACHES)
def test_a_planted_breach_is_named(report: dict[str, str], contract: str, importer: str, imported: str) -> None:
    assert f"{importer} -> {imported} (l." in report[contract_names()[contract]]


def test_every_contract_is_tried() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(contract_names())
