"""The development site with its error pages at addresses, and a video service on an origin that the run gives it."""

import os

from neuromancers.settings.development import *  # noqa: F403
from tests.framed import providers

NEURO_VIDEO = {"PROVIDERS": providers(os.environ["E2E_FRAME_ORIGIN"])}
ROOT_URLCONF = "e2e.urls"
