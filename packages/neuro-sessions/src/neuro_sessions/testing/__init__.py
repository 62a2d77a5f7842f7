from .contracts import MeetingPlaceContract, SettlementContract
from .factories import PeerSessionFactory, WindowFactory

__all__ = ["MeetingPlaceContract", "PeerSessionFactory", "SettlementContract", "WindowFactory"]
