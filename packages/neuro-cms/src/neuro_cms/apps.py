from django.apps import AppConfig


class NeuroCmsConfig(AppConfig):
    name = "neuro_cms"
    label = "neuro_cms"
    verbose_name = "Website"
    default_auto_field = "django.db.models.BigAutoField"
