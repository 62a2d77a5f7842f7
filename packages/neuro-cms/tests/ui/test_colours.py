import pytest

from neuro_cms.ui import colours

LOOKS = {look: found for theme in colours.THEMES for look, found in colours.looks(theme, {}).items()}


def test_contrast_of_black_and_white_is_21():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_four_themes_and_the_light_one_with_four_tints():
    assert list(LOOKS) == [
        "light",
        *(f"light, {tint}" for tint in ("cream", "mint", "sky", "rose")),
        *("dark", "calm", "calm-dark"),
    ]
    assert {len(found) for found in LOOKS.values()} == {len(LOOKS["light"])}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("pair", colours.PAIRS, ids=lambda pair: f"{pair.front}-{pair.ground}")
def test_text_has_contrast_7_and_a_line_contrast_3(look, pair):
    ratio = colours.contrast(LOOKS[look][pair.front], LOOKS[look][pair.ground])

    assert pair.wanted == (3 if pair.front in ("line", "focus") else 7)
    assert ratio >= pair.wanted


@pytest.mark.parametrize("text", ["ink", "ink-soft", "brand", "danger"])
def test_text_is_measured_on_each_ground(text):
    assert {pair.ground for pair in colours.PAIRS if pair.front == text} >= {"paper", "surface", "sunk"}


def test_changed_colour_is_measured_on_every_tint_too():
    (fault,) = [one for one in colours.faults("light", {"ink-soft": "#57504f"}) if one.pair.ground == "paper"]

    assert fault.look == "light, sky"
    assert 4.5 < fault.ratio < 7


def test_unchanged_colours_are_not_measured():
    assert colours.faults("dark", {}) == []
