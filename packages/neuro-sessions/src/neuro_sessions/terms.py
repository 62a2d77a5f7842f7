"""A host's ground rules. Every text that people were asked to accept stays readable under its version."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from .models import HostTerms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def current(host: "AbstractBaseUser") -> HostTerms | None:
    """What people are asked to accept now. None: this host has no ground rules."""
    latest = _latest(host)
    return latest if latest and latest.text else None


def publish(host: "AbstractBaseUser", *, text: str, now: datetime) -> HostTerms | None:
    """From now on people are asked to accept this text; an empty one means no rules. None: there never were any.

    The same text again is the same version.
    """
    text = text.replace("\r\n", "\n").strip()
    while True:
        latest = _latest(host)
        if text == (latest.text if latest else ""):
            return latest
        version = latest.version + 1 if latest else 1
        try:
            with transaction.atomic():
                return HostTerms.objects.create(host_id=host.pk, version=version, text=text, created_at=now)
        except IntegrityError:
            # A second click was faster: what it wrote is looked at first.
            if not HostTerms.objects.filter(host_id=host.pk, version=version).exists():
                raise


def _latest(host: "AbstractBaseUser") -> HostTerms | None:
    return HostTerms.objects.filter(host_id=host.pk).order_by("-version").first()
