"""Fields that the clinic adds to its cards by itself, and their values."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, CharField, DecimalField, ForeignKeyField, IntegerField, TextField

from schema.base import Record
from schema.cards import OWN_BY_CARD, Card
from schema.custom_rules import FIELD_RULES, TYPES, VALUE_RULES, VALUES
from schema.fields import ChoiceField, DayField, LinkField, MoneyField
from schema.names import NameField
from schema.pipeline_terms import KINDS
from schema.pipelines import Pipeline, Stage
from schema.rules import Agree, Guard, Rule, Unique


class LinesField(TextField):
    """Words, one a line: tidied, none twice, no empty line."""

    def db_value(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in str(value or "").splitlines()]
        return "\n".join(dict.fromkeys(filter(None, lines))) or None


class CustomField(Record):
    """A field that the clinic added to one kind of card, or to one pipeline only."""

    kind = ChoiceField(KINDS, verbose_name="On cards of kind")
    pipeline = ForeignKeyField(
        Pipeline,
        backref="custom_fields",
        null=True,
        help_text="Only on its cards, in every version of it. Empty: on every pipeline.",
    )
    label = NameField(max_length=80)
    code = CharField(
        max_length=40, help_text="Its name in addresses and files. Left empty, made of the label."
    )
    hint = CharField(
        max_length=200, null=True, verbose_name="Help", help_text="Stands under the field in forms."
    )
    type = ChoiceField(TYPES, default="text", help_text="Stays once a card has a value.")
    choices = LinesField(null=True, help_text="One choice a line; only for one of a list.")
    required_from_stage = ForeignKeyField(
        Stage,
        backref="required_fields",
        null=True,
        help_text="From this stage on, forms ask for it, and no card goes on without it.",
    )
    in_list = BooleanField(default=True, verbose_name="Shown in the list")
    searchable = BooleanField(
        default=False,
        verbose_name="Found by search",
        help_text="The search of the list looks into it too; for texts and choices.",
    )
    position = IntegerField(default=1, help_text="The order among the fields of your own.")
    retired_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        label, label_plural = "Custom field", "Custom fields"
        help = "Fields of your own on inquiries, plans, claims and lab work."
        title = ("label",)
        shown = ("label", "kind", "type", "pipeline", "required_from_stage", "position")
        order = ("kind", "position")
        ends = "retired_on"
        lookup = True
        coded_from = {"code": "label"}
        narrowed = {"pipeline": "kind", "required_from_stage": "pipeline"}
        groups = (
            ("The field", ("label", "kind", "pipeline", "type", "choices", "hint")),
            ("Where it counts", ("required_from_stage", "in_list", "searchable")),
            ("Its name and place", ("code", "position", "retired_on")),
        )
        rules = [
            Unique("custom_field_id_and_type", ("id", "type"), says="Known already."),
            *FIELD_RULES,
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
        shown = ("card", "field", *VALUES)
        search = ("text_value", "choice_value")
        as_columns = verbs_only = True
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
            *VALUE_RULES,
        ]
