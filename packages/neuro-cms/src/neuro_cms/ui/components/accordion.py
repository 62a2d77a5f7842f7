from typing import Any

from django.template import Context
from django_components import Component


class Accordion(Component):
    """A native ``<details>``: the summary ("Show more" unless given) is always seen, the slot opens below it."""

    template_file = "neuro_cms/ui/components/accordion.html"

    class Kwargs:
        summary: str = ""
        open: bool = False

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        return {"summary": kwargs.summary, "open": kwargs.open}
