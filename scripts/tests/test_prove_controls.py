from dataclasses import replace
from pathlib import Path

import pytest
from prove_controls import Control, prove_all

GUARD = Control(
    name="nobody pays twice",
    file="packages/neuro-x/src/neuro_x/till.py",
    find="if paid:\n        return 0",
    replace="",
    folder="packages/neuro-x",
    tests=("tests/test_till.py",),
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    package = tmp_path / "packages" / "neuro-x"
    source = package / "src" / "neuro_x"
    source.mkdir(parents=True)
    (source / "till.py").write_text("def charge(paid: bool) -> int:\n    if paid:\n        return 0\n    return 15\n")
    (source / "__init__.py").touch()
    (package / "tests").mkdir()
    (package / "tests" / "test_till.py").write_text(
        "from neuro_x.till import charge\n\n\ndef test_second_charge_is_nothing():\n    assert charge(True) == 0\n"
    )
    (package / "pytest.toml").write_text("[pytest]\n")
    return tmp_path


def test_a_guard_with_a_watchful_test_is_proven(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prove_all([GUARD], root=tree) == 0
    assert "proven      nobody pays twice" in capsys.readouterr().out


def test_the_tree_itself_is_left_alone(tree: Path) -> None:
    before = (tree / GUARD.file).read_bytes()
    prove_all([GUARD], root=tree)
    assert (tree / GUARD.file).read_bytes() == before


@pytest.mark.parametrize(
    ("control", "reason"),
    [
        (replace(GUARD, replace=GUARD.find), "stay green"),
        (replace(GUARD, find="if long_gone:"), "occurs 0 times"),
        (replace(GUARD, file="packages/neuro-x/src/neuro_x/gone.py"), "occurs 0 times"),
        (replace(GUARD, replace="if ("), "could not run"),
        (replace(GUARD, tests=("tests/test_gone.py",)), "do not even pass"),
    ],
)
def test_what_proves_nothing_is_said_to_prove_nothing(
    tree: Path, capsys: pytest.CaptureFixture[str], control: Control, reason: str
) -> None:
    assert prove_all([control], root=tree) == 1
    assert reason in capsys.readouterr().out
