import os
import stat
from pathlib import Path

import pytest
import setup_env

pytestmark = pytest.mark.feature("W2")


def interpreter(folder: Path, name: str, answer: str, code: int = 0) -> Path:
    """A stand-in for a Python that prints `answer` and ends with `code`."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_shim_that_refuses_to_start_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim = interpreter(tmp_path / "shims", "python3.13", "pyenv: not found", code=127)
    real = interpreter(tmp_path / "real", "python3.13", "True")
    monkeypatch.setenv("PATH", os.pathsep.join([str(shim.parent), str(real.parent)]))
    assert setup_env.found_python("no-uv-here") == str(real)


def test_python_3_13_is_preferred_to_one_found_earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = interpreter(tmp_path / "a", "python3.12", "True")
    wanted = interpreter(tmp_path / "b", "python3.13", "True")
    monkeypatch.setenv("PATH", os.pathsep.join([str(other.parent), str(wanted.parent)]))
    assert setup_env.found_python("no-uv-here") == str(wanted)


def test_an_old_python_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = interpreter(tmp_path / "old", "python3", "False")
    monkeypatch.setenv("PATH", str(old.parent))
    assert setup_env.found_python("no-uv-here") is None


def test_a_machine_without_any_python_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    failing_uv = interpreter(tmp_path, "uv", "no", code=2)
    with pytest.raises(SystemExit, match=r"install Python 3\.13"):
        setup_env.make_venv(str(failing_uv))


def test_an_old_uv_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreter(tmp_path, "uv", "uv 0.2.1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(setup_env, "TOOLS", tmp_path / "none")
    assert setup_env.found_uv() is None
