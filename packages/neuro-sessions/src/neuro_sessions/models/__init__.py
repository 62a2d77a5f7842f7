from .abstract import AbstractAvailability, AbstractSession, AbstractSessionRequest, AbstractSessionReview
from .booking import Booking, BookingDraft, BookingEvent, Review, ScheduledSession
from .host_time import DateOverride, HostCalendar, HostTerms, HostTime
from .listing import (
    PeerSession,
    PeerSessionAvailability,
    PeerSessionGroupObjectPermission,
    PeerSessionUserObjectPermission,
)

__all__ = [
    "AbstractAvailability",
    "AbstractSession",
    "AbstractSessionRequest",
    "AbstractSessionReview",
    "Booking",
    "BookingDraft",
    "BookingEvent",
    "DateOverride",
    "HostCalendar",
    "HostTerms",
    "HostTime",
    "PeerSession",
    "PeerSessionAvailability",
    "PeerSessionGroupObjectPermission",
    "PeerSessionUserObjectPermission",
    "Review",
    "ScheduledSession",
]
