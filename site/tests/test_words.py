"""The words of the interface, in every text that is marked for translation: short, calm, without shouting or blame."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.utils.translation.template import templatize

from tests.sources import files, named

MOST_WORDS = 20
# Names and abbreviations that people know better than what they stand for.
KNOWN_CAPITALS = {"ADHD", "AM", "CSV", "GB", "HTML", "ID", "PDF", "PM", "UK", "URL", "UTC"}
BANNED = {
    "an order to click": r"\bclick\b",
    "a button that does not say its result": r"\bsubmit\b",
    "blame": r"\b(?:invalid|illegal|incorrect|forbidden|you failed|wrong (?:password|code|date|time|value))\b",
    "a reproach": r"\byou (?:have not|haven['’]t|did not|didn['’]t|still need)\b",
    "hurry": r"\b(?:hurry|last chance|only \S+ left|don['’]t miss|act now|limited|running out)\b",
    "a game": r"\b(?:streak|badge|level up|score|congratulations|well done)\b",
    "belittling": r"\b(?:simply|obviously|of course|easy|easily)\b",
    "an idiom": r"\b(?:oops|whoops|uh-oh|nutshell|touch base|on board|heads-?up|at a glance|up and running|all set)\b",
    "an abbreviation": r"\b(?:e\.g\.|i\.e\.|etc\.|asap|tbc|tba|n/a|conc\.|approx\.|info|faqs?|appt)(?:\b|(?<=\.))",
    "a double negative": r"\b(?:not un\w+able|cannot not|not without|never not|not impossible)\b",
}
LITERAL = r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATES = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{LITERAL}(?:,\s*{LITERAL})?")
IN_CODE = {
    f"{kind}{lazy}": names
    for kind, names in {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3, "gettext_noop": 1}.items()
    for lazy in ("", "_lazy")
} | {"_": 1}


def texts_of_template(source: str) -> Iterator[str]:
    """As ``makemessages`` finds them: by Django's own rewriting of a template into calls of gettext."""
    for found in IN_TEMPLATES.finditer(templatize(source)):
        yield from (ast.literal_eval(literal) for literal in found.groups() if literal)


def texts_of_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in IN_CODE:
            given = [argument.value for argument in node.args[: IN_CODE[name]] if isinstance(argument, ast.Constant)]
            yield from given[1:] if "pgettext" in name else given


def all_texts() -> list[tuple[str, str]]:
    """Each text with the file that it is in."""
    found = [
        (named(path), text) for path in files(".html", ".txt") for text in texts_of_template(path.read_text("utf-8"))
    ]
    return found + [(named(path), text) for path in files(".py") for text in texts_of_code(path.read_text("utf-8"))]


TEXTS = all_texts()


def faults(text: str) -> list[str]:
    words = re.sub(r"%\(\w+\)[sd]|{\w+}", "Robin", re.sub(r"<[^>]+>", "", text))
    found = [name for name, pattern in BANNED.items() if re.search(pattern, words, re.IGNORECASE)]
    longest = max((len(sentence.split()) for sentence in re.split(r"(?<=[.?!:])\s+|\n\s*\n", words)), default=0)
    if longest > MOST_WORDS:
        found.append(f"a sentence of {longest} words")
    if "!" in words:
        found.append("an exclamation mark")
    found += [f"shouting: {word}" for word in re.findall(r"\b[A-Z]{2,}\b", words) if word not in KNOWN_CAPITALS]
    return found


def test_texts_of_templates_and_code_are_read():
    assert len(TEXTS) > 300
    assert {name.partition("/")[0] for name, _text in TEXTS} == {"packages", "site"}


def test_every_text_is_short_calm_and_plain():
    assert [(name, text, faults(text)) for name, text in TEXTS if faults(text)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Please click here.", "an order to click"),
        ("Submit", "a button that does not say its result"),
        ("The date is invalid.", "blame"),
        ("You have not paid yet.", "a reproach"),
        ("Only 2 left", "hurry"),
        ("You keep your streak.", "a game"),
        ("Simply choose a time.", "belittling"),
        ("Oops, that did not work.", "an idiom"),
        ("Choose a day, e.g. Monday.", "an abbreviation"),
        ("It is not impossible to come.", "a double negative"),
        ("One " * 21, "a sentence of 21 words"),
        ("%(person)s " * 21, "a sentence of 21 words"),
        ("You are booked!", "an exclamation mark"),
        ("Do NOT share this link.", "shouting: NOT"),
    ],
)
def test_fault_is_found(text: str, fault: str):
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "Send my request",
        "Times are in UTC.",
        "One two three. " * 9,
        "%(count)s unread",
        "Robin said yes. Please pay £15.",
    ],
)
def test_plain_words_pass(text: str):
    assert faults(text) == []


def test_texts_are_found_in_every_form():
    template = """
    {% load i18n %}{% translate "One" %}{% translate 'Two' as words %}{% include "x.html" with label=_("Three") %}
    {% blocktranslate trimmed with name=person count days=count %}
      {{ name }} has one day
    {% plural %}
      {{ name }} has {{ days }} days
    {% endblocktranslate %}
    """
    assert set(texts_of_template(template)) == {
        "One", "Two", "Three", "%(name)s has one day", "%(name)s has %(days)s days"
    }  # fmt: skip
    code = """_("One " "two"); ngettext("a", "b", 2); pgettext_lazy("context", "Three"); other("No")"""
    assert set(texts_of_code(code)) == {"One two", "a", "b", "Three"}
