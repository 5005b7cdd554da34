"""Every sentence has its Romanian words, with the same facts, in all plural forms."""

from __future__ import annotations

import ast

import pytest

from admin_views.catalogues import Catalogue, Entry, po_path, read_catalogue, read_po
from words.code import of_python, of_template
from words.collected import collected
from words.judged import faults

ROMANIAN = "ro"


@pytest.fixture(scope="module")
def messages():
    """Every message that the house says now, by domain."""
    return collected()


def kept(domain):
    return {entry.key: entry for entry in read_po(po_path(ROMANIAN, domain)) if entry.msgid}


@pytest.mark.parametrize("domain", ["panel", "schema", "seed"])
def test_every_message_has_its_romanian_words(messages, domain):
    there = kept(domain)
    lacking = [entry.key for entry in messages[domain] if entry.key not in there]
    assert not lacking, "run `make words` and translate what it names"
    assert [fault for entry in there.values() for fault in faults(entry, ROMANIAN)] == []


@pytest.mark.parametrize("domain", ["panel", "schema", "seed"])
def test_no_catalogue_holds_what_nobody_says(messages, domain):
    said = {entry.key for entry in messages[domain]}
    assert [key for key in kept(domain) if key not in said] == [], "run `make words`"


def test_a_message_takes_a_plural_where_the_code_gives_one(messages):
    for domain, entries in messages.items():
        there = kept(domain)
        assert [e.key for e in entries if e.key in there and e.plural != there[e.key].plural] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 rânduri"), (1, "1 rând"), (2, "2 rânduri"), (19, "19 rânduri"), (20, "20 de rânduri"),
     (21, "21 de rânduri"), (100, "100 de rânduri"), (101, "101 rânduri"), (119, "119 rânduri"),
     (120, "120 de rânduri")],
)  # fmt: skip
def test_romanian_has_three_forms_of_a_number(number, said):
    rule = read_catalogue(ROMANIAN, "panel").rule
    spoken = Catalogue({"row": ["%(num)s rând", "%(num)s rânduri", "%(num)s de rânduri"]}, rule)
    assert spoken.ngettext("row", "rows", number) % {"num": number} == said


# That the tests above would see it


def test_a_new_string_is_seen_in_python():
    planted = (
        'flash(gettext("Brand new") if x else _("Other"))\nraise Refused("Not %(now)s", now=1)'
    )
    found = {entry.msgid for entry in of_python(ast.parse(planted))}
    assert found == {"Brand new", "Other", "Not %(now)s"}


def test_what_the_audit_finds_is_a_sentence_too():
    planted = 'yield Finding("Entry %(number)s was altered.", {"number": 1})'
    assert [entry.msgid for entry in of_python(ast.parse(planted))] == [
        "Entry %(number)s was altered."
    ]


def test_a_new_string_is_seen_in_a_template():
    planted = "<b>{{ _('Brand new') }}</b>{{ ngettext('One', '%(num)s', n) }}"
    found = list(of_template(planted))
    assert [(entry.msgid, entry.plural) for entry in found] == [
        ("Brand new", ""),
        ("One", "%(num)s"),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        Entry("Brand new", says=[""]),
        Entry("Brand new", says=["Brand new"]),
        Entry("Brand new", says=["Nou-nouț"], fuzzy=True),
        Entry("Saved: %(name)s", says=["Salvat: %(nume)s"]),
        Entry("Saved: %(name)s", says=["Salvat"]),
        Entry("{count} ticked", says=["bifate"]),
        Entry("A row", "%(num)s rows", says=["Un rând", "%(num)s rânduri"]),
        Entry("Street.", says=["Strada"]),
        Entry("Street", says=["Şoseaua"]),
    ],
)
def test_a_bad_translation_is_seen(entry):
    assert list(faults(entry, ROMANIAN))
