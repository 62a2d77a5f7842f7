from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from neuro_video import rooms
from neuro_video.models import MeetingRoom
from neuro_video.providers.local import Ticket, read_ticket

ROLES = {"host": _("Host"), "guest": _("Guest")}


@require_safe
def local_room(request: HttpRequest, token: str) -> HttpResponse:
    """The built-in room. The ticket in the address is the permission; the room decides whether it is open."""
    try:
        ticket = read_ticket(token)
    except signing.BadSignature as error:
        raise Http404("No such ticket.") from error
    response = render(request, "neuro_video/local_room.html", _page(ticket))
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(ticket: Ticket) -> dict[str, object]:
    room = get_object_or_404(MeetingRoom, key=ticket.key)
    page: dict[str, object] = {"name": ticket.display_name, "role": ROLES[ticket.role], "back_path": ticket.back_path}
    try:
        rooms.check_open(room, now=timezone.now())
    except rooms.Refusal as refusal:
        page["refusal"] = refusal
    return page
