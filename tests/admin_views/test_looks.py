"""What people see has a name, and every colour has a role: both asked of the code itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schema import TABLES
from schema.base import AREAS, label, option, table_name, titles

SCREENS = Path(__file__).parents[2] / "admin_views"
TOKENS = "tokens.css"
MOST_UNGROUPED = 9
NOT_SHOWN = ("id", "row_version", "created_at")
COLOUR_NAMES = """
    aqua azure beige black blue brown coral crimson cyan fuchsia gold gray green grey indigo ivory
    khaki lavender lime magenta maroon navy olive orange orchid pink plum purple red salmon sienna
    silver tan teal tomato turquoise violet wheat white yellow
"""
HEX = re.compile(r"(?<![\w&/\"'=?])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.I)
QUOTED = re.compile(r"[\"'=:]\s*(#(?:[0-9a-f]{6}|[0-9a-f]{3}))\b[\"';]", re.I)
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(\s*[\d.]", re.I)
NAMED = re.compile(
    r"(?:color|background|border[\w-]*|outline|fill|stroke|shadow)[\"']?\s*[:=]\s*[^;\n]*"
    rf"(?<![\w-])({'|'.join(COLOUR_NAMES.split())})(?![\w-])",
    re.I,
)
TECHNICAL_WORDS = "pk fk sha uuid uid json idx fence ref hash key ts dt num qty"


def colours_in(text: str, is_css: bool = True) -> list[str]:
    """Colours that are written out instead of called by their role."""
    found = [*QUOTED.findall(text), *FUNCTION.findall(text)]
    if is_css:
        found += HEX.findall(text) + NAMED.findall(text)
    return found


def sources() -> list[Path]:
    """Style sheets, templates, scripts and Python of the screens, but for the tokens."""
    found = [
        file
        for kind in ("*.css", "*.html", "*.js", "*.py")
        for folder in (SCREENS, SCREENS.parent / "reports")
        for file in folder.rglob(kind)
    ]
    return [file for file in found if file.name != TOKENS]


def test_no_colour_is_written_outside_of_the_tokens():
    wrong = {
        str(file.relative_to(SCREENS.parent)): found
        for file in sources()
        if (found := colours_in(file.read_text(), file.suffix in (".css", ".html")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        ".a { color: #fff; }",
        ".a{background:#12ab34}",
        ".a { border: 1px solid rgb(0 0 0 / .5); }",
        ".a { box-shadow: 0 0 1px hsl(12 3% 4%) }",
        ".a { color: white; }",
        '<rect fill="#0f766e"/>',
        '<rect fill="red"/>',
    ],
)
def test_a_written_colour_would_be_seen(text):
    assert colours_in(text)


@pytest.mark.parametrize(
    "text", ['<a href="#top">', "#menu { color: var(--ink) }", "a { color: inherit }", "&#39;"]
)
def test_what_is_no_colour_is_left_alone(text):
    assert colours_in(text) == []


def missing_words(model: type) -> list[str]:
    """What a table does not say to people: its area, its help, its title, a readable label."""
    wrong = [] if option(model, "area") in AREAS else ["area"]
    wrong += [] if len(option(model, "help", "").split()) > 2 else ["help"]
    wrong += [] if all(titles(model)) and option(model, "title") else ["title"]
    secret = option(model, "secret", ())
    columns = [f for f in model._meta.sorted_fields if f.name not in (*NOT_SHOWN, *secret)]
    return wrong + [f.name for f in columns if not is_readable(label(f), bool(f.verbose_name))]


def is_readable(words: str, given: bool) -> bool:
    """Whether people can read a label: given in the schema, or a name of plain words."""
    if given:
        return bool(words.strip()) and "_" not in words
    parts = words.lower().split()
    return bool(parts) and all(p.isalpha() and p not in TECHNICAL_WORDS.split() for p in parts)


@pytest.mark.parametrize("model", TABLES, ids=table_name)
def test_every_table_and_column_says_what_it_is(model):
    assert missing_words(model) == []


@pytest.mark.parametrize("words", ["", "Provider ref", "File hash", "Row2", "Fence", "Staff_id"])
def test_a_label_that_nobody_can_read_would_be_seen(words):
    assert not is_readable(words, given=False)


@pytest.mark.parametrize("model", TABLES, ids=table_name)
def test_every_group_names_columns_that_exist(model):
    named = [name for _, names in option(model, "groups", ()) for name in names]
    assert set(named) <= set(model._meta.fields)
    assert len(named) == len(set(named))


def test_long_forms_are_in_groups():
    long = [
        table_name(model)
        for model in TABLES
        if len(in_the_form(model)) > MOST_UNGROUPED and not option(model, "groups")
    ]
    assert long == []


def in_the_form(model: type) -> list[str]:
    if option(model, "verbs_only"):
        return []
    left = (*NOT_SHOWN, *option(model, "verb_owned", ()), *option(model, "secret", ()))
    return [field.name for field in model._meta.sorted_fields if field.name not in left]


def test_the_sheet_of_one_page_hides_nothing_of_the_others():
    """All sheets travel as one: a class without the page that it belongs to means every page."""
    hides = re.compile(r"([^{};]+)\{[^}]*display:\s*none")
    shared = {"base.css", "shell.css", "print.css"}
    wrong = [
        (file.name, one.strip())
        for file in SCREENS.rglob("*.css")
        if file.name not in shared
        for selectors in hides.findall(file.read_text())
        for one in selectors.split("*/")[-1].split(",")
        if re.fullmatch(r"\s*\.[\w-]+\s*", one)
    ]
    assert wrong == []
