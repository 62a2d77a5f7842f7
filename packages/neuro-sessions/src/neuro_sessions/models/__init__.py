from .abstract import AbstractAvailability, AbstractSession, AbstractSessionRequest, AbstractSessionReview
from .booking import Booking, BookingEvent, Review, ScheduledSession
from .host_time import HostCalendar, HostTime
from .listing import PeerSession, PeerSessionAvailability

__all__ = [
    "AbstractAvailability",
    "AbstractSession",
    "AbstractSessionRequest",
    "AbstractSessionReview",
    "Booking",
    "BookingEvent",
    "HostCalendar",
    "HostTime",
    "PeerSession",
    "PeerSessionAvailability",
    "Review",
    "ScheduledSession",
]
