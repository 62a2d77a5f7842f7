"""Tickets: signed addresses of pages of this site, each for one person and one room."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

from neuro_video.providers.base import Participant

MAX_AGE = timedelta(hours=6)
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Which room, and who comes. ``salt`` names the kind of page: a ticket for one kind opens no other."""

    key: str
    participant: Participant

    def sign(self, *, salt: str) -> str:
        who = self.participant
        back_path = _path_of_this_site(who.back_path)
        carried = [self.key, who.role, who.external_id, who.display_name[:LONGEST_NAME], back_path]
        return signing.dumps(carried, salt=salt, compress=True)


def read(token: str, *, salt: str) -> Ticket:
    """The ticket in an address. Raises ``signing.BadSignature`` when it is not ours, was changed, or is too old."""
    key, role, external_id, display_name, back_path = signing.loads(token, salt=salt, max_age=MAX_AGE)
    who = Participant(role=role, external_id=external_id, display_name=display_name, back_path=back_path)
    return Ticket(key=key, participant=who)


def _path_of_this_site(path: str) -> str:
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else "/"
