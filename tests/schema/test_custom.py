"""The truths of custom fields and their values, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.custom import CustomField, CustomValue
from schema.staff import Clinic
from tests.factories import TODAY, later
from tests.factories import custom as make
from tests.factories.cards import a_card, a_card_step, moved
from tests.factories.pipelines import a_pipeline, a_stage, stage_of
from tests.factories.staff import a_clinic
from tests.refusals import raw, refuses
from tests.rows import change, insert

pytestmark = pytest.mark.usefixtures("house")


def test_a_field_has_its_own_code_among_the_cards_of_its_kind():
    field = make.a_custom_field(kind="lead")

    with refuses("custom_field_code_is_free"):
        insert(CustomField, kind="lead", code=field.code, label="Twice")

    way = a_pipeline(kind="lead")
    with refuses("custom_field_code_is_free"):
        insert(CustomField, kind="lead", pipeline=way, code=field.code, label="Twice")

    insert(CustomField, kind="claim", code=field.code, label="Elsewhere")


@pytest.mark.parametrize("code", ["", "Colour", "a-b", "a.b", "sursă", "two words"])
def test_a_code_can_stand_in_an_address(code: str):
    with refuses("custom_field_code_is_plain"):
        insert(CustomField, kind="lead", code=code, label="Colour")


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

    for facts in ({"type": "day"}, {"kind": "claim"}, {"code": "other"}):
        with refuses("custom_field_filled_stays"):
            change(value.field, **facts)
    with refuses("custom_field_filled_stays"):
        change(value.field, pipeline=value.card.pipeline)

    change(make.a_custom_field(), type="day", kind="claim", code="other")
    change(value.field, label="Another name", hint="Ask for it", position=7)


@pytest.mark.parametrize(
    "values", [{"text_value": "Red", "day_value": TODAY}, {"day_value": TODAY}]
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


def test_a_value_can_be_emptied():
    value = make.a_custom_value()

    change(value, text_value=None)

    assert CustomValue.get_by_id(value.id).text_value is None


def test_a_retired_field_keeps_its_values_and_takes_no_new_ones():
    value = make.a_custom_value()
    change(value.field, retired_on=TODAY)

    with refuses("custom_value_of_a_field_in_use"):
        insert(CustomValue, card=a_card(), field=value.field, type="text", text_value="Red")

    change(value, text_value="Green")


def test_a_choice_that_a_card_says_stays_in_the_list():
    value = make.a_custom_value(field=make.a_custom_field(type="choice"))

    with refuses("custom_field_keeps_chosen_choices"):
        change(value.field, choices="blue\ndark red")

    change(value.field, choices="green\nred")


def a_required_field(at: str = "working", **columns):
    way = a_pipeline(kind="lead")
    return make.a_custom_field(kind="lead", required_from_stage=stage_of(way, at), **columns), way


def test_a_card_does_not_go_on_from_the_stage_that_requires_a_field():
    field, way = a_required_field()
    card = moved(a_card("lead", pipeline=way), "working")

    with refuses("card_step_leaves_required_fields_filled"):
        a_card_step(card, "done")

    value = make.a_custom_value(card=card, field=field)
    change(value, text_value="Blue")
    moved(card, "done")


def test_an_emptied_value_is_no_value_for_a_step():
    field, way = a_required_field("done")
    card = moved(a_card("lead", pipeline=way), "working")
    change(make.a_custom_value(card=card, field=field), text_value=None)
    change(field, required_from_stage=stage_of(way, "working"))

    with refuses("card_step_leaves_required_fields_filled"):
        a_card_step(card, "done")


def test_a_card_goes_back_or_is_lost_without_its_required_fields():
    _, way = a_required_field()
    moved(moved(a_card("lead", pipeline=way), "working"), "new")
    moved(moved(a_card("lead", pipeline=way), "working"), "lost")


def test_a_card_reaches_the_stage_that_requires_a_field_without_it():
    _, way = a_required_field("working")
    moved(a_card("lead", pipeline=way), "working")


def test_a_field_is_required_in_the_next_version_of_its_pipeline():
    _, way = a_required_field()
    change(way, retired_at=later(hours=1))
    next_one = a_pipeline("new", "working", "done", kind="lead", code=way.code, version=2)
    card = moved(a_card("lead", pipeline=next_one), "working")

    with refuses("card_step_leaves_required_fields_filled"):
        a_card_step(card, "done")


def test_a_retired_field_holds_no_card_back():
    field, way = a_required_field()
    change(field, retired_on=TODAY)
    moved(a_card("lead", pipeline=way), "working", "done")


def test_a_required_value_is_neither_emptied_nor_removed():
    field, way = a_required_field()
    card = a_card("lead", pipeline=way)
    value = make.a_custom_value(card=card, field=field)
    change(value, text_value=None)
    change(value, text_value="Blue")
    moved(card, "working")

    with refuses("custom_value_keeps_what_is_required"):
        change(value, text_value=None)
    with refuses("custom_value_required_is_not_removed"):
        raw("DELETE FROM custom_value WHERE id = ?", value.id)


def test_a_change_of_a_field_is_known_to_every_process():
    a_clinic()
    stamps = [Clinic.get().rights_stamp]
    field = make.a_custom_field()
    stamps.append(Clinic.get().rights_stamp)
    change(field, label="Another")
    stamps.append(Clinic.get().rights_stamp)

    assert stamps == sorted(set(stamps))


def test_a_field_is_filled_on_its_kind_of_card():
    field = make.a_custom_field(kind="lead")
    own = make.a_custom_field(kind="lead", pipeline=a_pipeline(kind="lead"))
    text = {"type": "text", "text_value": "Red"}

    with refuses("custom_value_on_a_fitting_card"):
        insert(CustomValue, card=a_card("claim"), field=field, **text)
    with refuses("custom_value_on_a_fitting_card"):
        insert(CustomValue, card=a_card("lead"), field=own, **text)

    insert(CustomValue, card=a_card("lead", pipeline=own.pipeline), field=own, **text)
    change(own.pipeline, retired_at=later(hours=1))
    next_one = a_pipeline(kind="lead", code=own.pipeline.code, version=2)
    insert(CustomValue, card=a_card("lead", pipeline=next_one), field=own, **text)


@pytest.mark.parametrize("choices", ["red\nblue", "red\r\nblue"])
def test_a_choice_is_one_of_the_list(choices: str):
    field, card = make.a_custom_field(type="choice", choices=choices), a_card()

    for wrong in ("re", "green", "red\nblue%", "%"):
        with refuses("custom_value_is_a_listed_choice"):
            insert(CustomValue, card=card, field=field, type="choice", choice_value=wrong)

    insert(CustomValue, card=card, field=field, type="choice", choice_value="blue")
