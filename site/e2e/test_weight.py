"""How much comes over the line before somebody can read the first page."""

import pytest
from playwright.sync_api import BrowserContext

MOST = 150_000

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W6")]


def weight(context: BrowserContext, path: str) -> dict[str, int]:
    """The bytes of each address that a page loads into an empty cache, with their headers; pictures do not count."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: (event["type"], event["response"]["url"])}),
    )
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])})
    )
    page.goto(path, wait_until="networkidle")
    return {kinds[request][1]: size for request, size in sizes.items() if kinds[request][0] != "Image"}


@pytest.mark.parametrize("path", ["/", "/sessions/"])
@pytest.mark.parametrize("role", ["anonymous", "host"])
def test_first_view_is_light(path: str, role: str, open_browser):
    loaded = weight(open_browser(role), path)
    assert {address.rpartition(".")[2] for address in loaded} >= {"css", "js", "woff2"}
    assert sum(loaded.values()) <= MOST, loaded
