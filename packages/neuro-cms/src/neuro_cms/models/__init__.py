from neuro_cms.models.home_page import HomePage

__all__ = ["HomePage"]
