from django.template import engines


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


def test_component_names_are_no_tags_of_another_library():
    libraries = dict(engines["django"].engine.template_libraries)
    own = libraries.pop("neuro_cms_ui")

    assert own.tags.keys() == {"accordion", "hero"}
    assert [name for name, library in libraries.items() if own.tags.keys() & library.tags.keys()] == []
