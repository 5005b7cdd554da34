"""Sentences of the schema: names, helps, headings, choices and rules of every table."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from peewee import Model

from admin_views.catalogues import Entry
from schema import TABLES
from schema.base import AREAS, inside, label, option, plural, rules_of, singular
from schema.workflow.imports import KINDS

# Words that stand in the code as plain constants and are translated where they are shown.
CONSTANTS = (
    ("schema.rights", "SCOPES"),
    ("schema.workflow.import_diary", "TAKEN"),
    ("schema.workflow.import_diary", "TAKEN_BY_ROW"),
    ("schema.workflow.own_password", "LINK_IS_OVER"),
    ("schema.workflow.tablets", "PIN_LOCKED"),
    ("schema.workflow.tablets", "TABLET_LOCKED"),
    ("schema.workflow.sheet_xlsx", "DAMAGED"),
    ("schema.workflow.pipelines", "ANOTHER_DRAFT"),
    ("schema.codes", "KINDS"),
    ("schema.workflow.gates", "NOT_READY"),
    ("schema.workflow.gates", "DRAFT"),
    ("schema.workflow.gates", "EMPTY_FIELD"),
    ("schema.workflow.closing", "AWAY"),
    ("schema.workflow.closing", "BELOW"),
    ("schema.workflow.order_gaps", "GAPS"),
    ("schema.workflow.order_gaps", "UNJOINED"),
    ("schema.workflow.order_gaps", "UNBORNE"),
    ("schema.workflow.order_gaps", "MIXED"),
    ("schema.workflow.order_gaps", "TOO_LONG"),
    ("schema.workflow.statement_gaps", "GAPS"),
    ("admin_views.statements", "KINDS"),
    ("admin_views.errors", "WORDS"),
    ("admin_views.errors", "OLD_PAGE"),
    ("admin_views.pickers", "QUADRANTS"),
    ("admin_views.schema_view", "NOT_HERE"),
    ("schema.workflow.import_rows", "OUTCOMES"),
)

# Words that verbs write into rows, in columns that `Meta.spoken` names.
WRITTEN = (
    ("schema.workflow.called_back", "GONE_ON"),
    ("schema.workflow.deeds", "FLAGGED"),
    ("schema.workflow.deeds", "FOLLOWUP_MADE"),
    ("schema.workflow.deeds", "NOBODY"),
    ("schema.workflow.deeds", "OTHER_ROUTE"),
    ("schema.workflow.deeds", "RECALL_SET"),
    ("schema.workflow.deeds", "RECALL_STOOD"),
    ("schema.workflow.deeds", "TICKED"),
    ("schema.workflow.deeds", "TOLD"),
    ("schema.workflow.moved_visits", "CANCELLED"),
    ("schema.workflow.moved_visits", "MOVED"),
    ("schema.workflow.moved_visits", "TOO_EARLY"),
    ("schema.workflow.followups", "DONE"),
    ("schema.workflow.loans", "REMINDER"),
    ("schema.workflow.loans", "RETURNED"),
    ("schema.workflow.outside", "CAME_BACK"),
    ("schema.workflow.outside", "NEW_DAY"),
    ("schema.workflow.outside_reminders", "OVERDUE"),
)


def nouns() -> Iterator[Entry]:
    """Every message of the tables, each once for every place where it stands."""
    for area in AREAS:
        yield Entry(area)
    for model in TABLES:
        yield from (Entry(text) for text in _of_table(model) if text)
    for importer in KINDS.values():
        yield Entry(importer.label)
        yield from (Entry(target.label) for target in importer.targets)


def _of_table(model: type[Model]) -> Iterator[str]:
    yield singular(model)
    yield plural(model)
    yield inside(model)
    yield option(model, "help", "")
    yield option(model, "nameless", ("",))[0]
    yield from option(model, "advice", {}).values()
    yield from (heading for heading, _ in option(model, "groups", ()))
    for field in model._meta.sorted_fields:
        yield label(field)
        yield field.help_text or ""
        yield from (word for _, word in field.choices or ())
    yield from (rule.says for rule in rules_of(model) if hasattr(rule, "says"))


def constants(places: tuple[tuple[str, str], ...] = CONSTANTS) -> Iterator[Entry]:
    """The words of CONSTANTS, or of other constants by module and name."""
    for module, name in places:
        yield from (Entry(text) for text in _texts_in(getattr(import_module(module), name)))


def _texts_in(value: Any) -> Iterator[str]:
    """The texts in a constant: itself, or the values of a table of any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts_in(one)
