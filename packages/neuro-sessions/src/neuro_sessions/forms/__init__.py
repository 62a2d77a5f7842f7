from .booking import AskForm, DeclineForm, ReviewForm
from .listing import PeerSessionForm, WindowForm

__all__ = ["AskForm", "DeclineForm", "PeerSessionForm", "ReviewForm", "WindowForm"]
