import zoneinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from neuro_accounts import conf
from neuro_accounts._places import place

type Choices = list[tuple[str, list[tuple[str, str]]]]

COOKIE = "nm_tz"


def find(name: str) -> ZoneInfo | None:
    """The zone with this IANA name, old names like ``Asia/Calcutta`` included. None: there is no such zone."""
    return ZoneInfo(name) if name in _known() else None


def default() -> ZoneInfo:
    """The zone for everybody who has not chosen one."""
    return ZoneInfo(conf.get().default_time_zone)


def label(name: str) -> str:
    """A zone in a list to choose from: its place, and what that lies in where the name says so.

    ``London``, ``Buenos Aires (Argentina)``. The list itself is grouped by region.
    """
    within = name.split("/")[1:-1]
    return f"{place(name)} ({place(within[0])})" if within else place(name)


def choices(including: str = "") -> Choices:
    """Zones to offer, grouped by region. A known zone that is not on offer is added when it is the one in use."""
    offered = _offered()
    names = {name for _region, group in offered for name, _label in group}
    if including in names or find(including) is None:
        return list(offered)
    return [(str(_("In use now")), [(including, label(including))]), *offered]


@cache
def _known() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@cache
def _offered() -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """The zones of ``zone.tab``: one name for each place, without old names and abbreviations."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            name = line.split("\t")[2]
            groups.setdefault(name.split("/")[0], []).append((name, label(name)))
    by_label = {region: sorted(group, key=lambda entry: entry[1]) for region, group in groups.items()}
    return (*sorted(by_label.items()), ("UTC", [("UTC", "UTC")]))
