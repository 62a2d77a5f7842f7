from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    name = "neuro_cms.ui.styleguide"
    label = "neuro_cms_styleguide"
    verbose_name = "Neuro style page"
