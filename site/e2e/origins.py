"""Small servers of other origins, for what a browser may load from elsewhere or be sent to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = tuple[int, dict[str, str], str]


@dataclass
class Origin:
    url: str
    asked: list[str] = field(default_factory=list)
    """The path of every request so far."""


@contextmanager
def origin(answer: Callable[[str], Answer]) -> Iterator[Origin]:
    """A server on a port of its own. ``answer`` gets a path and gives a status, headers and a page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply()

        def do_POST(self) -> None:
            self.reply()

        def reply(self) -> None:
            served.asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, page = answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Origin(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def page(words: str) -> str:
    return f'<!doctype html><html lang="en"><title>{words}</title><main><h1>{words}</h1></main>'
