"""Tickets: signed addresses of pages of this site, each for one person and one room.

Signed is not encrypted: whoever has the address can read the role, the display name and the way back.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from neuro_video.providers.base import Participant

MAX_AGE = timedelta(hours=6)
LONGEST_NAME = 80
ID_SALT = "neuro_video.external_id"


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
    """The ticket in an address. Raises ``signing.BadSignature`` when it is not ours, was changed, or is too old.

    A ticket that an older version signed may carry something else. It is too old, too.
    """
    match signing.loads(token, salt=salt, max_age=MAX_AGE):
        case [str(key), "host" | "guest" as role, str(external_id), str(name), str(back_path)]:
            who = Participant(role=role, external_id=external_id, display_name=name, back_path=back_path)
            return Ticket(key=key, participant=who)
    raise signing.BadSignature("The ticket has another shape.")


def under_another_id(participant: Participant, *, key: str) -> Participant:
    """The same id for one person in one room, another in each room, and no way back to the project's own id."""
    told = salted_hmac(ID_SALT, f"{key}:{participant.external_id}", algorithm="sha256").hexdigest()[:32]
    return replace(participant, external_id=told)


def _path_of_this_site(path: str) -> str:
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else "/"
