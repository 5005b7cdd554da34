"""Tools and parts that the laboratory lends: who has them, and when they are due back."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.components import ComponentKind
from schema.fields import DayField, InstantField
from schema.followups import Followup
from schema.names import NameField
from schema.orders import LabOrder
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff


class ToolLoan(Record):
    """An articulator, a key or a transfer kit is lent to somebody until a day."""

    kind = ForeignKeyField(ComponentKind, backref="loans")
    tool = NameField(max_length=80, help_text="Which one it is, such as «Artex 3».")
    borrower = ForeignKeyField(Staff, backref="loans")
    order = ForeignKeyField(LabOrder, backref="loans", null=True, verbose_name="For order")
    due_on = DayField(verbose_name="Due back")
    lent_at = InstantField()
    lent_by = ForeignKeyField(Staff, backref="lent_tools")
    reminder = ForeignKeyField(Followup, backref="loans", null=True)
    returned_at = InstantField(null=True)
    returned_to = ForeignKeyField(Staff, backref="taken_back_tools", null=True)
    note = CharField(max_length=300, null=True)

    class Meta:
        area = "Laboratory"
        label = "Loan of a tool"
        label_plural = "Loans of tools"
        help = "Tools and parts that were lent, and when they are due back."
        title = ("kind", "tool")
        shown = ("kind", "tool", "borrower", "order", "due_on", "lent_at", "returned_at")
        order = ("due_on",)
        verbs_only = True
        own = ("borrower", "lent_by")
        place = ("borrower.location",)
        rules = [
            Unique(
                "tool_loan_one_at_a_time",
                ("kind_id", "tool"),
                where="returned_at IS NULL",
                says="This tool is lent already; note its return first.",
                field="tool",
            ),
            Rule(
                "tool_loan_returns_to_somebody",
                "(returned_at IS NULL) = (returned_to_id IS NULL)",
                says="A returned tool names who took it back.",
                field="returned_to",
            ),
            Rule(
                "tool_loan_returns_after_lending",
                "returned_at >= lent_at",
                says="A tool comes back after it was lent.",
                field="returned_at",
            ),
            Guard(
                "tool_loan_stays_as_lent",
                ("UPDATE OF kind_id, tool, borrower_id, lent_at, lent_by_id, returned_at",),
                "OLD.returned_at IS NOT NULL OR NEW.kind_id <> OLD.kind_id "
                "OR NEW.tool <> OLD.tool OR NEW.borrower_id <> OLD.borrower_id "
                "OR NEW.lent_at <> OLD.lent_at OR NEW.lent_by_id <> OLD.lent_by_id",
                says="A loan stays as it was noted; note its return and lend anew.",
                field="tool",
            ),
        ]
