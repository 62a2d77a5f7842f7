import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Role = Literal["host", "guest"]
# Without TLS only for a double on one's own machine.
ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?|http://(127\.0\.0\.1|localhost)(:[0-9]+)?")


class ProviderError(Exception):
    """A provider could not do what it was asked.

    ``code`` is short, stable and safe to store: never an address or a secret. ``retryable`` says whether
    asking again later may help; in doubt it does.
    """

    def __init__(self, code: str, *, retryable: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


@dataclass(frozen=True, kw_only=True)
class RoomSpec:
    """What a provider learns about a meeting: an opaque name and the times (aware), no title and no people."""

    key: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room at a provider. ``url`` may be empty; it is stored, so it must not let anybody in by itself."""

    remote_id: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One person at the door.

    ``external_id`` is opaque (no e-mail, no user name); ``display_name`` is the name that others shall see;
    ``back_path`` is the site-relative address to which "Leave" goes.
    """

    role: Role
    external_id: str
    display_name: str
    back_path: str = "/"


@dataclass(frozen=True, kw_only=True)
class Join:
    """Where to send this one person now: an https address or one of this site ("/…"). A secret; never store it.

    ``frame_origin`` is the origin of ``url``, such as "https://video.example", when the meeting is to be shown inside a
    page of this site. Raises ``ProviderError`` for another origin: the page's policy opens for this one alone.
    """

    url: str = field(repr=False)
    frame_origin: str = ""

    def __post_init__(self) -> None:
        framed = bool(self.frame_origin)
        if framed and not (ORIGIN.fullmatch(self.frame_origin) and self.url.startswith(f"{self.frame_origin}/")):
            raise ProviderError("bad_frame_origin", retryable=False)


class VideoProvider(Protocol):
    """What a provider must do. ``neuro_video.testing.ProviderContract`` is the same in tests.

    Providers keep nothing in memory: every call may come from another process. They are called outside
    of transactions, set their own deadlines, and raise ``ProviderError`` only.
    """

    def create(self, spec: RoomSpec) -> Room:
        """Makes the room. The same key again gives the same room: an answer may have been lost."""

    def end(self, room: Room) -> None:
        """Ends the room. A room that is gone already is a success."""

    def join(self, room: Room, participant: Participant) -> Join:
        """The address for this person, made at each click."""
