from typing import Any

from django.template import Context
from django_components import Component

from ..models import PeerSession


class SessionItem(Component):
    """A listing as it stands in lists. Lists include its template directly, which is quicker."""

    template_file = "neuro_sessions/components/session_item.html"

    class Kwargs:
        session: PeerSession

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        return {"listing": kwargs.session}
