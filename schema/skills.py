"""Who can do what at the bench: a technician's skill for a stage, by the stage's code."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, DayField
from schema.rules import Guard, Index, Unique
from schema.staff import Staff

LEVELS = {"junior": "Junior", "mid": "Mid", "senior": "Senior"}


class Skill(Record):
    """A technician can do the work of a stage; the code outlives versions of a pipeline."""

    staff = ForeignKeyField(Staff, backref="skills", verbose_name="Technician")
    stage_code = CharField(
        max_length=40, verbose_name="Stage", help_text="The code of a stage, such as milling."
    )
    level = ChoiceField(LEVELS, default="mid")
    ended_on = DayField(null=True, verbose_name="Until")

    class Meta:
        area = "Laboratory"
        help = "Only a person with the skill can be assigned to a stage."
        title = ("staff", "stage_code")
        coded = ("stage_code",)
        shown = ("staff", "stage_code", "level", "ended_on")
        ends = "ended_on"
        own = ("staff",)
        place = ("staff.location",)
        rules = [
            Unique(
                "skill_held_once",
                ("staff_id", "stage_code"),
                where="ended_on IS NULL",
                says="This person has that skill already; change its level instead.",
                field="stage_code",
            ),
            Guard(
                "skill_is_for_a_known_stage",
                ("INSERT", "UPDATE OF stage_code"),
                "NOT EXISTS (SELECT 1 FROM stage s WHERE s.code = NEW.stage_code)",
                says="No pipeline has a stage with this code. Choose a code from the pipelines.",
                field="stage_code",
            ),
            Index("skill_by_stage", ("stage_code", "staff_id"), where="ended_on IS NULL"),
        ]
