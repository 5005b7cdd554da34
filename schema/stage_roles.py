"""Who may move cards on from a stage, when not everybody who moves cards may."""

from __future__ import annotations

from peewee import ForeignKeyField

from schema.base import Record
from schema.fields import DayField
from schema.pipelines import Stage
from schema.rules import Guard, Unique
from schema.staff import Role
from schema.stamps import known_at_once

STEP_BY_ITS_ROLE = Guard(
    "card_step_is_taken_by_its_role",
    ("INSERT",),
    "NEW.by_id IS NOT NULL AND NEW.mode = 'move' AND EXISTS (SELECT 1 FROM stage_role r "
    "WHERE r.stage_id = NEW.from_stage_id AND r.ended_on IS NULL) AND NOT EXISTS "
    "(SELECT 1 FROM stage_role r JOIN staff_role h ON h.role_id = r.role_id "
    "WHERE r.stage_id = NEW.from_stage_id AND r.ended_on IS NULL "
    "AND h.staff_id = NEW.by_id AND h.ended_on IS NULL)",
    says="Another role moves cards on from this stage. Ask a colleague who has it.",
    field="to_stage",
)


class StageRole(Record):
    """People of this role may move cards on from the stage; without any such row, all may."""

    stage = ForeignKeyField(Stage, backref="movers")
    role = ForeignKeyField(Role, backref="moves_from")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        label, label_plural = "Role at a stage", "Roles at stages"
        help = "Who moves cards on from a stage. None named: everybody who may move cards."
        title = ("stage", "role")
        joint = " · "
        shown = ("stage", "role", "ended_on")
        order = ("stage", "id")
        ends = "ended_on"
        rules = [
            known_at_once("stage_role"),
            Unique(
                "stage_role_named_once",
                ("stage_id", "role_id"),
                where="ended_on IS NULL",
                says="This role is named for the stage already.",
                field="role",
            ),
        ]
