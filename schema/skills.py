"""Who can do what at the bench, by the stage's code: skills, and how much a day takes."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, DayField
from schema.picked import CodeField
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.stamps import known_at_once

LEVELS = {"junior": "Junior", "mid": "Mid", "senior": "Senior"}


def at_the_bench(tracks: str) -> tuple[str, ...]:
    """Paths from processes to the people of the bench: who worked on them, and who may take them.

    `tracks` is the path that leads to the processes, with its dot.
    """
    return f"{tracks}assignments.technician", f"{tracks}card.stage.skilled.staff"


class Skill(Record):
    """A technician can do the work of a stage; the code outlives versions of a pipeline."""

    staff = ForeignKeyField(Staff, backref="skills", verbose_name="Technician")
    stage_code = CodeField(of="stage.code", verbose_name="Stage")
    level = ChoiceField(LEVELS, default="mid")
    ended_on = DayField(null=True, verbose_name="Until")

    class Meta:
        area = "Laboratory"
        help = "Only a person with the skill can be assigned to a stage."
        title = ("staff", "stage_code")
        joint = " · "
        coded = ("stage_code",)
        shown = ("staff", "stage_code", "level", "ended_on")
        order = title
        ends = "ended_on"
        own = ("staff",)
        place = ("staff.location",)
        rules = [
            known_at_once("skill"),
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


# Open stages meet, by their code, the people who have learnt them.
SKILLED = {"skilled": (Skill.stage_code, "code", "category = 'open'")}


class StageCapacity(Record):
    """How many units one person makes at a stage on a full working day."""

    stage_code = CodeField(of="stage.code", verbose_name="Stage")
    units_per_day = IntegerField(help_text="What one person makes there on a full day.")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Capacity of a stage", "Capacities of stages"
        help = "What a technician can make in a day; the load of the queue is measured by it."
        title = order = ("stage_code", "units_per_day")
        joint = " · "
        coded = ("stage_code",)
        shown = ("stage_code", "units_per_day")
        rules = [
            Unique(
                "stage_capacity_set_once",
                ("stage_code",),
                says="This stage has its capacity already; change that row.",
                field="stage_code",
            ),
            Rule(
                "stage_capacity_is_positive",
                "units_per_day > 0",
                says="A day takes one unit or more.",
                field="units_per_day",
            ),
            Guard(
                "stage_capacity_is_for_a_known_stage",
                ("INSERT", "UPDATE OF stage_code"),
                "NOT EXISTS (SELECT 1 FROM stage s WHERE s.code = NEW.stage_code)",
                says="No pipeline has a stage with this code. Choose a code from the pipelines.",
                field="stage_code",
            ),
        ]
