import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A path of this website, or an address elsewhere; never a script, and never "//host", which only looks like a path.
ADDRESS = re.compile(r"(/(?![/\\])|https://)[^\s\\\x00-\x1f\x7f]*", re.ASCII)


def validate_address(value: str) -> None:
    """Accept ``/a/path/`` of this website and ``https://…``; raise ``ValidationError`` for everything else."""
    if not ADDRESS.fullmatch(value):
        raise ValidationError(
            _("Enter a path that starts with / or an address that starts with https://."), code="invalid_address"
        )
