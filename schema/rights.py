"""What each role may do: with tables and their rows, and with single columns."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField
from schema.picked import CodeField
from schema.rules import Effect, Unique
from schema.staff import Role

SCOPES = {"own": "Own records", "location": "Own location", "all": "All records"}


class Grant(Record):
    """What a role may do with a table, and with which of its rows."""

    role = ForeignKeyField(Role, backref="grants")
    table_name = CodeField(of="tables", max_length=60, verbose_name="Table")
    may_create = BooleanField(default=False)
    may_edit = BooleanField(default=False)
    may_export = BooleanField(default=False)
    scope = ChoiceField(SCOPES, default="all")

    class Meta:
        table_name = "role_grant"
        area = "Set-up"
        label = "Right"
        help = "A role reads a table when it has a row here; more is switched on one by one."
        title = order = ("role", "table_name")
        joint = " · "
        coded = ("table_name",)
        shown = ("role", "table_name", "scope", "may_create", "may_edit", "may_export")
        rules = [
            Unique(
                "grant_once_per_table",
                ("role_id", "table_name"),
                says="This role has a row for that table already; change that one.",
                field="table_name",
            ),
            Effect(
                "grant_moves_rights",
                ("INSERT", "UPDATE", "DELETE"),
                "UPDATE clinic SET rights_stamp = rights_stamp + 1",
            ),
        ]


class FieldGrant(Record):
    """A column that a role may not see, or may see and not change."""

    role = ForeignKeyField(Role, backref="field_grants")
    table_name = CodeField(of="tables", max_length=60, verbose_name="Table")
    column = CharField(
        max_length=60, help_text="As the dictionary of tables names it, such as phone."
    )
    access = ChoiceField({"hidden": "Hidden", "read": "Read only"}, default="hidden")

    class Meta:
        area = "Set-up"
        label = "Right on a column"
        label_plural = "Rights on columns"
        help = "Columns that a role sees less of than its table right says."
        title = order = ("role", "table_name", "column")
        joint = " · "
        coded = ("table_name", "column")
        shown = ("role", "table_name", "column", "access")
        rules = [
            Unique(
                "field_grant_once_per_column",
                ("role_id", "table_name", '"column"'),
                says="This role has a row for that column already; change that one.",
                field="column",
            ),
            Effect(
                "field_grant_moves_rights",
                ("INSERT", "UPDATE", "DELETE"),
                "UPDATE clinic SET rights_stamp = rights_stamp + 1",
            ),
        ]
