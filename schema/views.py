"""Saved views of lists: a question with a name, a person's own or shared with roles."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Record
from schema.fields import DayField
from schema.names import NameField
from schema.rules import Agree, Effect, Guard, Rule, Unique
from schema.staff import Role, Staff

MOVES = "UPDATE clinic SET rights_stamp = rights_stamp + 1"
ALWAYS = ("INSERT", "UPDATE", "DELETE")


class SavedView(Record):
    """One question to the list of one table, to be asked again by its name."""

    table_name = CharField(max_length=60, verbose_name="List of")
    name = NameField(max_length=60)
    owner = ForeignKeyField(
        Staff, backref="saved_views", null=True, help_text="Empty: it belongs to the clinic."
    )
    question = TextField(default="", help_text="Filters, order and columns as in the address.")
    position = IntegerField(default=1)
    in_side_bar = BooleanField(default=False, help_text="With its number of rows.")
    warns = BooleanField(default=False, help_text="Its number of rows is red.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        label, label_plural = "Saved view", "Saved views"
        help = "Lists with a name: which rows, in which order, with which columns."
        title = spoken = ("name",)
        coded = ("table_name",)
        shown = ("name", "table_name", "owner", "in_side_bar", "warns", "position", "ended_on")
        order = ("table_name", "position")
        verbs_only = True
        ends = "ended_on"
        own = ("owner",)
        rules = [
            Unique(
                "saved_view_name_is_free",
                ("table_name", "COALESCE(owner_id, 0)", "name"),
                where="ended_on IS NULL",
                says="There is a view of that name for this list; choose another name.",
                field="name",
            ),
            Unique("saved_view_id_and_table", ("id", "table_name"), says="Known already."),
            Rule(
                "saved_view_question_is_short",
                "length(question) <= 2000",
                says="The question is too long; take some filters or columns away.",
                field="question",
            ),
            Rule(
                "saved_view_has_a_place",
                "position BETWEEN 1 AND 999",
                says="A place is a number from 1 to 999.",
                field="position",
            ),
            Guard(
                "saved_view_list_stays",
                ("UPDATE OF table_name",),
                "NEW.table_name <> OLD.table_name",
                says="A view stays with its list; save a new one for the other list.",
                field="table_name",
            ),
            Effect("saved_view_moves_rights", ALWAYS, MOVES),
        ]


class SavedViewRole(Record):
    """A role that a view is shared with."""

    view = ForeignKeyField(SavedView, backref="shared_with", verbose_name="Saved view")
    role = ForeignKeyField(Role, backref="saved_views")

    class Meta:
        area = "Set-up"
        label, label_plural = "Shared view", "Shared views"
        help = "Which roles see which saved views; who may add rows here may share views."
        title = shown = order = ("view", "role")
        joint = " · "
        own = ("view.owner",)
        rules = [
            Unique(
                "saved_view_role_shared_once",
                ("view_id", "role_id"),
                says="The view is shared with that role already.",
                field="role",
            ),
            Effect("saved_view_role_moves_rights", ALWAYS, MOVES),
        ]


class ViewChoice(Record):
    """What one person made of a view: their first sight of the list, or in their side bar."""

    staff = ForeignKeyField(Staff, backref="view_choices", verbose_name="Staff member")
    view = ForeignKeyField(SavedView, backref="choices", verbose_name="Saved view")
    table_name = CharField(max_length=60, verbose_name="List of")
    is_start = BooleanField(default=False, help_text="The list opens with it.")
    in_side_bar = BooleanField(null=True, help_text="Empty: as the view says.")

    class Meta:
        area = "Set-up"
        label, label_plural = "Choice of a view", "Choices of views"
        help = "With which view a list opens for a person, and which views the side bar shows."
        title = ("view",)
        coded = ("table_name",)
        shown = ("staff", "view", "is_start", "in_side_bar")
        verbs_only = True
        own = ("staff",)
        rules = [
            Unique(
                "view_choice_once",
                ("staff_id", "view_id"),
                says="You chose for this view already; change that choice.",
                field="view",
            ),
            Unique(
                "view_choice_has_one_start",
                ("staff_id", "table_name"),
                where="is_start",
                says="A list opens with one view only.",
                field="is_start",
            ),
            Agree(
                "view_choice_of_its_list",
                ("view_id", "table_name"),
                "saved_view",
                ("id", "table_name"),
                says="Choose a view of the same list.",
                field="view",
            ),
            Effect("view_choice_moves_rights", ALWAYS, MOVES),
        ]
