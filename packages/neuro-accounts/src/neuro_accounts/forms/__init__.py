from neuro_accounts.forms.hosting import ApplicationForm, DecisionForm
from neuro_accounts.forms.profile import ProfileForm, TimeZoneForm

__all__ = ["ApplicationForm", "DecisionForm", "ProfileForm", "TimeZoneForm"]
