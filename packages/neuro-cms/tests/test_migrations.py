import re
from pathlib import Path

import pytest
from django.core.management import call_command

import neuro_cms

FIRST = Path(neuro_cms.__file__).parent / "migrations" / "0001_initial.py"


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration():
    call_command("makemigrations", "neuro_cms", "neuro_cms_ui", check=True, dry_run=True)


def test_migration_runs_on_the_oldest_wagtail():
    text = FIRST.read_text()

    assert re.findall(r"'wagtailcore', '(\d+)", text) == ["0097"]
    assert "WAGTAIL_PAGE_MODEL" not in text


def test_migration_does_not_record_the_blocks():
    assert "neuro_cms.body.BodyField(blank=True, verbose_name='body')" in FIRST.read_text()
