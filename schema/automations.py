"""What a stage does by itself: follow-ups, messages, child cards, ticks, recalls and warnings."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField
from schema.measures import SpanField
from schema.picked import CodeField
from schema.pipelines import ControlPoint, Stage
from schema.rules import Agree, Guard, Index, Rule
from schema.staff import Role
from schema.stamps import known_at_once

EVENTS = {
    "enter": "A card enters the stage",
    "leave": "A card leaves the stage",
    "idle": "Nothing happens in the stage",
    "overrun": "The stage's standard duration is over",
    "tick": "A control point is ticked",
}
ACTIONS = {
    "followup": "Make a follow-up",
    "message": "Post a message",
    "child": "Open a child card",
    "tick": "Tick a control point",
    "recall": "Set a recall",
    "risk": "Flag the card at risk",
    "notify": "Notify people",
}
CHILDREN = {
    "order": "One for the whole work",
    "unit": "One for each unit or bridge",
    "tooth": "One for each tooth, of a bridge too",
}
TIMES = {"calendar": "Calendar time", "working": "Working time"}


class Automation(Record):
    """One thing that a stage does by itself when something happens to a card there."""

    stage = ForeignKeyField(Stage, backref="automations")
    event = ChoiceField(EVENTS, default="enter")
    control_point = ForeignKeyField(
        ControlPoint, backref="automations", null=True, help_text="Which tick starts it."
    )
    delay_minutes = SpanField(default=0, verbose_name="Delay")
    delay_time = ChoiceField(TIMES, default="working", verbose_name="Delay counted in")
    action = ChoiceField(ACTIONS)
    text = CharField(max_length=200, null=True, help_text="What the follow-up or notice says.")
    role = ForeignKeyField(
        Role, backref="automations", null=True, help_text="Empty: the responsible person."
    )
    due_minutes = SpanField(
        default=1440,
        verbose_name="Time to do it",
        help_text="So long after that the follow-up is due, counted like the delay.",
    )
    wording_code = CodeField(
        of="wording.event", null=True, verbose_name="Message", help_text="What is sent."
    )
    child_pipeline_code = CodeField(of="pipeline.code", null=True, verbose_name="Child pipeline")
    child_each = ChoiceField(CHILDREN, default="order", verbose_name="Child cards")
    only_route = CodeField(
        of="work_type.route", null=True, help_text="Only for works of this route. Empty: for all."
    )
    ticks = ForeignKeyField(ControlPoint, backref="ticked_by", null=True)
    recall_rule_code = CodeField(of="recall_rule.code", null=True, verbose_name="Recall rule")
    active = BooleanField(default=True)

    class Meta:
        area = "Set-up"
        help = "What stages do by themselves. Each runs once per visit of a card to the stage."
        title = ("stage", "event", "action")
        joint = " · "
        spoken = ("text",)
        shown = ("stage", "event", "delay_minutes", "delay_time", "action", "text", "active")
        order = ("stage", "id")
        groups = (
            ("When", ("stage", "event", "control_point", "delay_minutes", "delay_time", "active")),
            ("What happens", ("action", "role", "text", "due_minutes")),
            ("With what", ("wording_code", "ticks", "recall_rule_code")),
            ("Child cards", ("child_pipeline_code", "child_each", "only_route")),
        )
        rules = [
            known_at_once("automation"),
            Index("automation_by_event", ("event", "stage_id"), where="active"),
            Agree(
                "automation_point_of_its_stage",
                ("control_point_id", "stage_id"),
                "control_point",
                ("id", "stage_id"),
                says="Choose a control point of this stage.",
                field="control_point",
            ),
            Rule(
                "automation_tick_names_its_point",
                "(event = 'tick') = (control_point_id IS NOT NULL)",
                says="Name the control point when a tick starts it, and only then.",
                field="control_point",
            ),
            Rule(
                "automation_waits_forward",
                "delay_minutes >= 0 AND due_minutes >= 0",
                says="Minutes are 0 or more.",
                field="delay_minutes",
            ),
            Rule(
                "automation_idles_for_a_while",
                "event <> 'idle' OR delay_minutes > 0",
                says="Say after how many minutes a card counts as idle.",
                field="delay_minutes",
            ),
            Rule(
                "automation_has_what_it_needs",
                "CASE action WHEN 'followup' THEN text IS NOT NULL "
                "WHEN 'notify' THEN text IS NOT NULL "
                "WHEN 'message' THEN wording_code IS NOT NULL "
                "WHEN 'child' THEN child_pipeline_code IS NOT NULL "
                "WHEN 'tick' THEN ticks_id IS NOT NULL "
                "WHEN 'recall' THEN recall_rule_code IS NOT NULL ELSE TRUE END",
                says="Fill in what this action needs: a text, a message, a pipeline, a control "
                "point or a recall rule.",
                field="action",
            ),
            Guard(
                "automation_ticks_in_its_pipeline",
                ("INSERT", "UPDATE OF ticks_id, stage_id"),
                "NEW.ticks_id IS NOT NULL AND (SELECT g.pipeline_id FROM control_point p "
                "JOIN stage g ON g.id = p.stage_id WHERE p.id = NEW.ticks_id) IS DISTINCT FROM "
                "(SELECT pipeline_id FROM stage WHERE id = NEW.stage_id)",
                says="Tick a control point of the same pipeline.",
                field="ticks",
            ),
        ]
