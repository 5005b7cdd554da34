"""All messages of the house by domain: screens, nouns, first rows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from itertools import chain

from admin_views.catalogues import Entry, po_path, read_po
from schema import TABLES, migrations
from schema.base import option, utcnow
from schema.database import close_database, database, open_database
from seed import sow_first_rows
from words.code import sentences
from words.nouns import constants, nouns


def collected() -> dict[str, list[Entry]]:
    """Every message once: in `panel`, else in `schema`; the first rows' own in `seed`."""
    screens = _once(chain(sentences(), constants()))
    named = {key: entry for key, entry in _once(nouns()).items() if key not in screens}
    return {
        "panel": list(screens.values()),
        "schema": [*named.values(), *_placed(screens | named)],
        "seed": list(_once(first_rows()).values()),
    }


def _once(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Each message once; one with a plural wins over the same one without."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.msgid and (entry.key not in found or entry.plural):
            found[entry.key] = entry
    return found


def _placed(known: dict[str, Entry]) -> list[Entry]:
    """Words that a translator gave a choice or a label in one column only (`table.column`)."""
    columns = {
        f"{model._meta.table_name}.{field.name}"
        for model in TABLES
        for field in model._meta.sorted_fields
    }
    return [
        Entry(entry.msgid, context=entry.context)
        for entry in read_po(po_path("ro", "schema"))
        if entry.context in columns and entry.msgid in known
    ]


def first_rows() -> list[Entry]:
    """What the columns named by `Meta.spoken` hold in a house that was just sown."""
    with tempfile.TemporaryDirectory() as folder:
        open_database(f"sqlite:///{os.path.join(folder, 'house.db')}")
        try:
            database.connect()
            migrations.upgrade()
            sow_first_rows(utcnow())
            return [Entry(text) for text in _spoken_texts()]
        finally:
            close_database()


def _spoken_texts() -> list[str]:
    columns = [model._meta.fields[name] for model in TABLES for name in option(model, "spoken", ())]
    return [
        text
        for column in columns
        for (text,) in column.model.select(column).distinct().tuples()
        if text
    ]
