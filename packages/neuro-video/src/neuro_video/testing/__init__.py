from neuro_video.testing.contract import ProviderContract

__all__ = ["ProviderContract"]
