from typing import Any

from django.template import Context
from django_components import Component


class Hero(Component):
    """A large heading, one sentence and one button. ``level`` is the heading's level: 1 or 2."""

    template_file = "neuro_cms/ui/components/hero.html"

    class Kwargs:
        heading: str
        subheading: str = ""
        button_text: str = ""
        button_link: str = ""
        level: int = 1

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        return {"hero": kwargs}
