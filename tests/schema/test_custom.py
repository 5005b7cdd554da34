"""The truths of custom fields and their values, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.custom import CustomField, CustomValue
from tests.factories import TODAY
from tests.factories import custom as make
from tests.factories.cards import a_card
from tests.factories.pipelines import a_pipeline, a_stage, stage_of
from tests.refusals import refuses
from tests.rows import change, insert

pytestmark = pytest.mark.usefixtures("house")


def test_a_field_has_its_own_code_among_the_cards_of_its_kind():
    field = make.a_custom_field(kind="lead")

    with refuses("custom_field_code_is_free"):
        insert(CustomField, kind="lead", code=field.code, label="Twice")

    insert(CustomField, kind="claim", code=field.code, label="Elsewhere")


def test_a_field_of_a_pipeline_is_for_its_kind_of_card():
    way = a_pipeline(kind="lead")

    with refuses("custom_field_pipeline_of_kind"):
        insert(CustomField, kind="claim", pipeline=way, code="source", label="Source")

    insert(CustomField, kind="lead", pipeline=way, code="source", label="Source")


def test_a_list_has_choices_and_nothing_else_has():
    with refuses("custom_field_lists_its_choices"):
        insert(CustomField, kind="lead", code="colour", label="Colour", type="choice")
    with refuses("custom_field_lists_its_choices"):
        insert(CustomField, kind="lead", code="colour", label="Colour", choices="red")

    insert(CustomField, kind="lead", code="colour", label="Colour", type="choice", choices="red")


def test_a_field_is_required_at_a_stage_that_its_cards_pass():
    way = a_pipeline(kind="lead")
    good = {"kind": "lead", "pipeline": way, "label": "Field"}

    with refuses("custom_field_required_on_its_way"):
        insert(CustomField, **good, code="one", required_from_stage=a_stage())

    insert(CustomField, **good, code="one", required_from_stage=stage_of(way, "working"))


def test_a_field_is_filled_once_on_a_card():
    value = make.a_custom_value()

    with refuses("custom_value_once_per_card"):
        insert(CustomValue, card=value.card, field=value.field, type="text", text_value="Red")

    insert(CustomValue, card=a_card(), field=value.field, type="text", text_value="Red")


def test_a_value_is_of_the_type_of_its_field():
    field, card = make.a_custom_field(type="text"), a_card()

    with refuses("custom_value_of_the_fields_type"):
        insert(CustomValue, card=card, field=field, type="day", day_value=TODAY)


def test_the_type_of_a_filled_field_stays():
    value = make.a_custom_value()

    with refuses("custom_value_of_the_fields_type"):
        change(value.field, type="day")

    change(make.a_custom_field(), type="day")


@pytest.mark.parametrize(
    "values", [{}, {"text_value": "Red", "day_value": TODAY}, {"day_value": TODAY}]
)
def test_a_value_fills_the_column_of_its_type_and_no_other(values: dict):
    field, card = make.a_custom_field(type="text"), a_card()

    with refuses("custom_value_fills_its_own_column"):
        insert(CustomValue, card=card, field=field, type="text", **values)


def test_every_type_has_its_value():
    values = {
        "number": {"number_value": "2.5"},
        "day": {"day_value": TODAY},
        "yes_no": {"yes_no_value": False},
        "link": {"link_value": "https://scans.test/7"},
        "money": {"money_value": 0},
    }
    for kind, value in values.items():
        insert(CustomValue, card=a_card(), field=make.a_custom_field(type=kind), type=kind, **value)


def test_a_field_is_filled_on_its_kind_of_card():
    field = make.a_custom_field(kind="lead")
    own = make.a_custom_field(kind="lead", pipeline=a_pipeline(kind="lead"))
    text = {"type": "text", "text_value": "Red"}

    with refuses("custom_value_on_a_fitting_card"):
        insert(CustomValue, card=a_card("claim"), field=field, **text)
    with refuses("custom_value_on_a_fitting_card"):
        insert(CustomValue, card=a_card("lead"), field=own, **text)

    insert(CustomValue, card=a_card("lead", pipeline=own.pipeline), field=own, **text)


@pytest.mark.parametrize("choices", ["red\nblue", "red\r\nblue"])
def test_a_choice_is_one_of_the_list(choices: str):
    field, card = make.a_custom_field(type="choice", choices=choices), a_card()

    for wrong in ("re", "green", "red\nblue%", "%"):
        with refuses("custom_value_is_a_listed_choice"):
            insert(CustomValue, card=card, field=field, type="choice", choice_value=wrong)

    insert(CustomValue, card=card, field=field, type="choice", choice_value="blue")
