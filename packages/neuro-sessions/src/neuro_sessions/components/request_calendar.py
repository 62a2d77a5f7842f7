from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.template import Context
from django.utils import timezone
from django_components import Component

from ..availability import Slot
from ..slot_picker import LIST, pick


class RequestCalendar(Component):
    """Free times to choose from, as a list of days or as a calendar. Pages include its template directly.

    ``available_slots`` are free slots of one length, in order; ``durations`` the lengths on offer, in minutes. The
    chosen time goes to ``action`` by GET, as ``start`` and ``minutes``. With ``host_zone`` and ``host_name`` each
    time is also written on the host's clock. What was chosen so far is in the query of the page.
    """

    template_file = "neuro_sessions/components/request_calendar.html"

    class Kwargs:
        available_slots: list[Slot]
        durations: list[int]
        action: str = ""
        host_name: str = ""
        host_zone: ZoneInfo | None = None
        view: str = LIST

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        picker = pick(
            kwargs.available_slots,
            durations=kwargs.durations,
            query=self.request.GET if self.request else QueryDict(),
            now=timezone.now(),
            prefers=kwargs.view,
            host_zone=kwargs.host_zone,
        )
        return {"picker": picker, "action": kwargs.action, "host_name": kwargs.host_name}
