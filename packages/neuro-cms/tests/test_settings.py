import pytest
from django.core.checks import run_checks

from neuro_cms.conf import get


def found() -> list[str]:
    return [str(message.id) for message in run_checks() if str(message.id).startswith("neuro_cms.")]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"CRISIS_CONTRY": "GB"}, "neuro_cms.E001"),
        ({"SUPPORT_ANSWERS_WITHIN_DAYS": "3"}, "neuro_cms.E002"),
        ({"SUPPORT_EMAIL": "help@example.org", "CRISIS_COUNTRY": "UK"}, "neuro_cms.E004"),
        ({}, "neuro_cms.W001"),
    ],
)
def test_wrong_setting_is_named_by_the_system_check(settings, given, named):
    settings.NEURO_CMS = given

    assert found() == [named]


def test_settings_are_read_when_they_are_used(settings):
    assert found() == []
    settings.NEURO_CMS = {"CRISIS_COUNTRY": "IE"}
    assert get().crisis_country == "IE"
