import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# Django's file backend writes this line after each message.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail that the file backend has written."""

    file: str
    number: int
    message: EmailMessage

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def recipient(self) -> str:
        return self.header("To")

    @property
    def sender(self) -> str:
        return self.header("From")

    @property
    def date(self) -> str:
        return self.header("Date")

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part is not None else ""

    @property
    def has_html(self) -> bool:
        return self.message.get_body(("html",)) is not None


def all_mails() -> list[Mail]:
    """Every mail in the folder, the newest first."""
    written = sorted(_files(), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [mail for path in written for mail in reversed(list(_read(path)))]


def find(file: str, number: int) -> Mail | None:
    """The mail with this place in this file. A name that is not in the folder finds nothing."""
    found = (mail for path in _files() if path.stem == file for mail in _read(path) if mail.number == number)
    return next(found, None)


def _files() -> list[Path]:
    folder = _folder()
    return list(folder.glob("*.log")) if folder else []


def _folder() -> Path | None:
    """``EMAIL_FILE_PATH``, or the same option of the default mailer where ``MAILERS`` is set (Django 6.1)."""
    default_mailer = getattr(settings, "MAILERS", {}).get("default", {})
    path = default_mailer.get("OPTIONS", {}).get("file_path") or getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path else None


def _read(path: Path) -> Iterator[Mail]:
    for number, raw in enumerate(path.read_bytes().split(SEPARATOR)):
        if raw.strip():
            message = email.message_from_bytes(raw, policy=email.policy.default)
            yield Mail(file=path.stem, number=number, message=message)
