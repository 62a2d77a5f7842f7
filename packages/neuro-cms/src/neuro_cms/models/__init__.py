from neuro_cms.models.crisis_service import CrisisService
from neuro_cms.models.home_page import HomePage

__all__ = ["CrisisService", "HomePage"]
