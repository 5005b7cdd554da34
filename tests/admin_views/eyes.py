"""What a person may see and do, worked out in plain Python, apart from the panel."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from peewee import ForeignKeyField

from schema import TABLES
from schema.audit import ReadEntry
from schema.base import Act, option, table_name
from schema.cards import Card
from schema.custom import CustomField, CustomValue
from schema.pipelines import Stage
from schema.rights import FieldGrant, Grant
from schema.skills import Skill
from schema.staff import Staff, StaffRole
from tests.refusals import raw

CARD_COLUMNS = ("stage", "responsible", "due_at", "priority")
MORE_CARD_COLUMNS = ("pipeline", "location", "opened_at", "closed_at", "at_risk")
NEVER_LISTED = ("id", "row_version", "created_at")


class Eyes:
    """The rights of one member of staff."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        roles = [held.role_id for held in StaffRole.select() if held.staff_id == staff.id]
        self.grants = [grant for grant in Grant.select() if grant.role_id in roles]
        self.limits = [limit for limit in FieldGrant.select() if limit.role_id in roles]
        self.by_table = defaultdict(list)
        for grant in self.grants:
            self.by_table[grant.table_name].append(grant)

    def on(self, model):
        return self.by_table.get(table_name(model), [])

    def may(self, verb, model):
        if verb == "read":
            return bool(self.on(model))
        if verb in ("create", "edit") and option(model, "verbs_only"):
            return False
        if verb == "edit" and issubclass(model, Act):
            return False
        return any(getattr(grant, f"may_{verb}") for grant in self.on(model))

    def reads(self, model, name):
        """Whether a column may be read: some role with the table sees it, and it is no secret."""
        if name in option(model, "secret", ()) or not self.may("read", model):
            return False
        field = model._meta.fields[name]
        if isinstance(field, ForeignKeyField) and not self.may("read", field.rel_model):
            return False
        return any(
            not any(
                limit.role_id == grant.role_id
                and limit.table_name == grant.table_name
                and limit.column == name
                and limit.access == "hidden"
                for limit in self.limits
            )
            for grant in self.on(model)
        )

    def columns(self, model):
        """Names of the readable columns, in order; those of the card under a subtype at the end."""
        above = option(model, "supertype")
        own = [
            field.name
            for field in model._meta.sorted_fields
            if field.name not in NEVER_LISTED
            and field.name != above
            and self.reads(model, field.name)
        ]
        if above and self.reads(model, above):
            names = (*CARD_COLUMNS, *MORE_CARD_COLUMNS)
            own += [f"card.{name}" for name in names if self.reads(Card, name)]
        return own + [f"custom.{field.kind}.{field.code}" for field in self.own_fields(model)]

    def own_fields(self, model):
        """The clinic's own fields in use on a table whose type of value may be read."""
        kind = option(model, "kind") if option(model, "supertype") else None
        order = (CustomField.kind, CustomField.position, CustomField.label, CustomField.id)
        return [
            field
            for field in CustomField.select().order_by(*order)
            if field.retired_on is None
            and (field.kind == kind or model is Card)
            and self.reads(CustomValue, "field")
            and self.reads(CustomValue, f"{field.type}_value")
        ]

    def shown(self, model):
        """Names of the columns of the list."""
        wanted = [name for name in option(model, "shown") if name != option(model, "supertype")]
        if option(model, "supertype") and not any(name.startswith("card.") for name in wanted):
            wanted += [f"card.{name}" for name in CARD_COLUMNS]
        readable = self.columns(model)
        seen = [name for name in dict.fromkeys(wanted) if name in readable]
        listed = [f for f in self.own_fields(model) if f.in_list and model is not Card]
        return seen + [f"custom.{field.kind}.{field.code}" for field in listed]

    def rows(self, model):
        """Keys of the rows within the scopes of this person."""
        if model is ReadEntry:  # it grows with every page of patients that a test opens
            self.table[model] = read_rows(model)
        scopes = {grant.scope for grant in self.on(model)}
        every = set(self.table[model])
        if "all" in scopes:
            return every & self.of_known_kinds(model)
        found = set()
        if "own" in scopes:
            for path in option(model, "own", ()):
                found |= self.reaching(model, path.split("."), self.staff.id)
        if "location" in scopes and self.staff.location_id:
            for path in option(model, "place", ()):
                found |= self.reaching(model, path.split("."), self.staff.location_id)
        return found & self.of_known_kinds(model)

    def of_known_kinds(self, model):
        """Keys of the rows that are not of a card whose table this person may not read."""
        cards, card = self.table[Card], model._meta.fields.get("card")
        known = [option(one, "kind") for one in TABLES if option(one, "kind") and self.on(one)]
        if model is Card:
            return {one for one, row in cards.items() if row["kind"] in known}
        every = self.table[model]
        if card is None or card.rel_model is not Card or card.null or option(model, "supertype"):
            return set(every)
        return {one for one, row in every.items() if cards[row["card_id"]]["kind"] in known}

    def reaching(self, model, path, key):
        """Keys of the rows from which a path over references, to and fro, ends at `key`."""
        name, rest = path[0], path[1:]
        field = model._meta.fields.get(name)
        if field is None and name == "skilled":
            return self.skilled(rest, key)
        if field is None:
            back = next(fk for fk in model._meta.backrefs if fk.backref == name)
            child = model._meta.backrefs[back]
            children = self.reaching(child, rest, key)
            return {self.table[child][one][back.column_name] for one in children} - {None}
        goals = self.reaching(field.rel_model, rest, key) if rest else {key}
        rows = self.table[model].items()
        return {one for one, row in rows if row[field.column_name] in goals}

    def skilled(self, path, key):
        """Keys of the open stages whose code such a skill, not ended, names."""
        held = self.table[Skill]
        codes = {
            held[one]["stage_code"]
            for one in self.reaching(Skill, path, key)
            if held[one]["ended_on"] is None
        }
        stages = self.table[Stage].items()
        return {one for one, row in stages if row["code"] in codes and row["category"] == "open"}

    @cached_property
    def table(self):
        """Every row of the house by table and key, columns by name."""
        return {model: read_rows(model) for model in TABLES}


def read_rows(model):
    """The rows that a table has now, by key, columns by name."""
    cursor = raw(f'SELECT * FROM "{table_name(model)}"')
    names = [column[0] for column in cursor.description]
    place = names.index("id")
    return {row[place]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
