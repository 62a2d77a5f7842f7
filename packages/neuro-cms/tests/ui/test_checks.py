from django.core import checks


def messages():
    return [message.id for message in checks.run_checks() if str(message.id).startswith("neuro_cms_ui")]


def test_project_that_draws_forms_with_our_templates_is_quiet():
    assert messages() == []


def test_project_that_keeps_djangos_form_renderer_is_warned(settings):
    settings.FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

    assert messages() == ["neuro_cms_ui.W002"]
