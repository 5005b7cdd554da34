"""Which rows tell of which patients: the paths from a table to the people whose health it knows."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import ForeignKeyField, Model

from schema.base import option

Paths = tuple[str, ...]
_known: dict[type[Model], Paths] = {}  # a table never changes while the program runs


def health_paths(model: type[Model]) -> Paths:
    """Paths from a row to its patients, over foreign keys and back references.

    `Meta.health` says them; else they follow from the references: those to patients themselves
    and, where these may be empty, those to tables that tell of patients. Empty: no health data.
    """
    if model not in _known:
        _known[model] = _paths_beyond(model, ())
    return _known[model]


def _derived(model: type[Model], seen: tuple[type[Model], ...]) -> Paths:
    under = option(model, "supertype")
    keys = [
        field
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField) and field.name != under
    ]
    direct = [key for key in keys if option(key.rel_model, "health") == ("id",)]
    found = tuple(key.name for key in direct)
    if any(not key.null for key in direct):
        return found
    beyond = (
        f"{key.name}.{path}"
        for key in keys
        if option(key.rel_model, "health") != ("id",)
        and key.rel_model is not model
        and key.rel_model not in seen
        for path in _paths_beyond(key.rel_model, (*seen, model))
    )
    return (*found, *beyond)


def _paths_beyond(model: type[Model], seen: tuple[type[Model], ...]) -> Paths:
    said = option(model, "health")
    return _derived(model, seen) if said is None else tuple(said)


def patients_of(model: type[Model], keys: Iterable[int]) -> set[int]:
    """The patients of whom these rows tell."""
    numbers = list(keys)
    found: set[int] = set()
    for path in health_paths(model):
        found |= _at_the_end(model, path.split("."), numbers)
    return found


def _at_the_end(model: type[Model], path: list[str], keys: list[int]) -> set[int]:
    here, asked = model, keys
    for name in path:
        key, field = here._meta.primary_key, here._meta.fields.get(name)
        if field is None:
            back = next(fk for fk in here._meta.backrefs if fk.backref == name)
            here = here._meta.backrefs[back]
            asked = here.select(here._meta.primary_key).where(back.in_(asked))
        elif field.primary_key:
            asked = here.select(key).where(key.in_(asked))
        else:
            asked = here.select(field).where(key.in_(asked))
            here = field.rel_model
    return {number for (number,) in asked.tuples() if number is not None}  # type: ignore[attr-defined]
