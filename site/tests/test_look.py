import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.template.library import import_library

ROOT = Path(settings.BASE_DIR).parent
CLASS = re.compile(r"(?<![\w-])nm-[a-z]+(?:(?:-{1,2}|__)[a-z]+)*")
# Names with the same prefix that are no classes.
NO_CLASSES = re.compile(r"--nm-[\w-]+|nm_\w+")
# The templates of Wagtail's admin alone load it, after ours, and mean their own tags.
ADMIN_TAGS = "wagtail.admin.templatetags.wagtailadmin_tags"


def classes_in(*patterns: str) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        for path in ROOT.glob(pattern):
            found |= set(CLASS.findall(NO_CLASSES.sub("", path.read_text(encoding="utf-8"))))
    return found


USED = classes_in("packages/*/src/**/*.html", "packages/*/src/**/*.py", "packages/*/src/**/*.js", "site/src/**/*.html")
STYLED = set(re.findall(r"\.(nm-[a-z_-]+)", (ROOT / "site/assets/css/styles.css").read_text(encoding="utf-8")))


def test_every_class_that_a_template_uses_is_in_the_stylesheet():
    assert not USED - STYLED


def test_every_class_of_the_stylesheet_is_used_or_documented():
    documented = classes_in("packages/neuro-cms/README.md")
    assert not STYLED - USED - documented


@pytest.mark.parametrize("kind", ["tags", "filters"])
def test_no_name_of_ours_is_the_name_of_another_tag_or_filter(kind):
    """A library silently replaces the names of earlier ones, and every template has ours. A component is a tag too."""
    engine = engines["django"].engine
    ours = {path: import_library(path) for path in settings.TEMPLATES[0]["OPTIONS"]["builtins"]}
    names = Counter(name for library in ours.values() for name in getattr(library, kind))
    assert [name for name, times in names.items() if times > 1] == []
    installed = [*engine.default_builtins, *engine.libraries.values()]
    others = {path: import_library(path) for path in installed if path not in {*ours, ADMIN_TAGS}}
    shared = {path: names.keys() & getattr(library, kind) for path, library in others.items()}
    assert {path: found for path, found in shared.items() if found} == {}


@pytest.mark.feature("C4")
def test_stylesheet_finds_its_fonts_under_the_names_that_production_gives_them(settings, tmp_path):
    settings.STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [ROOT / "site/assets", ROOT / "packages/neuro-cms/src/neuro_cms/ui/static"]
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)

    (stylesheet,) = tmp_path.glob("css/styles.????????????.css")
    fonts = re.findall(r'url\("?([^")]+)"?\)', stylesheet.read_text())
    assert len(fonts) == 5
    assert [font for font in fonts if not re.search(r"\.[0-9a-f]{12}\.woff2$", font)] == []
    assert [font for font in fonts if not (stylesheet.parent / font).is_file()] == []
