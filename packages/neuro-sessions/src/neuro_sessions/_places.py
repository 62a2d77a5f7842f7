"""Time zones in words. The same file stands in accounts, payments, sessions and video."""

from django.utils import timezone
from django.utils.translation import gettext as _


def place(name: str) -> str:
    """The place that a zone is named after: ``London``, for ``America/Argentina/Buenos_Aires`` ``Buenos Aires``.

    So it stands in sentences. Where somebody chooses among places, the list also says in which country or state.
    """
    return name.rpartition("/")[2].replace("_", " ")


def zone_name(name: str = "") -> str:
    """A zone in a sentence: ``Europe/London`` is ``London time``. Without a name, the active zone."""
    return _("%(place)s time") % {"place": place(name or timezone.get_current_timezone_name())}
