from django.contrib import messages
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from neuro_video import rooms
from neuro_video.providers.base import Participant


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Any model can have a room: here an auth group that meets."""
    meeting = get_object_or_404(Group, pk=pk)
    if request.method == "POST":
        return enter(request, meeting)
    now = timezone.now()
    room = rooms.room_of("auth.group", str(meeting.pk))
    door = {"opens_at": rooms.opens_at(room), "is_open": rooms.is_open(room, now=now)} if room else None
    return render(request, "group.html", {"meeting": meeting, "door": door})


def enter(request: HttpRequest, meeting: Group) -> HttpResponse:
    who = Participant(role="guest", external_id="g-1", display_name="Sam", back_path=request.path)
    try:
        join = rooms.join("auth.group", str(meeting.pk), participant=who, now=timezone.now())
    except rooms.Refusal as refusal:
        messages.info(request, refusal.sentence)
        return redirect(request.path)
    return redirect(join.url)
