from neuro_accounts.forms.display import DisplayForm
from neuro_accounts.forms.hosting import ApplicationForm, DecisionForm
from neuro_accounts.forms.profile import ProfileForm, TimeZoneForm

__all__ = ["ApplicationForm", "DecisionForm", "DisplayForm", "ProfileForm", "TimeZoneForm"]
