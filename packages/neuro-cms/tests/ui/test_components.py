import pytest
from django.template import TemplateSyntaxError, engines

from neuro_cms.ui import icons


def test_hero_is_one_heading_one_sentence_and_one_button(read):
    first, second = read("/pages/components/").select(".nm-hero")

    assert first.h1.string == "Talk <now>"
    assert [p.string for p in first.find_all("p")] == ["One sentence."]
    assert first.select_one("a.nm-button")["href"] == "/sessions/"
    assert second.h2.string == "Again"
    assert second.select("p, a, .nm-actions") == []


def test_accordion_is_native_details(read):
    closed, opened = read("/pages/components/").select("details.nm-accordion")

    assert closed.summary.get_text(strip=True) == "What happens?"
    assert closed.p.string == "A quiet talk."
    assert not closed.has_attr("open")
    assert opened.has_attr("open")


def test_components_bring_no_script_and_no_placeholder(client):
    html = client.get("/pages/components/").content.decode()

    assert "django_components" not in html
    assert "_PLACEHOLDER" not in html
    assert html.count("<script") == 1


def rendered(source: str) -> str:
    return engines["django"].from_string("{% load neuro_cms_ui %}" + source).render()


@pytest.mark.feature("C4")
def test_icon_is_a_picture_of_the_sprite_that_screen_readers_pass_over():
    assert rendered('{% icon "clock" %}') == (
        '<svg class="nm-icon" aria-hidden="true" width="24" height="24">'
        '<use href="/static/neuro_cms/icons.svg#clock"></use></svg>'
    )


@pytest.mark.parametrize("tag", ['{% icon "no-such-icon" %}', "{% icon clock %}", "{% icon %}", '{% icon "a" "b" %}'])
def test_icon_that_the_sprite_lacks_is_refused_when_the_template_is_read(tag):
    with pytest.raises(TemplateSyntaxError):
        rendered("{% if False %}" + tag + "{% endif %}")


def test_sprite_of_the_host_takes_the_place_of_ours(settings, tmp_path):
    (tmp_path / "neuro_cms").mkdir()
    (tmp_path / icons.SPRITE).write_text('<svg xmlns="http://www.w3.org/2000/svg"><symbol id="own"/></svg>')
    assert "own" not in icons.names()

    settings.STATICFILES_DIRS = [tmp_path]

    assert icons.names() == ["own"]
    assert "#own" in rendered('{% icon "own" %}')


def test_component_names_are_no_tags_of_another_library():
    libraries = dict(engines["django"].engine.template_libraries)
    own = libraries.pop("neuro_cms_ui")
    # The templates of Wagtail's admin load it themselves and mean their own icons.
    del libraries["wagtailadmin_tags"]

    assert own.tags.keys() == {"accordion", "hero", "icon"}
    assert [name for name, library in libraries.items() if own.tags.keys() & library.tags.keys()] == []
