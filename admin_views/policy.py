"""Who may do what: one `can` and one `scope`, asked by every screen; the default is no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from peewee import SQL, Expression, Field, ForeignKeyField, Model

from admin_views.kinds import is_of_kind, knows_kinds, tables_of_kinds
from admin_views.people import Person, current_person
from admin_views.ways import reaches, stands_at
from schema.base import Act, option
from schema.rights import FieldGrant, Grant

NOBODY = SQL("1 = 0")
WRITES = ("create", "edit")
VERBS = ("read", *WRITES, "export")
Way = Callable[[type[Model], list[str], int], Expression]


@dataclass
class TableRight:
    """What the roles of one person add up to on one table."""

    create: bool = False
    edit: bool = False
    export: bool = False
    scopes: dict[str, set[str]] = field(default_factory=lambda: {verb: set() for verb in VERBS})
    hidden: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


class Rights(dict[str, TableRight]):
    """The rights of a set of roles by table; `drawn` keeps what was drawn for just these rights."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: dict[tuple, Any] = {}


def can(verb: str, model: type[Model], column: Field | str | None = None) -> bool:
    """Whether the person at the screen may `read`, `create`, `edit` or `export` this."""
    person = current_person()
    return person is not None and may(person, verb, model, column)


def may(person: Person, verb: str, model: type[Model], column: Field | str | None = None) -> bool:
    """As `can`, for a given person."""
    right = right_on(person, model)
    if right is None or not _table_verb(right, verb, model):
        return False
    if column is None:
        return True
    name = column if isinstance(column, str) else column.name
    return _column_verb(right, verb, model, name)


def _table_verb(right: TableRight, verb: str, model: type[Model]) -> bool:
    if verb == "read":
        return True
    if verb in WRITES and option(model, "verbs_only"):
        return False
    if verb == "edit" and issubclass(model, Act):
        return False
    return bool(getattr(right, verb, False))


def _column_verb(right: TableRight, verb: str, model: type[Model], name: str) -> bool:
    if name in right.hidden or name in option(model, "secret", ()):
        return False
    relation = model._meta.fields.get(name)
    if isinstance(relation, ForeignKeyField) and not can_see_table(relation.rel_model):
        return False
    if verb in WRITES:
        return name not in right.fixed and name not in option(model, "verb_owned", ())
    return True


def granted(verb: str, model: type[Model], column: str) -> bool:
    """Whether a role lets the person `create` or `edit` this by the form of another table.

    The rows of such a table are written by verbs only, so that `can` says no for its own form.
    """
    person = current_person()
    right = right_on(person, model) if person is not None else None
    if right is None or not getattr(right, verb):
        return False
    return column not in right.fixed and _column_verb(right, "read", model, column)


def can_see_table(model: type[Model]) -> bool:
    person = current_person()
    return person is not None and right_on(person, model) is not None


def right_on(person: Person, model: type[Model]) -> TableRight | None:
    """The person's right on a table; None when they may not even know of its rows."""
    return rights_of(person).get(model._meta.table_name)


def rights_of(person: Person) -> Rights:
    """All that the person may do; the same object for as long as nobody changes it."""
    return _rights(person.role_ids, person.rights_stamp)


@lru_cache(maxsize=64)
def _rights(role_ids: frozenset[int], stamp: int) -> Rights:
    """All rights of a set of roles; `stamp` changes with every change of any right."""
    rights = Rights()
    limits = _column_limits(role_ids)
    grants = list(Grant.select().where(Grant.role.in_(list(role_ids))).dicts()) if role_ids else []
    for grant in grants:
        right = rights.setdefault(grant["table_name"], TableRight())
        right.scopes["read"].add(grant["scope"])
        for verb in VERBS[1:]:
            if grant[f"may_{verb}"]:
                setattr(right, verb, True)
                right.scopes[verb].add(grant["scope"])
    for table, right in rights.items():
        readers = [g["role"] for g in grants if g["table_name"] == table]
        writers = [
            g["role"]
            for g in grants
            if g["table_name"] == table and (g["may_edit"] or g["may_create"])
        ]
        right.hidden = _shared(limits, table, readers, {"hidden"})
        right.fixed = _shared(limits, table, writers, {"hidden", "read"})
    return rights


def _column_limits(role_ids: frozenset[int]) -> dict[tuple[int, str], dict[str, str]]:
    limits: dict[tuple[int, str], dict[str, str]] = {}
    if role_ids:
        for row in FieldGrant.select().where(FieldGrant.role.in_(list(role_ids))).dicts():
            limits.setdefault((row["role"], row["table_name"]), {})[row["column"]] = row["access"]
    return limits


def _shared(
    limits: dict[tuple[int, str], dict[str, str]], table: str, roles: list[int], kinds: set[str]
) -> frozenset[str]:
    """Columns limited in every one of the roles: one role that sees a column is enough."""
    per_role = [
        {name for name, access in limits.get((role, table), {}).items() if access in kinds}
        for role in roles
    ]
    return frozenset(set.intersection(*per_role)) if per_role else frozenset()


def scope(model: type[Model], verb: str = "read") -> Expression | None:
    """The rows that the person at the screen may know of, or edit, or export; None means all."""
    found, of_kinds = ways_to(model, verb), _of_known_kinds(model)
    if found is None:
        return of_kinds
    ways = [way(model, path, key) for way, path, key in found]
    rows = reduce(or_, ways) if ways else NOBODY
    return rows if of_kinds is None else rows & of_kinds


def _of_known_kinds(model: type[Model]) -> Expression | None:
    """Whoever may not read plans knows no card of one, nor what happened to it; None for all."""
    if not knows_kinds(model):
        return None
    kinds = tables_of_kinds()
    known = [kind for kind, table in kinds.items() if can_see_table(table)]
    return None if len(known) == len(kinds) else is_of_kind(model, known)


def ways_to(model: type[Model], verb: str) -> list[tuple[Way, list[str], int]] | None:
    """How a verb reaches rows: on which path, ending at which person or location; None for all."""
    person = current_person()
    if person is None or (right := right_on(person, model)) is None:
        return []
    me, home, scopes = person.staff_id, person.location_id, right.scopes[verb]
    if "all" in scopes:
        return None
    found = list[tuple[Way, list[str], int]]()
    if "own" in scopes:
        found += [(reaches, path.split("."), me) for path in option(model, "own", ())]
    if "location" in scopes and home is not None:
        found += [(stands_at, path.split("."), home) for path in option(model, "place", ())]
    return found


def scoped(model: type[Model], *columns: Any) -> Any:
    """A select over the rows that the person at the screen may know of."""
    query = model.select(*columns)
    limit = scope(model)
    return query if limit is None else query.where(limit)


def may_touch(verb: str, row: Model) -> bool:
    """Whether a verb reaches this row: one role may read more than another one edits."""
    limit = scope(type(row), verb)
    key = row._meta.primary_key
    return limit is None or type(row).select(key).where(key == row._pk, limit).exists()


def may_touch_all(verb: str, model: type[Model], which: Expression) -> bool:
    """Whether a verb reaches every one of these rows; also where there are none."""
    limit, rows = scope(model, verb), model.select().where(which)
    return limit is None or rows.count() == rows.where(limit).count()


def may_write(model: type[Model], *columns: str) -> bool:
    """Whether the person may add rows of a table and change them, each of these columns too."""
    return all(can(verb, model, column) for verb in WRITES for column in columns)


def readable_titles(model: type[Model]) -> list[Field]:
    """The columns by which this person may know a row: title, else code, else number."""
    for names in (option(model, "title", ()), option(model, "coded_title", ())):
        seen = [model._meta.fields[name] for name in names if can("read", model, name)]
        if seen and len(seen) == len(names):
            return seen
    return [model._meta.primary_key]
