from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from neuro_accounts import preferences, profiles, zones


class PreferencesMiddleware:
    """Shows times as the person reads them: in their zone and on their clock. After authentication.

    For members both come from the account, for guests from cookies; else they are the site's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            profiles.load(request.user)
        choices = preferences.chosen(request.user, request.COOKIES)
        with timezone.override(zone_for(request)), preferences.clock_of(choices):
            return self.get_response(request)


def zone_for(request: HttpRequest) -> ZoneInfo:
    """The zone in which this request's times are shown. A member who has chosen none keeps the guest's."""
    chosen = profiles.chosen_time_zone(request.user) if request.user.is_authenticated else None
    return chosen or zones.find(request.COOKIES.get(zones.COOKIE, "")) or zones.default()
