"""A whole project that looks different: these settings, ``themed.scss`` and one template of its own."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
DEBUG = True
SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "neuro_cms.ui.styleguide.urls"

INSTALLED_APPS = [
    "neuro_cms.ui",
    "neuro_cms.ui.styleguide",
    "django_components",
    "django.contrib.staticfiles",
    "django.forms",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
                "django_components.template_loader.Loader",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COMPONENTS = {"dirs": [], "app_dirs": ["components"], "extensions": ["neuro_cms.ui.djc.NoManagerScript"]}

# The compiled stylesheet goes to BUILD/neuro_cms/css/neuro.css, so it takes the place of ours.
STATICFILES_DIRS = [os.environ["BUILD"]]
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("STATIC_ROOT")
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# What themed.scss changes, so that `manage.py check` computes whether it can be read.
NEURO_CMS_UI = {
    "COLOURS": {
        "light": {"brand": "#0b3d5c", "brand-strong": "#072a40", "on-brand": "#ffffff"},
        "dark": {"brand": "#9fd0ee", "brand-strong": "#c5e4f7", "on-brand": "#07202f"},
        "calm": {"brand": "#0b3d5c", "brand-strong": "#072a40", "on-brand": "#ffffff"},
        "calm-dark": {"brand": "#9fd0ee", "brand-strong": "#c5e4f7", "on-brand": "#07202f"},
    }
}
