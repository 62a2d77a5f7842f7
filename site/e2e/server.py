import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SITE = Path(__file__).resolve().parents[1]
STARTS_WITHIN = 60


@dataclass(frozen=True)
class Served:
    """The running site: its address, the sample of each declared route, and a login session for each role."""

    url: str
    frame_origin: str
    paths: dict[str, str]
    sessions: dict[str, str]


@contextmanager
def served(folder: Path, *, frame_origin: str) -> Iterator[Served]:
    """The site as a developer runs it, with a database and a mailbox in ``folder``; some meetings are elsewhere."""
    port = os.environ.get("E2E_PORT") or free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    environment |= {
        "ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "e2e.settings",
        "E2E_FRAME_ORIGIN": frame_origin,
        "VAR_DIR": str(folder),
        "BASE_URL": url,
    }
    manage(environment, "migrate", "--verbosity", "0")
    told = json.loads(manage(environment, "shell", "--no-imports", "-c", "from e2e.prepare import run; run()"))
    with (folder / "server.log").open("w") as log:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, cwd=SITE, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(url, server, folder / "server.log")
            yield Served(url=url, frame_origin=frame_origin, **told)
        finally:
            server.terminate()
            server.wait(timeout=10)


def free_port() -> str:
    """One that nobody listens on, so that two runs side by side never meet each other's site."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=SITE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(f"{url}/login/", timeout=5):  # noqa: S310 - our own address
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(log.read_text())
