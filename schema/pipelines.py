"""The ways that cards travel: pipelines, stages, allowed steps and control points, as rows."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, InstantField
from schema.measures import SpanField
from schema.names import NameField
from schema.pipeline_terms import (
    BLOCKS,
    CATEGORIES,
    CLOCKS,
    CROOKED,
    EVIDENCE,
    FROZEN,
    KINDS,
    TRAVELLED,
    frozen,
)
from schema.rules import Agree, Guard, Rule, Unique
from schema.skills import SKILLED


class Pipeline(Record):
    """One version of a way: stages, steps and control points; frozen once a card travels it."""

    kind = ChoiceField(KINDS)
    code = CharField(max_length=40, help_text="The same for all versions.")
    name = NameField(max_length=80)
    version = IntegerField(default=1)
    published_at = InstantField(null=True)
    retired_at = InstantField(null=True)

    class Meta:
        area, everyday, within, spoken = "Set-up", 8, "kind", ("name",)
        help = "The ways that cards travel. Change one by making its next version."
        title = ("name", "version")
        shown = ("name", "kind", "version", "published_at", "retired_at")
        verb_owned = ("published_at", "retired_at")
        lookup = True
        ends = "retired_at"
        order = ("kind", "name", "-version")
        inlines = ("stages",)
        rules = [
            Unique("pipeline_id_and_kind", ("id", "kind"), says="Known already."),
            Unique(
                "pipeline_version_is_new",
                ("code", "version"),
                says="This pipeline has that version already; take the next number.",
                field="version",
            ),
            Unique(
                "pipeline_one_version_in_use",
                ("code",),
                where="published_at IS NOT NULL AND retired_at IS NULL",
                says="Another version is in use. Retire it first.",
                field="published_at",
            ),
            Rule(
                "pipeline_version_counts_from_one",
                "version >= 1",
                says="Versions are numbered from 1.",
                field="version",
            ),
            Rule(
                "pipeline_retires_after_publishing",
                "retired_at IS NULL OR (published_at IS NOT NULL AND retired_at >= published_at)",
                says="Only a published version is retired.",
                field="retired_at",
            ),
            Guard(
                "pipeline_has_a_start",
                ("INSERT", "UPDATE OF published_at"),
                "NEW.published_at IS NOT NULL AND NOT EXISTS "
                "(SELECT 1 FROM stage s WHERE s.pipeline_id = NEW.id AND s.opens)",
                says="Mark at least one stage where cards are opened, then publish.",
                field="published_at",
            ),
            Guard(
                "pipeline_steps_are_straight",
                ("UPDATE OF published_at",),
                "NEW.published_at IS NOT NULL AND EXISTS (SELECT 1 FROM stage_step t "
                "JOIN stage a ON a.id = t.from_stage_id JOIN stage b ON b.id = t.to_stage_id "
                f"WHERE t.pipeline_id = NEW.id AND {CROOKED})",
                says="A step leads the wrong way: back to an earlier stage, else to a later one.",
                field="published_at",
            ),
            Guard(
                "pipeline_in_use_stays",
                ("UPDATE OF kind, code, name, version, published_at",),
                "(NEW.kind <> OLD.kind OR NEW.code <> OLD.code OR NEW.name <> OLD.name "
                "OR NEW.version <> OLD.version "
                "OR NEW.published_at IS DISTINCT FROM OLD.published_at) "
                f"AND {TRAVELLED.format(pipeline='OLD.id')}",
                says=FROZEN,
            ),
        ]


class Stage(Record):
    """A place on the way where a card stands and time is counted."""

    pipeline = ForeignKeyField(Pipeline, backref="stages")
    code = CharField(max_length=40)
    name = NameField(max_length=80)
    position = IntegerField(help_text="The order on the board, from 1.")
    category = ChoiceField(CATEGORIES, default="open")
    opens = BooleanField(default=False, verbose_name="Cards are opened here")
    wip_limit = IntegerField(null=True, verbose_name="Work-in-progress limit")
    standard_minutes = SpanField(null=True, verbose_name="Standard time")
    clock = ChoiceField(CLOCKS, default="clinic", help_text="Whose working time is counted.")

    class Meta:
        area, within, lookup, joins = "Set-up", "pipeline", True, SKILLED
        help = "The columns of a board."
        title = spoken = ("name",)
        shown = ("name", "pipeline", "position", "category", "standard_minutes", "clock")
        order = ("pipeline", "position")
        inlines = ("control_points",)
        rules = [
            Unique("stage_id_and_pipeline", ("id", "pipeline_id"), says="Known already."),
            Unique(
                "stage_code_is_free",
                ("pipeline_id", "code"),
                says="A stage of this pipeline has this code already.",
                field="code",
            ),
            Unique(
                "stage_position_is_free",
                ("pipeline_id", "position"),
                says="Another stage stands at this position.",
                field="position",
            ),
            Rule(
                "stage_opens_where_work_goes_on",
                "NOT opens OR category = 'open'",
                says="A card is opened only where work goes on.",
                field="opens",
            ),
            Rule(
                "stage_limit_allows_one",
                "wip_limit IS NULL OR wip_limit >= 1",
                says="A limit is 1 or more; leave it empty for no limit.",
                field="wip_limit",
            ),
            Rule(
                "stage_standard_is_positive",
                "standard_minutes IS NULL OR standard_minutes > 0",
                says="The standard duration is more than 0 minutes.",
                field="standard_minutes",
            ),
            *frozen("stage", "pipeline_id", "{row}.pipeline_id"),
        ]


class StageStep(Record):
    """A move that is allowed: from one stage to another of the same pipeline."""

    pipeline = ForeignKeyField(Pipeline, backref="steps")
    from_stage = ForeignKeyField(Stage, backref="steps_out")
    to_stage = ForeignKeyField(Stage, backref="steps_in")
    back = BooleanField(default=False, help_text="Work returns to an earlier stage.")

    class Meta:
        area, label, label_plural = "Set-up", "Allowed step", "Allowed steps"
        help = "Where a card can go from a stage."
        title, joint = ("from_stage", "to_stage"), " → "
        shown = ("pipeline", "from_stage", "to_stage", "back")
        lookup = True
        order = ("pipeline", "id")
        rules = [
            Unique(
                "stage_step_id_and_stages",
                ("id", "from_stage_id", "to_stage_id"),
                says="Known already.",
            ),
            Unique(
                "stage_step_drawn_once",
                ("from_stage_id", "to_stage_id"),
                says="This step is allowed already.",
                field="to_stage",
            ),
            Agree(
                "stage_step_from_own_pipeline",
                ("from_stage_id", "pipeline_id"),
                "stage",
                ("id", "pipeline_id"),
                says="A step starts at a stage of its own pipeline.",
                field="from_stage",
            ),
            Agree(
                "stage_step_to_own_pipeline",
                ("to_stage_id", "pipeline_id"),
                "stage",
                ("id", "pipeline_id"),
                says="A step ends at a stage of its own pipeline.",
                field="to_stage",
            ),
            Guard(
                "stage_step_is_straight",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM stage a JOIN stage b ON b.id = NEW.to_stage_id "
                f"WHERE a.id = NEW.from_stage_id AND {CROOKED.replace('t.', 'NEW.')} "
                "OR NEW.from_stage_id = NEW.to_stage_id)",
                says="A step back leads to an earlier stage; any other to a later or a lost one.",
                field="back",
            ),
            *frozen("stage_step", "pipeline_id", "{row}.pipeline_id"),
        ]


class ControlPoint(Record):
    """What must be true before a card leaves a stage."""

    stage = ForeignKeyField(Stage, backref="control_points")
    code = CharField(max_length=40)
    name = NameField(max_length=120)
    position = IntegerField(default=1)
    block = ChoiceField(BLOCKS, default="production", verbose_name="Ticket block")
    evidence = ChoiceField(EVIDENCE, default="tick")
    about = CharField(
        max_length=80,
        null=True,
        help_text="What the evidence is about: a field's code, a consent's purpose, a pipeline.",
    )
    required = BooleanField(default=True)

    class Meta:
        area = "Set-up"
        help = "The checklist of a stage; required points hold a card back until they are ticked."
        title = spoken = ("name",)
        shown = ("name", "stage", "evidence", "required")
        lookup = True
        order = ("stage", "position")
        rules = [
            Unique(
                "control_point_code_is_free",
                ("stage_id", "code"),
                says="A control point of this stage has this code already.",
                field="code",
            ),
            Unique("control_point_id_and_stage", ("id", "stage_id"), says="Known already."),
            *frozen(
                "control_point",
                "stage_id",
                "(SELECT pipeline_id FROM stage WHERE id = {row}.stage_id)",
            ),
        ]
