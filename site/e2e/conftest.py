import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.origins import Origin, origin, page
from e2e.server import Served, served
from e2e.watch import Watch

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM:
        sentence = "There is no Chromium: install it, or name it in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def meetings() -> Iterator[Origin]:
    """The other origin whose meetings the site shows in a frame."""
    with origin(lambda path: (200, {}, page("A meeting elsewhere"))) as elsewhere:
        yield elsewhere


@pytest.fixture(scope="session")
def site(tmp_path_factory, meetings) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("site"), frame_origin=meetings.url) as running:
        yield running


@pytest.fixture(scope="session")
def watch(site) -> Iterator[Watch]:
    """Sees every page of the whole run; what it has collected must be nothing."""
    watcher = Watch(site.url, site.frame_origin)
    yield watcher
    assert watcher.seen == []


@pytest.fixture
def open_browser(site, browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """A new browser window, signed in as somebody of this role: ``open_browser("host")``."""
    contexts = []

    def opened(role: str = "anonymous", **options: object) -> BrowserContext:
        context = browser.new_context(base_url=site.url, locale="en-GB", reduced_motion="reduce", **options)
        contexts.append(context)
        if role != "anonymous":
            context.add_cookies([{"name": "sessionid", "value": site.sessions[role], "url": site.url}])
        context.set_default_timeout(15_000)
        watch.over(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    watch.verdict()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = Path(__file__).resolve().parents[1] / "var" / "screenshots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
