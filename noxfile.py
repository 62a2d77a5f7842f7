"""Checks that need environments of their own, each made from a compiled requirement file. `nox -l` lists them."""

from __future__ import annotations

import glob
import os
import shutil
import tomllib
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PACKAGES = sorted(path.parent.name for path in ROOT.glob("packages/*/pyproject.toml"))
MATRIX = tomllib.loads((ROOT / "requirements" / "matrix.toml").read_text())
CELLS = [
    nox.param(
        python,
        cell["django"],
        cell["wagtail"],
        database,
        id=f"py{python}-django{cell['django']}-wagtail{cell['wagtail']}-{database}",
    )
    for cell in MATRIX["cells"]
    for python in MATRIX["pythons"]
    for database in MATRIX["databases"]
]
OLDEST = MATRIX["cells"][0]
SUITES = ["site", *PACKAGES]
NEWEST_PYTHON = MATRIX["pythons"][-1]

# pyenv's shims may name a Python that they refuse to start; its real folders come last, so nothing is shadowed
os.environ["PATH"] = os.pathsep.join(
    [os.environ["PATH"], *glob.glob(os.path.expanduser("~/.pyenv/versions/3.1[2-9].*/bin"))]
)
os.environ.setdefault("UV_SYSTEM_CERTS", "1")
nox.needs_version = ">=2026.10"
nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["lint", "tests"]


def sync(session: nox.Session, requirements: str) -> None:
    """Exactly what the compiled file names, and our own packages editable on top of it."""
    session.run_install("uv", "pip", "sync", "--quiet", "--require-hashes", f"requirements/{requirements}")
    own = [f"--editable=packages/{name}" for name in PACKAGES]
    session.run_install("uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *own, "--editable=site")


def cell_file(django: str, wagtail: str) -> str:
    return f"matrix-django{django}-wagtail{wagtail}".replace(".", "") + ".txt"


@nox.session
@nox.parametrize("python,django,wagtail,database", CELLS)
def tests(session: nox.Session, django: str, wagtail: str, database: str) -> None:
    """Every suite on one cell of the matrix."""
    sync(session, cell_file(django, wagtail))
    session.run("python", "scripts/run_tests.py", f"--database={database}", *SUITES, *session.posargs)


@nox.session(python=MATRIX["pythons"][0])
def lowest(session: nox.Session) -> None:
    """Every suite on the lowest versions that we declare."""
    sync(session, "lowest.txt")
    session.run("python", "scripts/run_tests.py", *SUITES, *session.posargs)


@nox.session(python=NEWEST_PYTHON)
@nox.parametrize("package", PACKAGES, ids=PACKAGES)
def wheel(session: nox.Session, package: str) -> None:
    """One package's tests against its wheel, with only what it declares; its sisters come as wheels too."""
    wheels = build_wheels(session)
    project = tomllib.loads((ROOT / "packages" / package / "pyproject.toml").read_text())
    sisters = Path(session.create_tmp()) / "sisters.txt"
    sisters.write_text("".join(f"{name} @ {path.as_uri()}\n" for name, path in wheels.items()))
    session.run_install(
        *("uv", "pip", "install", "--quiet", "--reinstall", "--constraints", str(sisters)),
        *("--constraints", "requirements/dev.txt", package, *project["dependency-groups"]["test"]),
    )
    scratch = Path(session.create_tmp()) / package
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(ROOT / "packages" / package / "tests", scratch / "tests")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / "packages" / package / name, scratch)
    session.run("python", "scripts/check_wheel.py", str(wheels[package]), f"packages/{package}/src")
    session.run("python", "scripts/run_tests.py", f"--folder={scratch.resolve()}", *session.posargs)


def build_wheels(session: nox.Session) -> dict[str, Path]:
    """The five wheels by package name, built anew."""
    folder = Path(session.create_tmp()) / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    for name in PACKAGES:
        session.run_install(
            *("uv", "build", "--quiet", "--wheel", "--build-constraints", "requirements/dev.txt"),
            *("--out-dir", str(folder), f"packages/{name}"),
        )
    return {path.name.split("-")[0].replace("_", "-"): path.resolve() for path in folder.glob("*.whl")}


@nox.session(python=MATRIX["pythons"][0])
def migrations(session: nox.Session) -> None:
    """Write migrations on the oldest pair, which every newer Wagtail understands (`-- --check` only looks)."""
    sync(session, cell_file(OLDEST["django"], OLDEST["wagtail"]))
    session.run("python", "site/manage.py", "makemigrations", *session.posargs)


@nox.session(python=NEWEST_PYTHON)
def bench(session: nox.Session) -> None:
    """Speed as ratios within one run, beside django-appointment, which is installed for this alone."""
    sync(session, "dev.txt")
    session.run_install("uv", "pip", "install", "--quiet", "django-appointment==3.12.0")
    for script in ("slots_year", "next_free_index"):
        session.run("python", "-m", f"benchmarks.{script}")


@nox.session(python=NEWEST_PYTHON)
def lint(session: nox.Session) -> None:
    """Types, floors, templates, code, dependencies, migrations, copies, requirements."""
    sync(session, "dev.txt")
    session.run("python", "scripts/lint.py", *session.posargs)
