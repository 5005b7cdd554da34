"""Re-usable boxes that carry a work and its components from room to room."""

from __future__ import annotations

from peewee import CharField

from schema.base import Record
from schema.fields import DayField
from schema.names import NameField
from schema.rules import AnyRule, Effect, Guard, Unique


class WorkBox(Record):
    """A box or pan with its own code; it holds one open order at a time."""

    code = NameField(max_length=20, help_text="As it stands on the box, such as B7.")
    note = CharField(max_length=160, null=True, help_text="Such as its size or its shelf.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Laboratory"
        label, label_plural = "Box", "Boxes"
        help = "Boxes and pans for works. The page of an order says which one it lies in."
        title = ("code",)
        shown = ("code", "note", "ended_on")
        order = ("code",)
        ends = "ended_on"
        health = ()
        rules = [
            Unique("work_box_code_is_free", ("code",), says="A box has this code already."),
            Guard(
                "work_box_code_stays",
                ("UPDATE OF code",),
                "NEW.code <> OLD.code",
                says="A code stays as it is; register another box instead.",
                field="code",
            ),
            Guard(
                "work_box_ends_empty",
                ("UPDATE OF ended_on",),
                "NEW.ended_on IS NOT NULL AND EXISTS "
                "(SELECT 1 FROM lab_order o WHERE o.box = NEW.code)",
                says="A work lies in this box; empty it first.",
                field="ended_on",
            ),
        ]


ORDER_BOX_RULES: list[AnyRule] = [
    Guard(
        "lab_order_box_is_in_use",
        ("INSERT", "UPDATE OF box"),
        "NEW.box IS NOT NULL AND EXISTS (SELECT 1 FROM work_box b WHERE b.code = NEW.box "
        "AND b.ended_on IS NOT NULL)",
        says="This box is out of use; take another one.",
        field="box",
    ),
    Effect(
        "lab_order_box_becomes_known",
        ("INSERT", "UPDATE OF box"),
        "INSERT INTO work_box (code) SELECT NEW.box WHERE NOT EXISTS "
        "(SELECT 1 FROM work_box b WHERE b.code = NEW.box) ON CONFLICT DO NOTHING",
        when="NEW.box IS NOT NULL",
    ),
]
