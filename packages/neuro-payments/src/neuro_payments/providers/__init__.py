from neuro_payments import conf
from neuro_payments._conf import load_backend
from neuro_payments.providers.base import Provider, ProviderUnavailable


def get(alias: str) -> Provider:
    """The provider under an alias of ``NEURO_PAYMENTS["PROVIDERS"]``; ``ProviderUnavailable`` when it is not there."""
    configured = conf.get().providers
    if alias not in configured:
        raise ProviderUnavailable
    provider: Provider = load_backend(configured, alias)
    return provider


def is_sandbox(alias: str) -> bool:
    """Whether no real money moves there."""
    return alias in conf.get().providers and get(alias).is_sandbox
