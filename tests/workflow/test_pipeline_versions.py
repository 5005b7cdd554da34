"""Versions of pipelines: the next one as a copy, what it changes, and publishing it."""

from __future__ import annotations

import pytest

from schema.automations import Automation
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.cards import opening_of
from schema.workflow.pipeline_changes import changes
from schema.workflow.pipeline_points import add_point
from schema.workflow.pipeline_publishing import publish
from schema.workflow.pipeline_stages import add_stage, move_stage, remove_stage
from schema.workflow.pipelines import next_version
from tests.factories import NOW, later
from tests.factories import pipelines as make
from tests.factories.cards import a_card
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")


def drawn():
    """A pipeline in use with a point, an automation that ticks it and a role that moves on."""
    pipeline = make.a_pipeline(kind="track", code="rounds")
    stage = make.stage_of(pipeline, "working")
    point = make.a_control_point(stage=stage, code="checked")
    make.an_automation(stage=stage, event="tick", control_point=point, action="tick", ticks=point)
    StageRole.create(stage=stage, role=a_role("technician"))
    return pipeline


def the_next(pipeline):
    return next_version(pipeline.id, by=a_person().id, now=NOW)


def published(draft, **passed):
    return publish(draft.id, by=a_person().id, now=later(**(passed or {"days": 1})))


def test_the_next_version_has_all_that_the_version_has():
    pipeline = drawn()
    draft = the_next(pipeline)

    assert (draft.code, draft.version, draft.published_at) == ("rounds", 2, None)
    assert changes(draft) == []
    stage = make.stage_of(draft, "working")
    [point] = ControlPoint.select().where(ControlPoint.stage == stage)
    [automation] = Automation.select().where(Automation.stage == stage)
    assert automation.control_point == automation.ticks == point
    assert StageRole.select().where(StageRole.stage == stage).count() == 1
    steps = StageStep.select().where(StageStep.pipeline == draft)
    assert steps.count() == pipeline.steps.count() > 0
    assert {step.from_stage.pipeline_id for step in steps} == {draft.id}


def test_a_second_draft_is_refused_while_one_is_being_drawn():
    pipeline = drawn()
    the_next(pipeline)

    with pytest.raises(Refused, match="Version 2 is being drawn already"):
        the_next(pipeline)


def test_publishing_retires_the_version_in_use_and_leaves_its_cards():
    pipeline = drawn()
    card = a_card("track", pipeline=pipeline)
    draft = the_next(pipeline)
    add_stage(draft.id, "Polish", after=make.stage_of(draft, "working").id)
    published(draft)

    before = Pipeline.get_by_id(pipeline.id)
    assert before.retired_at == later(days=1)
    assert card.stage.pipeline_id == pipeline.id
    assert opening_of("track", draft.id) == (draft.id, make.stage_of(draft, "new").id)
    with pytest.raises(Refused, match="published already"):
        published(draft)


def test_a_version_published_before_its_forerunner_was_is_dated_after_it():
    pipeline = make.a_pipeline(code="rounds")
    published(the_next(pipeline), days=-1)

    assert Pipeline.get_by_id(pipeline.id).retired_at == pipeline.published_at


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ((), "Draw at least one stage"),
        (("open",), "mark it as done"),
        (("open", "done"), "No step leads to «End»"),
    ],
)
def test_a_draft_that_cannot_be_travelled_is_not_published(codes, says):
    draft = make.a_draft_pipeline()
    for category in codes:
        name = {"open": "Start", "done": "End"}[category]
        make.a_stage(pipeline=draft, name=name, category=category, opens=category == "open")

    with pytest.raises(Refused, match=says):
        published(draft)
    assert Pipeline.get_by_id(draft.id).published_at is None


def test_changes_name_each_part_that_is_added_taken_and_changed():
    pipeline = drawn()
    draft = the_next(pipeline)
    working = make.stage_of(draft, "working")
    polish = add_stage(draft.id, "Polish", after=working.id)
    add_point(polish.id, "Gloss seen")
    Stage.update(wip_limit=3).where(Stage.id == working.id).execute()
    Automation.update(delay_minutes=30).where(Automation.stage == working).execute()
    StageRole.delete().where(StageRole.stage == working).execute()

    found = {(one.part.__name__, one.how, one.names, one.columns) for one in changes(draft)}

    assert ("Stage", "added", ("Polish",), ()) in found
    assert ("Stage", "changed", ("Working",), ("wip_limit",)) in found
    assert ("StageStep", "added", ("Working", "Polish"), ()) in found
    assert ("StageStep", "taken", ("Working", "Done"), ()) in found
    assert ("ControlPoint", "added", ("Polish", "Gloss seen"), ()) in found
    assert ("Automation", "changed", ("Working", "tick", "tick"), ("delay_minutes",)) in found
    assert [one.how for one in changes(draft) if one.part is StageRole] == ["taken"]


def test_changes_see_another_order_of_the_same_stages():
    draft = the_next(make.a_pipeline("new", "scan", "cast", "done"))
    move_stage(make.stage_of(draft, "scan").id, 1)

    moved = [one.names for one in changes(draft) if one.columns == ("position",)]
    assert moved == [("Cast",), ("Scan",)]


def test_everything_of_a_pipeline_without_a_version_in_use_is_new():
    draft = make.a_draft_pipeline()
    make.a_stage(pipeline=draft)

    assert {one.how for one in changes(draft)} == {"added"}


def test_a_stage_that_is_taken_out_takes_its_parts_along():
    draft = the_next(drawn())
    remove_stage(make.stage_of(draft, "working").id)

    taken = {one.part for one in changes(draft) if one.how == "taken"}
    assert taken == {Stage, StageStep, ControlPoint, StageRole, Automation}
    published(draft)
