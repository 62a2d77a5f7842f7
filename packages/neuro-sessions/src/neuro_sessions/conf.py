from dataclasses import dataclass

from ._conf import DottedPath, PackageSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``NEURO_SESSIONS = {…}``: every key, in upper case, with its default."""

    settlement: DottedPath = DottedPath("neuro_sessions.settlement.SettledOutside")
    """How a booking is paid for: a class with the shape of ``neuro_sessions.settlement.Settlement``."""
    meeting_place: DottedPath = DottedPath("neuro_sessions.meeting_place.TypedLink")
    """Where people meet: a class with the shape of ``neuro_sessions.meeting_place.MeetingPlace``."""
    cancellation_policy: DottedPath = DottedPath("neuro_sessions.policies.TieredCancellation")
    """What is given back when somebody cancels: a class with ``neuro_sessions.policies.CancellationPolicy`` as base."""
    notice_minutes: int = 120
    """The shortest time between asking and the start, where a host has no rule of their own."""
    horizon_days: int = 60
    """How far ahead times are offered, where a host has no rule of their own."""
    slot_interval_minutes: int = 15
    """Distance between the starts inside a window, where a host has no rule of their own."""
    hold_minutes: int = 15
    """How long a chosen time is kept while somebody fills in a request; extending keeps it as long again."""
    longest_hold_minutes: int = 240
    """How long a time can be kept in this way at most, all extensions together."""
    draft_days: int = 30
    """How long the answers of a request that was not sent are kept."""
    answer_within_hours: int = 72
    """A request that the host leaves unanswered ends after this time, at the latest when it would start."""
    pay_within_hours: int = 24
    """An approved booking that is not paid ends after this time, at the latest when it would start."""
    opens_before_minutes: int = 15
    """How long before the start a typed meeting link is shown."""
    closes_after_minutes: int = 30
    """How long after the end a typed meeting link is still shown."""
    currencies: tuple[str, ...] = ("gbp", "eur", "usd")
    """ISO 4217 codes, lower case, that hosts may choose from; the first is the default."""
    seeker_group: str = "Support Seeker"
    """Name of the group whose members may ask for published sessions; empty: nobody is granted that by row."""
    become_host_url: str = ""
    """Name of the address where a member can ask to become a host; empty: members who are no hosts get a 403."""
    page_size: int = 12


get = PackageSettings("NEURO_SESSIONS", Settings)
