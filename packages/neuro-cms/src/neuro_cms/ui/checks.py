from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.urls import NoReverseMatch

from neuro_cms.ui import colours, conf

COLOURS = f"Themes: {', '.join(colours.THEMES)}. A colour has the form '#0b3d5c'."
RENDERER = "django.forms.renderers.TemplatesSetting"


def forms_use_our_templates(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """W002 when ``{{ form }}`` would not find this app's form templates."""
    names = [config.name for config in apps.get_app_configs()]
    in_order = "django.forms" in names and names.index("neuro_cms.ui") < names.index("django.forms")
    if in_order and RENDERER == settings.FORM_RENDERER:
        return []
    return [
        checks.Warning(
            "Forms are not drawn with the templates of neuro_cms.ui.",
            hint=f"Set FORM_RENDERER = {RENDERER!r} and list 'django.forms' after 'neuro_cms.ui' in INSTALLED_APPS.",
            id="neuro_cms_ui.W002",
        )
    ]


def settings_are_sound(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """E001 to E003 as in every package; E004 when “Exit this page” leads nowhere; E005 for an unknown route.

    Of the project's colours: E006 for what there is not, E007 when one cannot be read, W001 when it is hard to read.
    """
    found = conf.get.check("neuro_cms_ui")
    wanted = conf.get()
    return found or [*_check_exit(wanted.exit_url), *_check_routes(), *_check_colours(wanted.colours)]


def _check_exit(url: str) -> list[checks.CheckMessage]:
    if not url or url.startswith("https://"):
        return []
    message = f"NEURO_CMS_UI['EXIT_URL'] must start with https://: {url!r}."
    return [checks.Error(message, hint="For example 'https://www.example.org/weather'.", id="neuro_cms_ui.E004")]


def _check_routes() -> list[checks.CheckMessage]:
    found: list[checks.CheckMessage] = []
    for key in ("HELP_URL", "ACCOUNT_URL"):
        try:
            conf.address(getattr(conf.get(), key.lower()))
        except NoReverseMatch as error:
            found.append(checks.Error(f"NEURO_CMS_UI[{key!r}]: {error}", id="neuro_cms_ui.E005"))
    return found


def _check_colours(given: dict[str, dict[str, str]]) -> list[checks.CheckMessage]:
    if unknown := colours.unknown(given):
        said = [f"NEURO_CMS_UI['COLOURS']: {sentence}" for sentence in unknown]
        return [checks.Error(one, hint=COLOURS, id="neuro_cms_ui.E006") for one in said]
    return [_too_close(fault) for theme, changed in given.items() for fault in colours.faults(theme, changed)]


def _too_close(fault: colours.Fault) -> checks.CheckMessage:
    pair = fault.pair
    level, name = (checks.Error, "E007") if fault.ratio < pair.least else (checks.Warning, "W001")
    return level(
        f"The contrast of {pair.front} on {pair.ground} is {fault.ratio:.2f} to 1 in the look {fault.look!r}.",
        hint=f"Change one of the two: it should be {pair.wanted:g} to 1.",
        id=f"neuro_cms_ui.{name}",
    )
