"""Compile requirements/*.txt from the pyproject files: the lock of this repository."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIGEST_LINE = "# inputs: "
NEW_TEST_TOOLS = ("pytest>=9.2", "pytest-django>=4.14", "hypothesis>=6.150")  # nobody installs these with our packages
UV_COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.12"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--all-extras"),
)
HEADER = "# Compiled by `make update-requirements`; change a pyproject.toml instead.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledFile:
    """One file of requirements/: which groups it holds besides the packages with all their extras, and how."""

    name: str
    groups: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def path(self, root: Path) -> Path:
        return root / "requirements" / self.name


def projects(root: Path) -> list[Path]:
    return [*sorted(root.glob("packages/*/pyproject.toml")), root / "site" / "pyproject.toml"]


def compiled_files(root: Path) -> list[CompiledFile]:
    test = tuple(f"{path.relative_to(root)}:test" for path in projects(root))
    tools = ("pyproject.toml:lint", "pyproject.toml:assets", "pyproject.toml:tools", "site/pyproject.toml:e2e")
    cells = tomllib.loads((root / "requirements" / "matrix.toml").read_text())["cells"]
    return [
        CompiledFile(name="dev.txt", groups=test + tools),
        *(cell_file(test, **cell) for cell in cells),
        CompiledFile(
            name="lowest.txt",
            groups=(*test, "pyproject.toml:build"),
            constraints=NEW_TEST_TOOLS,
            options=("--resolution", "lowest-direct"),
        ),
    ]


def cell_file(test: tuple[str, ...], *, django: str, wagtail: str) -> CompiledFile:
    return CompiledFile(
        name=cell_name(django=django, wagtail=wagtail),
        groups=(*test, "pyproject.toml:build"),
        constraints=(f"django=={django}.*", f"wagtail=={wagtail}.*"),
    )


def cell_name(*, django: str, wagtail: str) -> str:
    return f"matrix-django{django}-wagtail{wagtail}".replace(".", "") + ".txt"


def digest(file: CompiledFile, root: Path) -> str:
    """A digest of everything that decides the file's content, except what the package index offers that day."""
    declared = {
        str(path.relative_to(root)): dependency_tables(path) for path in [*projects(root), root / "pyproject.toml"]
    }
    wish = [file.groups, file.constraints, file.options]
    return hashlib.sha256(json.dumps([declared, wish], sort_keys=True).encode()).hexdigest()


def dependency_tables(path: Path) -> dict[str, Any]:
    content = tomllib.loads(path.read_text())
    project = content.get("project", {})
    keys = ("dependencies", "optional-dependencies", "requires-python")
    return {"groups": content.get("dependency-groups", {}), **{key: project.get(key) for key in keys}}


def compile_file(file: CompiledFile, root: Path, *, upgrade: bool) -> None:
    """Write the file anew. Without `upgrade` the versions that still fit are kept."""
    target = file.path(root)
    own = [name for path in projects(root) for name in ("--no-emit-package", project_name(path))]
    groups = [part for group in file.groups for part in ("--group", group)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write("\n".join(file.constraints))
        constraints.flush()
        where = ["--constraints", constraints.name, "--output-file", str(target), *(["--upgrade"] if upgrade else [])]
        command = [*UV_COMPILE, *groups, *own, *file.options, *where, *map(str, projects(root))]
        done = subprocess.run(command, check=False, cwd=root)
    if done.returncode != 0:
        raise SystemExit(f"{target.name} could not be compiled.")
    target.write_text(f"{HEADER}{DIGEST_LINE}{digest(file, root)}\n{target.read_text()}")


def project_name(path: Path) -> str:
    return str(tomllib.loads(path.read_text())["project"]["name"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    parser.add_argument("names", nargs="*", help="files to compile, such as dev.txt; all of them if none is named")
    chosen = parser.parse_args()
    for file in compiled_files(ROOT):
        if not chosen.names or file.name in chosen.names:
            print(f"Compiling {file.name}", flush=True)
            compile_file(file, ROOT, upgrade=chosen.upgrade)


if __name__ == "__main__":
    main()
