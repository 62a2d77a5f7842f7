from typing import Any

from django.template import Library

from neuro_cms.crisis import first_numbers

register = Library()


@register.inclusion_tag("neuro_cms/crisis_line.html")
def crisis_line() -> dict[str, Any]:
    """“This is not a crisis service”, the first numbers of the site's country, and where the others are."""
    return {"numbers": first_numbers()}
