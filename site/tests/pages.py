"""What a page is made of, as a browser would read it."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "form": "action"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.inline: list[str] = []
        self.title = ""
        self.lang = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in given.items()]
        self._open = tag
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data.strip()

    @property
    def forbidden_attributes(self) -> list[tuple[str, str, str]]:
        """What a strict Content-Security-Policy would block."""
        return [
            (tag, name, value)
            for tag, name, value in self.attributes
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
        ]

    @property
    def hosts(self) -> set[str]:
        """The hosts that the page loads from or sends to."""
        addresses = [value for tag, name, value in self.attributes if LOADED.get(tag) == name]
        return {host for host in (urlsplit(address).netloc for address in addresses) if host}

    @property
    def fields(self) -> list[str]:
        """The names of everything that can be filled in."""
        return [value for tag, name, value in self.attributes if name == "name" and tag != "meta"]
