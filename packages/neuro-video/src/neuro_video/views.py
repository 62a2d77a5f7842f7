from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from neuro_video import rooms, tickets
from neuro_video.models import MeetingRoom
from neuro_video.providers.local import SALT as LOCAL_SALT
from neuro_video.tickets import Ticket

ROLES = {"host": _("Host"), "guest": _("Guest")}
USED_BY_THE_MEETING = ("camera", "microphone", "display-capture", "fullscreen")


@require_safe
def local_room(request: HttpRequest, token: str) -> HttpResponse:
    """The built-in room. The ticket in the address is the permission; the room decides whether it is open."""
    ticket = _ticket(token, salt=LOCAL_SALT)
    who = ticket.participant
    context: dict[str, object] = {"name": who.display_name, "role": ROLES[who.role], "back_path": who.back_path}
    try:
        rooms.check_open(get_object_or_404(MeetingRoom, key=ticket.key), now=timezone.now())
    except rooms.Refusal as refusal:
        context["refusal"] = refusal
    return _kept_private(render(request, "neuro_video/local_room.html", context))


@require_safe
@transaction.non_atomic_requests
def room(request: HttpRequest, token: str) -> HttpResponse:
    """A meeting of a video service inside a page of ours. The ticket in the address is the permission."""
    ticket = _ticket(token, salt=rooms.FRAME_SALT)
    try:
        meeting = rooms.frame(ticket.key, participant=ticket.participant, now=timezone.now())
    except MeetingRoom.DoesNotExist as error:
        raise Http404("No such room.") from error
    except rooms.Refusal as refusal:
        return _refused(request, refusal, back_path=ticket.participant.back_path)
    if not meeting.frame_origin:
        return _kept_private(redirect(meeting.url))
    return _framed(request, meeting.url, origin=meeting.frame_origin, back_path=ticket.participant.back_path)


def _framed(request: HttpRequest, url: str, *, origin: str, back_path: str) -> HttpResponse:
    """The site's own policy, but for one origin in a frame. Does nothing to a project that has no policy."""
    context = {"url": url, "back_path": back_path, "allow": "; ".join(USED_BY_THE_MEETING)}
    rendered = csp_override({**settings.SECURE_CSP, "frame-src": [origin]})(render)
    response = _kept_private(rendered(request, "neuro_video/room.html", context))
    # A page can only hand on what it may use itself: without "self" the frame gets nothing.
    response["Permissions-Policy"] = ", ".join(f'{use}=(self "{origin}")' for use in USED_BY_THE_MEETING)
    return response


def _refused(request: HttpRequest, refusal: rooms.Refusal, *, back_path: str) -> HttpResponse:
    trouble = isinstance(refusal, rooms.RoomUnavailable)
    # Only joining makes a room, and that happens where the person came from.
    again = back_path if refusal.code == "not_ready" else request.path
    context = {"refusal": refusal, "back_path": back_path, "again": again if trouble else ""}
    return _kept_private(render(request, "neuro_video/room.html", context, status=503 if trouble else 200))


def _ticket(token: str, *, salt: str) -> Ticket:
    try:
        return tickets.read(token, salt=salt)
    except signing.BadSignature as error:
        raise Http404("No such ticket.") from error


def _kept_private(response: HttpResponse) -> HttpResponse:
    """The address lets somebody in, so nobody stores the page, and no other site is told where the person was."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
