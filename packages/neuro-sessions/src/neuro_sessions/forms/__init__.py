from .booking import AskForm, DeclineForm, ReviewForm
from .listing import PeerSessionForm

__all__ = ["AskForm", "DeclineForm", "PeerSessionForm", "ReviewForm"]
