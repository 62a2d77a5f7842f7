from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from tests.projects.pages import SampleForm

from neuro_cms.ui.forms import DateField, DateInput
from neuro_cms.ui.templatetags.neuro_cms_forms import first_control_id

GIVEN = {
    "name": "Sam",
    "length": "30",
    "starts_at_0": "2026-12-03",
    "starts_at_1": "09:00",
    "topic": "30",
    "agrees": "on",
    "token": "kept",
}


def described_by(control):
    return control.get("aria-describedby", "").split()


def test_blank_form_shows_no_summary_and_no_error(read):
    page = read("/pages/form/")

    assert page.select(".nm-error-summary, .nm-error, [aria-invalid]") == []
    assert page.title.string == "A form"


def test_summary_stands_before_the_fields_and_leads_to_each_faulty_control(read):
    page = read("/pages/form/", data={"note": "kept"})

    summary = page.select_one(".nm-form .nm-error-summary")
    assert summary["tabindex"] == "-1"
    assert summary.select_one("[role=alert] h2").string == "There is a problem"
    leads = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert leads == ["id_name", "id_length_0", "id_starts_at_0", "id_agrees"]
    assert all(page.find(id=lead).name == "input" for lead in leads)
    assert summary.select_one("a").string == "Name: This field is required."
    assert summary.find_next(class_="nm-field").find(id="id_name")
    assert page.title.string == "Error: A form"


def test_faulty_control_says_so_and_names_its_hint_and_its_error(read):
    page = read("/pages/form/", data={})

    name = page.find(id="id_name")
    assert name["aria-invalid"] == "true"
    assert described_by(name) == ["id_name_helptext", "id_name_error"]
    assert page.find(id="id_name_helptext").get_text(strip=True) == "The name that others see."
    assert page.find(id="id_name_error").get_text(" ", strip=True) == "Error: This field is required."
    assert "nm-field--error" in name.find_parent(class_="nm-field")["class"]


def test_every_reference_leads_to_an_element_and_every_id_is_unique(read):
    page = read("/pages/form/", data={})

    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for element in page.select("[aria-describedby]"):
        assert set(described_by(element)) <= set(ids)
    assert {label["for"] for label in page.select("label[for]")} <= set(ids)


def test_radios_and_checkboxes_are_a_fieldset_with_a_legend(read):
    page = read("/pages/form/", data={})

    group = page.find(id="id_length_0").find_parent("fieldset")
    assert group.legend.get_text(strip=True) == "Length"
    assert described_by(group) == ["id_length_error"]
    assert len(group.select(".nm-choices label > input[type=radio]")) == 2
    needs = page.find(id="id_needs_0").find_parent("fieldset")
    assert described_by(needs) == ["id_needs_helptext"]


def test_single_checkbox_has_its_words_beside_it(read):
    label = read("/pages/form/").find(id="id_agrees").find_parent("label")

    assert label["for"] == "id_agrees"
    assert label.get_text(strip=True) == "I agree to the ground rules"


def test_optional_is_said_only_beside_required_fields():
    class Filter(forms.Form):
        word = forms.CharField(required=False)

    assert "(optional)" in str(SampleForm())
    assert str(SampleForm()).count("(optional)") == 3
    assert "(optional)" not in str(Filter())


def test_typed_values_and_hidden_values_are_kept(read):
    page = read("/pages/form/", data={"name": 'A "quoted" <name>', "token": "kept", "needs": ["text"]})

    assert page.find(id="id_name")["value"] == 'A "quoted" <name>'
    assert page.find(id="id_token")["value"] == "kept"
    assert page.find(id="id_needs_1").has_attr("checked")


def test_error_of_the_whole_form_and_of_a_hidden_field_stand_in_the_summary(read):
    page = read("/pages/form/", data=GIVEN | {"note": "impossible", "token": ""})

    lines = [line.get_text(strip=True) for line in page.select(".nm-error-summary li")]
    assert lines == ["These answers do not fit together.", "(Hidden field token) This field is required."]
    assert page.select(".nm-error-summary a") == []


def test_error_text_and_plain_help_text_are_escaped():
    class Echo(forms.Form):
        choice = forms.ChoiceField(choices=[("a", "A")], help_text="<b>plain</b>")

    html = str(Echo({"choice": "<script>"}))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;plain" in html


class SecretForm(forms.Form):
    secret = forms.CharField(widget=forms.PasswordInput)


def test_password_without_an_id_has_no_button_that_would_look_for_it():
    assert 'aria-controls="id_secret"' in str(SecretForm())
    assert "<button" not in str(SecretForm(auto_id=False))


def test_form_without_ids_still_lists_its_errors():
    html = str(SampleForm({}, auto_id=False))

    assert "Name: This field is required." in html
    assert 'href="#' not in html


@pytest.mark.parametrize(
    ("field", "control"),
    [("name", "id_a-name"), ("length", "id_a-length_0"), ("needs", "id_a-needs_0"), ("starts_at", "id_a-starts_at_0")],
)
def test_first_control_of_a_field_is_found_with_a_prefix(field, control):
    assert first_control_id(SampleForm(prefix="a")[field]) == control


class NothingToChooseForm(forms.Form):
    time = forms.CharField(widget=forms.RadioSelect)


def test_a_group_without_any_control_has_an_error_that_leads_nowhere():
    assert first_control_id(NothingToChooseForm()["time"]) == ""
    page = parsed(NothingToChooseForm({}))
    assert "Time: This field is required." in page.select_one(".nm-error-summary").text
    assert not page.select(".nm-error-summary a")


class DateForm(forms.Form):
    day = DateField(label="Day of birth", widget=DateInput(birthday=True), help_text="For example 27 3 1990.")
    until = DateField(required=False)


def dates(**given: str) -> DateForm:
    return DateForm({f"day_{part}": value for part, value in given.items()})


def parsed(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_date_is_three_fields_with_labels_in_a_fieldset():
    page = parsed(DateForm(initial={"day": date(1990, 3, 27)}))

    group = page.find("fieldset")
    assert group.legend.get_text(strip=True) == "Day of birth"
    assert described_by(group) == ["id_day_helptext"]
    fields = group.select("input")
    assert [field["name"] for field in fields] == ["day_day", "day_month", "day_year"]
    assert [field["value"] for field in fields] == ["27", "3", "1990"]
    assert [field["autocomplete"] for field in fields] == ["bday-day", "bday-month", "bday-year"]
    assert {field["inputmode"] for field in fields} == {"numeric"}
    labels = [page.find("label", attrs={"for": field["id"]}).string for field in fields]
    assert labels == ["Day", "Month", "Year"]
    assert not page.select("fieldset")[1].select("[autocomplete]")


def test_three_numbers_become_a_date():
    form = dates(day=" 7", month="03 ", year="1990")

    assert form.is_valid()
    assert form.cleaned_data == {"day": date(1990, 3, 7), "until": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Add the day, the month and the year."]),
        ({"day": "7", "year": "1990"}, ["Add the month."]),
        ({"month": "7"}, ["Add the day.", "Add the year."]),
        ({"day": "32", "month": "3", "year": "1990"}, ["The day is a number from 1 to 31."]),
        ({"day": "7", "month": "March", "year": "1990"}, ["The month is a number from 1 to 12."]),
        ({"day": "7", "month": "3", "year": "90"}, ["The year has four numbers, such as 2026."]),
        (
            {"day": "30", "month": "2", "year": "2024"},
            ["February 2024 has only 29 days. Check the day and the month."],
        ),
    ],
)
def test_wrong_date_is_answered_with_what_to_change(given, said):
    form = dates(**given)

    assert form.errors["day"] == said
    page = parsed(form)
    assert [field.get("value", "") for field in page.find("fieldset").select("input")] == [
        given.get(part, "") for part in ("day", "month", "year")
    ]
    assert page.select_one(".nm-error-summary a")["href"] == "#id_day_0"
    assert page.find(id="id_day_0").name == "input"


def test_optional_date_may_be_empty_but_not_half():
    whole = {"day_day": "1", "day_month": "2", "day_year": "2000"}

    assert DateForm(whole).is_valid()
    assert DateForm({**whole, "until_day": "1", "until_month": "2"}).errors == {"until": ["Add the year."]}


def test_date_that_did_not_change_is_not_a_change():
    form = DateForm({"day_day": "27", "day_month": "03", "day_year": "1990"}, initial={"day": date(1990, 3, 27)})

    assert form.changed_data == []


class NoteForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea, max_length=200, help_text="What helps you.")
    free = forms.CharField(widget=forms.Textarea)


def test_long_text_with_a_limit_says_it_without_a_script():
    page = parsed(NoteForm())

    note, free = page.select("textarea")
    assert note["maxlength"] == "200"
    assert note["data-nm"] == "count"
    assert described_by(note) == ["id_note_helptext", "id_note_limit"]
    assert page.find(id="id_note_limit").get_text(strip=True) == "You can write up to 200 characters."
    assert note.find_next_sibling() == page.find(id="id_note_limit")
    assert not free.has_attr("data-nm")


def test_long_text_without_ids_names_none():
    page = parsed(NoteForm(auto_id=False))

    assert page.select("[id], [aria-describedby]") == []
    assert page.select_one("textarea[data-nm=count] + p")


def test_too_long_text_is_joined_to_its_error_and_its_limit():
    note = parsed(NoteForm({"note": "a" * 201, "free": "b"})).find(id="id_note")

    assert described_by(note) == ["id_note_helptext", "id_note_error", "id_note_limit"]
    assert note["aria-invalid"] == "true"
