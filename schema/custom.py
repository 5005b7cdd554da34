"""Fields that the clinic adds to its cards by itself, and their values."""

from __future__ import annotations

from peewee import BooleanField, CharField, DecimalField, ForeignKeyField, IntegerField, TextField

from schema.base import Record
from schema.cards import OWN_BY_CARD, Card
from schema.fields import ChoiceField, DayField, LinkField, MoneyField
from schema.names import NameField
from schema.pipeline_terms import KINDS
from schema.pipelines import Pipeline, Stage
from schema.rules import Agree, Guard, Rule, Unique

TYPES = {
    "text": "Text",
    "number": "Number",
    "day": "Day",
    "choice": "One of a list",
    "yes_no": "Yes or no",
    "link": "Link",
    "money": "Money",
}
ONE_VALUE = " AND ".join(f"(type = '{kind}') = ({kind}_value IS NOT NULL)" for kind in TYPES)


class CustomField(Record):
    """A field that the clinic added to one kind of card, or to one pipeline only."""

    kind = ChoiceField(KINDS, verbose_name="On cards of kind")
    pipeline = ForeignKeyField(
        Pipeline, backref="custom_fields", null=True, help_text="Empty: on every pipeline."
    )
    code = CharField(max_length=40, help_text="A short name for programs.")
    label = NameField(max_length=80)
    type = ChoiceField(TYPES, default="text")
    choices = TextField(null=True, help_text="One choice a line.")
    required_from_stage = ForeignKeyField(
        Stage, backref="required_fields", null=True, help_text="Must be filled to leave it."
    )
    position = IntegerField(default=1)
    retired_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        label, label_plural = "Custom field", "Custom fields"
        help = "Fields of your own on inquiries, plans, claims and lab work."
        title = ("label",)
        shown = ("kind", "pipeline", "position", "label", "type", "required_from_stage")
        order = ("kind", "position")
        ends = "retired_on"
        lookup = True
        rules = [
            Unique("custom_field_id_and_type", ("id", "type"), says="Known already."),
            Unique(
                "custom_field_code_is_free",
                ("kind", "code", "COALESCE(pipeline_id, 0)"),
                says="A field of these cards has this code already.",
                field="code",
            ),
            Agree(
                "custom_field_pipeline_of_kind",
                ("pipeline_id", "kind"),
                "pipeline",
                ("id", "kind"),
                says="Choose a pipeline of the same kind of card.",
                field="pipeline",
            ),
            Rule(
                "custom_field_lists_its_choices",
                "(type = 'choice') = (trim(COALESCE(choices, '')) <> '')",
                says="Write the choices, one a line; only a list has choices.",
                field="choices",
            ),
            Guard(
                "custom_field_required_on_its_way",
                ("INSERT", "UPDATE OF required_from_stage_id, pipeline_id, kind"),
                "NEW.required_from_stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage s "
                "JOIN pipeline p ON p.id = s.pipeline_id WHERE s.id = NEW.required_from_stage_id "
                "AND p.kind = NEW.kind AND p.id = COALESCE(NEW.pipeline_id, p.id))",
                says="Choose a stage that these cards pass.",
                field="required_from_stage",
            ),
        ]


class CustomValue(Record):
    """What a card says in a custom field: one value, of the field's type."""

    card = ForeignKeyField(Card, backref="custom_values")
    field = ForeignKeyField(CustomField, backref="values_given")
    type = ChoiceField(TYPES)
    text_value = TextField(null=True)
    number_value = DecimalField(max_digits=14, decimal_places=4, null=True)
    day_value = DayField(null=True)
    choice_value = CharField(max_length=200, null=True)
    yes_no_value = BooleanField(null=True)
    link_value = LinkField(null=True)
    money_value = MoneyField(null=True)

    class Meta:
        area = "Today"
        label, label_plural = "Custom value", "Custom values"
        help = "What cards say in custom fields."
        title = ("field",)
        shown = ("card", "field", *(f"{kind}_value" for kind in TYPES))
        verb_owned = ("type",)
        own = OWN_BY_CARD
        place = ("card.location",)
        rules = [
            Unique(
                "custom_value_once_per_card",
                ("card_id", "field_id"),
                says="This field is filled already; change that value.",
                field="field",
            ),
            Agree(
                "custom_value_of_the_fields_type",
                ("field_id", "type"),
                "custom_field",
                ("id", "type"),
                says="The value is not of the field's type.",
                field="field",
            ),
            Rule(
                "custom_value_fills_its_own_column",
                ONE_VALUE,
                says="Fill in one value, of the field's type.",
                field="field",
            ),
            Guard(
                "custom_value_on_a_fitting_card",
                ("INSERT", "UPDATE OF card_id, field_id"),
                "NOT EXISTS (SELECT 1 FROM custom_field f JOIN card c ON c.kind = f.kind "
                "WHERE f.id = NEW.field_id AND c.id = NEW.card_id "
                "AND c.pipeline_id = COALESCE(f.pipeline_id, c.pipeline_id))",
                says="This field is not on that kind of card.",
                field="field",
            ),
            Guard(
                "custom_value_is_a_listed_choice",
                ("INSERT", "UPDATE OF choice_value, field_id"),
                "NEW.choice_value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM (SELECT "
                "'\n' || replace(f.choices, '\r', '') || '\n' AS lines FROM custom_field f "
                "WHERE f.id = NEW.field_id) AS l "
                "WHERE replace(l.lines, '\n' || NEW.choice_value || '\n', '') <> l.lines)",
                says="Choose one of the listed values.",
                field="choice_value",
            ),
        ]
