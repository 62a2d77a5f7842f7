import pytest


@pytest.fixture(autouse=True)
def inner_runs_start_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small pytest runs that these tests start need no plugin, and loading ours would take most of their time."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
