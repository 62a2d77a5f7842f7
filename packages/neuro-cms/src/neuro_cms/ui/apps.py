from django.apps import AppConfig
from django.core.checks import Tags, register


class NeuroCmsUiConfig(AppConfig):
    name = "neuro_cms.ui"
    label = "neuro_cms_ui"
    verbose_name = "Neuro design system"

    def ready(self) -> None:
        from neuro_cms.ui import checks

        register(checks.forms_use_our_templates, Tags.templates)
        register(checks.settings_are_sound, "neuro_cms_ui")
