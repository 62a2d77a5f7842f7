import shutil
import zipfile
from pathlib import Path

import check_copies
import check_requirements
import check_tree
import check_wheel
import features
import pytest
from compile_requirements import DIGEST_LINE, ROOT, compiled_files, digest


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_copies_that_drifted_are_named(tmp_path: Path) -> None:
    write(tmp_path / "packages/neuro-a/src/neuro_a/_conf.py", "one = 1\n")
    write(tmp_path / "packages/neuro-b/src/neuro_b/_conf.py", "one = 1\n")
    assert check_copies.drifted(tmp_path) == []
    write(tmp_path / "packages/neuro-b/src/neuro_b/_conf.py", "one = 2\n")
    assert "_conf.py differs" in check_copies.drifted(tmp_path)[0]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The pyproject files of this repository with compiled files that belong to them."""
    for path in [*ROOT.glob("packages/*/pyproject.toml"), ROOT / "site/pyproject.toml", ROOT / "pyproject.toml"]:
        write(tmp_path / path.relative_to(ROOT), path.read_text())
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "matrix.toml", tmp_path / "requirements")
    for file in compiled_files(tmp_path):
        write(file.path(tmp_path), f"{DIGEST_LINE}{digest(file, tmp_path)}\n")
    return tmp_path


def test_a_new_dependency_makes_the_compiled_files_stale(tree: Path) -> None:
    assert check_requirements.stale_files(tree) == []
    site = tree / "site" / "pyproject.toml"
    write(site, site.read_text().replace('"whitenoise', '"a-new-one", "whitenoise'))
    assert len(check_requirements.stale_files(tree)) == len(compiled_files(tree))


def test_a_change_that_installs_nothing_leaves_them_fresh(tree: Path) -> None:
    site = tree / "site" / "pyproject.toml"
    write(site, site.read_text() + "\n[tool.other]\nkey = 1\n")
    assert check_requirements.stale_files(tree) == []


def test_a_file_of_a_cell_that_is_gone_is_named(tree: Path) -> None:
    write(tree / "requirements" / "matrix-django52-wagtail72.txt", "")
    assert "matrix-django52-wagtail72.txt" in check_requirements.stale_files(tree)[0]


@pytest.mark.parametrize(
    "line",
    [
        "https:" + "//mirror.example/simple",
        "--index" + "-url http:" + "//mirror.example/root",
        "https:" + "//example.org/neuro.whl",
        "cd /" + "root/project",
        "open('/" + "home/someone/notes.txt')",
    ],
)
def test_addresses_and_machine_folders_are_found(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "notes.md", f"first line\n{line}\n")
    assert check_tree.problems_in(tmp_path, [path])[0].startswith("notes.md:2: holds")


@pytest.mark.parametrize("line", ["https://docs.djangoproject.com/", "path('home/', view)", "see ../work/plan.md"])
def test_ordinary_lines_are_left_alone(tmp_path: Path, line: str) -> None:
    assert check_tree.problems_in(tmp_path, [write(tmp_path / "notes.md", line)]) == []


def test_a_lock_that_holds_addresses_must_not_be_tracked(tmp_path: Path) -> None:
    assert "must not be tracked" in check_tree.problems_in(tmp_path, [write(tmp_path / "uv.lock", "")])[0]


def test_a_wheel_without_a_template_is_found(tmp_path: Path) -> None:
    write(tmp_path / "src/neuro_x/py.typed", "")
    write(tmp_path / "src/neuro_x/templates/neuro_x/base.html", "")
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as wheel:
        wheel.writestr("neuro_x/py.typed", "")
    assert check_wheel.missing(tmp_path / "x.whl", tmp_path / "src") == ["neuro_x/templates/neuro_x/base.html"]


def test_rows_are_matched_with_the_tests_that_claim_them(tmp_path: Path) -> None:
    table = write(tmp_path / "docs/features.md", "| id | promise |\n| --- | --- |\n| A1 | one |\n| E17 | two |\n")
    write(tmp_path / "packages/neuro-a/tests/test_a.py", '@pytest.mark.feature("A1", "A2")\ndef test_it(): ...\n')
    write(tmp_path / "site/tests/test_b.py", 'pytestmark = [pytest.mark.feature("E17")]\n')
    assert features.rows(table) == {"A1": "one", "E17": "two"}
    assert set(features.claims(tmp_path)) == {"A1", "A2", "E17"}
