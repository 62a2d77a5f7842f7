from django.template import Library

from neuro_cms.ui import conf

register = Library()


@register.simple_tag
def exit_address() -> str:
    """Where “Exit this page” leads, for pages that are rendered without a context."""
    return conf.get().exit_url
