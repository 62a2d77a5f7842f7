import logging
from collections.abc import Iterator
from contextlib import contextmanager

from neuro_video import conf
from neuro_video._conf import load_backend
from neuro_video.providers.base import ProviderError, VideoProvider

logger = logging.getLogger(__name__)


def provider_of(alias: str) -> VideoProvider:
    """The provider under an alias of ``NEURO_VIDEO["PROVIDERS"]``. Raises ``ProviderError`` for an unknown alias."""
    providers = conf.get().providers
    if alias not in providers:
        raise ProviderError("unknown_provider", retryable=False)
    provider: VideoProvider = load_backend(providers, alias)
    return provider


@contextmanager
def asking(alias: str, *, about: object) -> Iterator[VideoProvider]:
    """The provider under an alias, to be asked something about a room.

    Whatever it raises arrives as ``ProviderError`` and is logged: a faulty provider stops nobody else.
    """
    try:
        yield provider_of(alias)
    except ProviderError as error:
        logger.warning("Provider %s failed for room %s: %s", alias, about, error.code)
        raise
    except Exception as error:
        logger.exception("Provider %s is faulty, room %s", alias, about)
        raise ProviderError("unexpected") from error
