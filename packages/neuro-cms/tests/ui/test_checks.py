import pytest
from django.core import checks


def messages():
    return [message.id for message in checks.run_checks() if str(message.id).startswith("neuro_cms_ui")]


def test_project_that_draws_forms_with_our_templates_is_quiet():
    assert messages() == []


def test_project_that_keeps_djangos_form_renderer_is_warned(settings):
    settings.FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

    assert messages() == ["neuro_cms_ui.W002"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"EXIT_ULR": "https://example.org/"}, "neuro_cms_ui.E001"),
        ({"EXIT_URL": None}, "neuro_cms_ui.E002"),
        ({"EXIT_URL": "javascript:alert(1)"}, "neuro_cms_ui.E004"),
        ({"HELP_URL": "no_such:route"}, "neuro_cms_ui.E005"),
        ({"ACCOUNT_URL": "no_such_route"}, "neuro_cms_ui.E005"),
        ({"COLOURS": {"night": {}}}, "neuro_cms_ui.E006"),
        ({"COLOURS": {"dark": {"bark": "#ffffff"}}}, "neuro_cms_ui.E006"),
        ({"COLOURS": {"dark": {"brand": "white"}}}, "neuro_cms_ui.E006"),
        ({"COLOURS": {"dark": "#ffffff"}}, "neuro_cms_ui.E006"),
    ],
)
def test_wrong_setting_is_named(settings, given, named):
    settings.NEURO_CMS_UI = given

    assert messages() == [named]


@pytest.mark.parametrize(
    ("colours", "named"),
    [
        ({"light": {"ink": "#241c2e"}}, set()),
        ({"light": {"success": "#2a6b41"}}, {"neuro_cms_ui.W001"}),
        ({"light": {"success": "#7ab08d"}}, {"neuro_cms_ui.E007"}),
        ({"dark": {"line": "#4a4452"}}, {"neuro_cms_ui.E007"}),
    ],
)
def test_colour_of_the_project_that_is_hard_to_read_is_named(settings, colours, named):
    settings.NEURO_CMS_UI = {"COLOURS": colours}

    assert set(messages()) == named


def test_check_of_a_colour_says_how_far_it_is_off(settings):
    settings.NEURO_CMS_UI = {"COLOURS": {"light": {"ink-soft": "#57504f"}}}

    said = [found for found in checks.run_checks() if found.id == "neuro_cms_ui.W001"]
    assert said[0].msg.startswith("The contrast of ink-soft on paper is 6.")
    assert said[0].hint == "Change one of the two: it should be 7 to 1."
