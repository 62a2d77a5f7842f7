from neuro_video.models.room import MeetingRoom, MeetingRoomQuerySet

__all__ = ["MeetingRoom", "MeetingRoomQuerySet"]
