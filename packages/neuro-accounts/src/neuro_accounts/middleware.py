from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from neuro_accounts import zones
from neuro_accounts.profiles import chosen_time_zone


class TimeZoneMiddleware:
    """Shows times in the person's zone: from the profile, else the cookie, else the site's. After authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_for(request)):
            return self.get_response(request)


def zone_for(request: HttpRequest) -> ZoneInfo:
    """The zone in which this request's times are shown."""
    chosen = chosen_time_zone(request.user) if request.user.is_authenticated else None
    return chosen or zones.find(request.COOKIES.get(zones.COOKIE, "")) or zones.default()
