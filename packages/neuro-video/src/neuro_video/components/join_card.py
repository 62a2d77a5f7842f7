from datetime import datetime
from typing import Any

from django.template import Context
from django_components import Component


class JoinCard(Component):
    """The door to a meeting: says when it opens, and inside the window has the button to join.

    ``url`` is an address of the host project that answers POST by a redirect to ``rooms.join(…).url``.
    """

    template_file = "neuro_video/components/join_card.html"

    class Kwargs:
        url: str
        opens_at: datetime
        is_open: bool

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, object]:
        return {"url": kwargs.url, "opens_at": kwargs.opens_at, "is_open": kwargs.is_open}
