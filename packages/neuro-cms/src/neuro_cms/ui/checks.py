from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks

RENDERER = "django.forms.renderers.TemplatesSetting"


def forms_use_our_templates(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """W002 when ``{{ form }}`` would not find this app's form templates."""
    names = [config.name for config in apps.get_app_configs()]
    in_order = "django.forms" in names and names.index("neuro_cms.ui") < names.index("django.forms")
    if in_order and RENDERER == settings.FORM_RENDERER:
        return []
    return [
        checks.Warning(
            "Forms are not drawn with the templates of neuro_cms.ui.",
            hint=f"Set FORM_RENDERER = {RENDERER!r} and list 'django.forms' after 'neuro_cms.ui' in INSTALLED_APPS.",
            id="neuro_cms_ui.W002",
        )
    ]
