from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
"""


class Watch:
    """Collects what must never happen in a browser: console errors, policy violations, other hosts, server errors."""

    def __init__(self, *urls: str) -> None:
        self.hosts = {urlsplit(url).netloc for url in urls}
        self.seen: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def verdict(self) -> None:
        """Fails for what was collected since the last verdict, so that it is seen at the test that caused it."""
        collected, self.seen = self.seen, []
        assert collected == [], "\n".join(collected)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{message.page.url if message.page else ''}: {message.type} {message.text}")

    def _error(self, error: WebError) -> None:
        self.seen.append(f"exception: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.netloc not in self.hosts:
            self.seen.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} {response.url}")
