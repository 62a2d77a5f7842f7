from neuro_accounts.models.delivery import Channel, Delivery
from neuro_accounts.models.display_preferences import DisplayPreferences
from neuro_accounts.models.group import UserGroup
from neuro_accounts.models.host_application import HostApplication
from neuro_accounts.models.profile import Profile
from neuro_accounts.models.terms import TermsAcceptance
from neuro_accounts.models.user import User

__all__ = [
    "Channel",
    "Delivery",
    "DisplayPreferences",
    "HostApplication",
    "Profile",
    "TermsAcceptance",
    "User",
    "UserGroup",
]
