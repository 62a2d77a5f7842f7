import re
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.template import engines
from django_components import all_registries

ROOT = Path(settings.BASE_DIR).parent
CLASS = re.compile(r"(?<![\w-])nm-[a-z]+(?:(?:-{1,2}|__)[a-z]+)*")
# Names with the same prefix that are no classes.
NO_CLASSES = re.compile(r"--nm-[\w-]+|nm_\w+")


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


def test_component_names_collide_with_no_other_tag():
    """Registering a component named like a tag would silently replace that tag everywhere."""
    ours = {library: list(registry.all()) for registry in all_registries() for library in [registry.library]}
    names = Counter(name for components in ours.values() for name in components)
    assert [name for name, times in names.items() if times > 1] == []
    engine = engines["django"].engine
    libraries = [*engine.template_builtins, *(load(path) for path in engine.libraries.values())]
    others = {tag for library in libraries if library not in ours for tag in library.tags}
    assert names.keys() & others == set()


def load(path: str) -> object:
    from django.template.library import import_library

    return import_library(path)
