"""Cards: whatever travels a pipeline, its steps, its ticks and its notes."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Act, Record, utcnow
from schema.card_rules import CARD_RULES, CARD_STEP_RULES
from schema.custom_rules import STEP_LEAVES_FIELDS_FILLED
from schema.evidence import STEP_HAS_ITS_EVIDENCE, TICK_EVIDENCE
from schema.fields import ChoiceField, InstantField
from schema.lab_gates import CARD_GATES, CARD_STEP_GATES
from schema.pipeline_terms import KINDS
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.rules import Guard, Index, Rule, where_told
from schema.staff import Location, Staff
from schema.stage_roles import STEP_BY_ITS_ROLE

BELONGS = "The plan, claim or work that it belongs to."  # help of references to a card
PRIORITIES = {"normal": "Normal", "urgent": "Urgent"}
# A card is one's own as its lead, plan, order or process is.
OWN_CARD = (
    "responsible",
    "orders.dentist",
    "orders.tracks.assignments.technician",
    "orders.tracks.card.stage.skilled.staff",
    "plans.author",
    "tracks.assignments.technician",
    "tracks.card.stage.skilled.staff",
    "tracks.order.dentist",
)
OWN_BY_CARD = tuple(f"card.{path}" for path in OWN_CARD)
MODES = {"move": "Move", "transfer": "Transfer to another pipeline", "reopen": "Reopening"}


class Card(Record):
    """What travels a pipeline: an inquiry, a plan, a claim, a lab order or a lab process."""

    kind = ChoiceField(KINDS)
    pipeline = ForeignKeyField(Pipeline, backref="cards")
    stage = ForeignKeyField(Stage, backref="cards")
    step_count = IntegerField(default=0)
    parent = ForeignKeyField("self", backref="children", null=True)
    responsible = ForeignKeyField(Staff, backref="cards", null=True)
    location = ForeignKeyField(Location, backref="cards", null=True)
    priority = ChoiceField(PRIORITIES, default="normal")
    due_at = InstantField(null=True, verbose_name="Due")
    opened_at = InstantField(default=utcnow, verbose_name="Opened")
    opened_by = ForeignKeyField(Staff, backref="opened_cards", null=True)
    closed_at = InstantField(null=True, verbose_name="Closed")
    closed_by = ForeignKeyField(Staff, backref="closed_cards", null=True, index=False)
    at_risk = BooleanField(default=False)

    class Meta:
        area = "Today"
        help = "Everything that is under way, whichever pipeline it travels."
        title = ("kind", "id")
        named_by = ("orders", "tracks", "leads", "plans", "claims")
        health = (
            "orders.patient",
            "tracks.order.patient",
            "leads.patient",
            "plans.patient",
            "claims.patient",
        )
        offers = ("notes", "holds")
        shown = ("kind", "pipeline", "stage", "responsible", "due_at", "at_risk", "closed_at")
        verb_owned = (
            "kind",
            "pipeline",
            "stage",
            "step_count",
            "parent",
            "opened_at",
            "opened_by",
            "closed_at",
            "closed_by",
            "at_risk",
        )
        ends = "closed_at"
        own = OWN_CARD
        place = ("location",)
        tones = {"priority": {"urgent": "warn"}}
        rules = [
            *CARD_RULES,
            *CARD_GATES,
            *where_told("card", "closed_by"),
            Index("card_by_due", ("kind", "due_at NULLS FIRST", "id")),
            Index("card_open", ("kind", "due_at NULLS FIRST", "id"), where="closed_at IS NULL"),
        ]


class CardStep(Act):
    """A card went from one stage to another; the newest step says where it stands."""

    card = ForeignKeyField(Card, backref="steps", index=False)
    number = IntegerField()
    pipeline = ForeignKeyField(Pipeline, backref="card_steps")
    from_stage = ForeignKeyField(Stage, backref="departures")
    to_stage = ForeignKeyField(Stage, backref="arrivals")
    step = ForeignKeyField(StageStep, backref="card_steps", null=True)
    mode = ChoiceField(MODES, default="move")
    forced = BooleanField(default=False, help_text="Past control points that are not ticked.")
    reason = TextField(null=True)
    by = ForeignKeyField(Staff, backref="card_steps", null=True, help_text="Empty: by itself.")

    class Meta:
        area = "Today"
        help = "The history of every card."
        title = ("card", "number")
        shown = ("at", "card", "from_stage", "to_stage", "mode", "forced", "by", "reason")
        verbs_only = True
        own = OWN_BY_CARD
        place = ("card.location",)
        rules = [
            *CARD_STEP_RULES,
            *CARD_STEP_GATES,
            STEP_LEAVES_FIELDS_FILLED,
            STEP_HAS_ITS_EVIDENCE,
            STEP_BY_ITS_ROLE,
        ]


class Tick(Act):
    """A control point of a card was ticked, or its tick was taken back; the newest one counts."""

    card = ForeignKeyField(Card, backref="ticks")
    control_point = ForeignKeyField(ControlPoint, backref="ticks")
    done = BooleanField(default=True)
    evidence_note = CharField(max_length=500, null=True)
    by = ForeignKeyField(Staff, backref="ticks", null=True, help_text="Empty: by itself.")

    class Meta:
        area = "Today"
        help = "Who ticked what, and when."
        title = ("control_point", "done")
        shown = ("at", "card", "control_point", "done", "evidence_note", "by")
        verbs_only = True
        own = OWN_BY_CARD
        place = ("card.location",)
        rules = [
            Guard(
                "tick_of_own_pipeline",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM control_point p JOIN stage s ON s.id = p.stage_id "
                "JOIN card c ON c.pipeline_id = s.pipeline_id "
                "WHERE p.id = NEW.control_point_id AND c.id = NEW.card_id)",
                says="Tick a control point of the pipeline that the card travels.",
                field="control_point",
                locks="card WHERE id = NEW.card_id",
            ),
            *TICK_EVIDENCE,
        ]


class Note(Act):
    """Something that a person wrote on a card."""

    card = ForeignKeyField(Card, backref="notes", help_text=BELONGS)
    text = TextField()
    by = ForeignKeyField(Staff, backref="notes")

    class Meta:
        area = "Today"
        help = "What people wrote on cards."
        title = ("text",)
        coded_title = ("id",)
        shown = ("at", "card", "text", "by")
        own = ("by", *OWN_BY_CARD)
        place = ("card.location",)
        rules = [
            Rule(
                "note_says_something",
                "trim(text) <> ''",
                says="Write a few words.",
                field="text",
            ),
        ]
