import os

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENT = os.environ.get("ENVIRONMENT", "development")

if ENVIRONMENT == "production":
    from neuromancers.settings.production import *  # noqa: F403
elif ENVIRONMENT == "development":
    from neuromancers.settings.development import *  # noqa: F403
else:
    raise ImproperlyConfigured(f"ENVIRONMENT must be 'development' or 'production', not {ENVIRONMENT!r}.")
