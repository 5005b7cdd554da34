"""Which column of a file is which column of ours: guessed by its heading, checked when chosen."""

from __future__ import annotations

from schema.sayings import Noun, Nouns
from schema.workflow import Refused
from schema.workflow.import_rows import Importer
from schema.workflow.sheet_rows import Sheet
from schema.workflow.values import same


def guess_mapping(importer: type[Importer], header: tuple[str, ...]) -> dict[int, str]:
    """Column index to target, by heading in Romanian or English; unknown headings stay out."""
    known: dict[str, str] = {}
    for target in importer.columns():
        for word in (target.name, target.label, *target.words.split(", ")):
            known.setdefault(same(word), target.name)
    mapping: dict[int, str] = {}
    for index, heading in enumerate(header):
        name = known.get(same(heading))
        if name and name not in mapping.values():
            mapping[index] = name
    return mapping


def check_mapping(importer: type[Importer], sheet: Sheet, mapping: dict[int, str]) -> None:
    """Refuse a mapping that is not of this file, names a target twice, or lacks a needed one."""
    labels = {target.name: target.label for target in importer.columns()}
    chosen = list(mapping.values())
    for index, name in mapping.items():
        if name not in labels or not 0 <= index < len(sheet.header):
            raise Refused("Column %(column)d cannot be «%(name)s».", column=index + 1, name=name)
        if chosen.count(name) > 1:
            raise Refused("«%(label)s» is chosen for two columns.", label=Noun(labels[name]))
    for names in importer.needs:
        if not set(names) & set(chosen):
            raise Refused(
                "Choose the column for: %(labels)s.",
                labels=Nouns((labels[name] for name in names), " / "),
            )
