"""Make .venv from requirements/dev.txt, with our own packages editable on top.

Runs on any Python from 3.9 with pip, before anything is installed, so it uses the standard library alone.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV_PYTHON = ROOT / ".venv" / "bin" / "python"
READY = ROOT / ".venv" / ".ready"
UV_AT_LEAST = (0, 13)
NO_PYTHON = "No Python 3.12 or newer was found and none could be fetched: install Python 3.13, then run this again."
NO_PIP = "Neither uv nor pip could be used: install pip for this Python (python3-pip on Debian), then run this again."


def main() -> None:
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), *pyenv_folders()])
    uv = found_uv() or fetched_uv()
    if not runs_new_enough_python(str(VENV_PYTHON)):
        make_venv(uv)
    target = ["--quiet", "--python", str(VENV_PYTHON)]
    run(uv, "pip", "sync", *target, "--require-hashes", str(ROOT / "requirements" / "dev.txt"))
    # sync takes away what its file does not name, so our own packages come after it, every time
    editable = [part for folder in own_projects() for part in ("--editable", str(folder))]
    run(uv, "pip", "install", *target, "--no-deps", "--no-build-isolation", *editable)
    READY.touch()


def pyenv_folders() -> list[str]:
    """Folders of pyenv's real interpreters: its shims may name a Python that they then refuse to start."""
    return sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.1[2-9].*/bin")), reverse=True)


def own_projects() -> list[Path]:
    return [*sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml")), ROOT / "site"]


def found_uv() -> str | None:
    candidates = [shutil.which("uv"), str(TOOLS / "bin" / "uv")]
    return next((uv for uv in candidates if uv and uv_version(uv) >= UV_AT_LEAST), None)


def uv_version(uv: str) -> tuple[int, ...]:
    match = re.search(r"uv (\d+)\.(\d+)", output_of(uv, "--version"))
    return tuple(int(part) for part in match.groups()) if match else (0,)


def fetched_uv() -> str:
    print("Fetching uv into .tools", flush=True)
    wanted = "uv>=" + ".".join(str(part) for part in UV_AT_LEAST)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    # errors alone: pip would warn of being run as root, which does no harm in a folder of ours
    done = subprocess.run([*pip, "--quiet", "install", "--upgrade", "--target", str(TOOLS), wanted], check=False)
    if done.returncode != 0:
        raise SystemExit(NO_PIP)
    return str(TOOLS / "bin" / "uv")


def make_venv(uv: str) -> None:
    """Make .venv with a Python of this machine; only where there is none does uv fetch one."""
    python = found_python(uv)
    downloads = "never" if python else "automatic"
    quiet = subprocess.DEVNULL if python is None else None
    print("Making .venv", flush=True)
    done = subprocess.run(
        [uv, "venv", "--quiet", "--clear", "--no-project", "--python", python or "3.13", str(ROOT / ".venv")],
        check=False,
        stderr=quiet,
        env={**os.environ, "UV_PYTHON_DOWNLOADS": downloads},
    )
    if done.returncode != 0:
        raise SystemExit(NO_PYTHON)


def found_python(uv: str) -> str | None:
    """A Python from 3.12 that really starts: 3.13 if there is one."""
    for name in ("python3.13", "python3.12", "python3.14", "python3"):
        for folder in os.environ["PATH"].split(os.pathsep):
            candidate = os.path.join(folder, name)
            if runs_new_enough_python(candidate):
                return candidate
    managed = output_of(uv, "python", "find", "--no-python-downloads", "--managed-python", ">=3.12")
    return managed.strip() or None


def runs_new_enough_python(candidate: str) -> bool:
    return output_of(candidate, "-c", "import sys; print(sys.version_info >= (3, 12))").strip() == "True"


def output_of(*command: str) -> str:
    """What the command prints; nothing at all if it cannot be started or fails."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def run(*command: str) -> None:
    done = subprocess.run(command, check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
