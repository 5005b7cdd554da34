"""All messages of the house by domain: screens, nouns, first rows."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from itertools import chain

from admin_views.catalogues import TWO_AT_ONCE, Entry, po_path, read_po
from schema import TABLES, migrations
from schema.base import code_words, option
from schema.database import close_database, database, open_database
from schema.hours import Holiday
from schema.messages import Wording
from schema.pipelines import Stage
from schema.workflow.public_holidays import public_holidays
from seed import sow_first_rows
from words.code import sentences
from words.nouns import WRITTEN, constants, nouns

MORE_CODES = (
    "staff_digest", "appointments_kept", "lab_on_time", "lab_remakes", "lead_conversion",
    "recall_return", "plans_accepted", "backup", "audit_anchor", "audit_proof", "tidying",
    "worker", "run_visits", "run_automations", "tidy_up", "remind_of_outside_works",
    "anchor_and_prove",
)  # fmt: skip
YEARS = range(2024, 2034)
SOME_DAY = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


def collected() -> dict[str, list[Entry]]:
    """Every message once: in `panel`, else in `schema`; what rows hold in `seed`."""
    screens = _once(chain(sentences(), constants()))
    named = {key: entry for key, entry in _once(nouns()).items() if key not in screens}
    return {
        "panel": list(screens.values()),
        "schema": [*named.values(), *_placed()],
        "seed": list(_once(chain(first_rows(), constants(WRITTEN))).values()),
    }


def _once(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Each message once; one with a plural wins over the same one without."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.msgid and (entry.key not in found or entry.plural):
            found[entry.key] = entry
    return found


def _placed() -> list[Entry]:
    """Words that a translator gave a choice in one column only (`table.column`)."""
    offered = {
        f"{model._meta.table_name}.{field.name}": {word for _, word in field.choices or ()}
        for model in TABLES
        for field in model._meta.sorted_fields
    }
    return [
        Entry(entry.msgid, context=entry.context)
        for entry in read_po(po_path("ro", "schema"))
        if entry.msgid in offered.get(entry.context, ())
    ]


def first_rows() -> list[Entry]:
    """What the columns named by `Meta.spoken` hold in a house that was just sown."""
    with tempfile.TemporaryDirectory() as folder:
        open_database(f"sqlite:///{os.path.join(folder, 'house.db')}")
        try:
            database.connect()
            migrations.upgrade()
            sow_first_rows(SOME_DAY)
            return [Entry(text) for text in [*spoken_texts(), *code_texts()]]
        finally:
            close_database()


def code_texts() -> list[str]:
    """The codes of the program that rows hold (`Meta.coded`), and more that they may hold."""
    held = (Wording.select(Wording.event), Stage.select(Stage.code))
    return [code_words(code) for query in held for (code,) in query.distinct().tuples()] + [
        code_words(code) for code in MORE_CODES
    ]


def holidays_in_romanian() -> list[Entry]:
    """The names of holidays that a clinic may have taken over in Romanian, with English words."""
    pairs = zip(public_holidays(YEARS, "ro"), public_holidays(YEARS, "en"), strict=True)
    names = {name: other for (_, name), (_, other) in pairs if TWO_AT_ONCE not in name}
    return [Entry(name, says=[other]) for name, other in names.items()]


def spoken_texts() -> list[str]:
    columns = [model._meta.fields[name] for model in TABLES for name in option(model, "spoken", ())]
    return [
        part
        for column in columns
        for (text,) in column.model.select(column).distinct().tuples()
        for part in ((text or "").split(TWO_AT_ONCE) if column is Holiday.name else [text])
        if part
    ]
