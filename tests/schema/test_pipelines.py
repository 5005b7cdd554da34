"""The truths of pipelines, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from tests.factories import NOW, later
from tests.factories import pipelines as make
from tests.factories.cards import a_card, a_card_step
from tests.factories.staff import a_person
from tests.refusals import refuses
from tests.rows import again, change, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def test_a_version_of_a_pipeline_is_there_once():
    first = make.a_draft_pipeline(version=1)
    insert(Pipeline, kind="lead", code=first.code, name="Way", version=2)

    with refuses("pipeline_version_is_new"):
        insert(Pipeline, kind="lead", code=first.code, name="Way", version=1)


def test_versions_count_from_one():
    with refuses("pipeline_version_counts_from_one"):
        insert(Pipeline, kind="lead", code="way", name="Way", version=0)


def test_one_version_of_a_pipeline_is_in_use():
    first = make.a_pipeline()
    second = make.a_draft_pipeline(code=first.code, version=2)
    make.a_stage(pipeline=second, opens=True)

    with refuses("pipeline_one_version_in_use"):
        change(second, published_at=NOW)

    change(first, retired_at=later(days=1))
    change(second, published_at=NOW)


def test_only_a_published_version_is_retired():
    draft = make.a_draft_pipeline()

    with refuses("pipeline_retires_after_publishing"):
        change(draft, retired_at=NOW)
    with refuses("pipeline_retires_after_publishing"):
        change(make.a_pipeline(), retired_at=later(days=-1))


def test_a_pipeline_without_a_start_is_not_published():
    draft = make.a_draft_pipeline()
    start = make.a_stage(pipeline=draft)

    with refuses("pipeline_has_a_start"):
        change(draft, published_at=NOW)
    with refuses("pipeline_has_a_start"):
        insert(Pipeline, kind="lead", code="ready", name="Ready", published_at=NOW)

    change(start, opens=True)
    change(draft, published_at=NOW)


def test_a_pipeline_whose_steps_lead_the_wrong_way_is_not_published():
    draft = make.a_draft_pipeline()
    start = make.a_stage(pipeline=draft, opens=True)
    end = make.a_stage(pipeline=draft)
    make.a_stage_step(start, end)
    change(start, position=9)

    with refuses("pipeline_steps_are_straight"):
        change(draft, published_at=NOW)

    change(start, position=1)
    change(draft, published_at=NOW)


def test_a_version_that_cards_travel_is_only_retired():
    pipeline = make.a_pipeline()
    change(pipeline, name="Before the first card")
    a_card(pipeline=pipeline)

    with refuses("pipeline_in_use_stays"):
        change(pipeline, name="Another name")
    with refuses("pipeline_in_use_stays"):
        change(pipeline, published_at=None)

    change(pipeline, retired_at=later(days=1))


def test_a_stage_has_its_own_code_and_position():
    stage = make.a_stage(code="scan", position=1)

    with refuses("stage_code_is_free"):
        insert(Stage, pipeline=stage.pipeline, code="scan", name="Scan", position=2)
    with refuses("stage_position_is_free"):
        insert(Stage, pipeline=stage.pipeline, code="other", name="Other", position=1)

    insert(Stage, pipeline=stage.pipeline, code="other", name="Other", position=2)
    insert(Stage, pipeline=make.a_draft_pipeline(), code="scan", name="Scan", position=1)


def test_cards_open_only_where_work_goes_on():
    stage = make.a_stage(opens=True)

    with refuses("stage_opens_where_work_goes_on"):
        change(stage, category="done")


def test_a_limit_allows_one_card():
    stage = make.a_stage()
    change(stage, wip_limit=1)

    with refuses("stage_limit_allows_one"):
        change(stage, wip_limit=0)


def test_a_standard_duration_is_some_minutes():
    stage = make.a_stage()
    change(stage, standard_minutes=1)

    with refuses("stage_standard_is_positive"):
        change(stage, standard_minutes=0)


def test_stages_of_a_version_that_cards_travel_stay():
    pipeline = make.a_pipeline()
    last = make.stage_of(pipeline, "lost")
    unused = make.a_stage()
    change(last, name="Before the first card")
    a_card(pipeline=pipeline)

    with refuses("stage_of_used_pipeline_stays"):
        change(last, name="Another label")
    with refuses("stage_of_used_pipeline_stays"):
        change(last, pipeline=unused.pipeline)
    with refuses("stage_joins_unused_pipeline"):
        insert(Stage, pipeline=pipeline, code="more", name="More", position=9)
    with refuses("stage_joins_unused_pipeline"):
        change(unused, pipeline=pipeline, position=9)


def test_a_stage_of_a_version_that_cards_travel_is_not_removed():
    pipeline = make.a_pipeline()
    lonely = make.a_stage(pipeline=pipeline)
    a_card(pipeline=pipeline)

    with refuses("stage_of_used_pipeline_stays"):
        remove(lonely)

    remove(make.a_stage())


def test_a_version_stays_frozen_after_its_last_card_was_transferred():
    old, new = make.a_pipeline(), make.a_pipeline()
    card = a_card(pipeline=old)
    way = {"mode": "transfer", "reason": "New version", "by": a_person(), "step": None}
    a_card_step(card, to_stage=make.stage_of(new, "new"), **way)

    with refuses("stage_of_used_pipeline_stays"):
        change(make.stage_of(old, "lost"), name="Another label")


def test_a_step_is_drawn_once():
    pipeline = make.a_draft_pipeline()
    step = make.a_stage_step(make.a_stage(pipeline=pipeline), make.a_stage(pipeline=pipeline))

    with refuses("stage_step_drawn_once"):
        insert(StageStep, pipeline=pipeline, from_stage=step.from_stage, to_stage=step.to_stage)


def test_a_step_joins_stages_of_its_own_pipeline():
    here = make.a_draft_pipeline()
    first, second = make.a_stage(pipeline=here), make.a_stage(pipeline=here)
    foreign = make.a_stage(position=9)
    before = make.a_stage(position=-1)

    with refuses("stage_step_to_own_pipeline"):
        insert(StageStep, pipeline=here, from_stage=first, to_stage=foreign)
    with refuses("stage_step_from_own_pipeline"):
        insert(StageStep, pipeline=here, from_stage=before, to_stage=second)

    insert(StageStep, pipeline=here, from_stage=first, to_stage=second)


def test_a_step_back_leads_back_and_any_other_ahead_or_to_lost():
    here = make.a_draft_pipeline()
    lost = make.a_stage(pipeline=here, category="lost")
    first, second = make.a_stage(pipeline=here), make.a_stage(pipeline=here)

    with refuses("stage_step_is_straight"):
        insert(StageStep, pipeline=here, from_stage=first, to_stage=second, back=True)
    with refuses("stage_step_is_straight"):
        insert(StageStep, pipeline=here, from_stage=second, to_stage=first)
    with refuses("stage_step_is_straight"):
        insert(StageStep, pipeline=here, from_stage=first, to_stage=first)

    insert(StageStep, pipeline=here, from_stage=second, to_stage=first, back=True)
    insert(StageStep, pipeline=here, from_stage=second, to_stage=lost)


def test_steps_of_a_version_that_cards_travel_stay():
    pipeline = make.a_pipeline()
    step = pipeline.steps.get()
    start, done = make.stage_of(pipeline, "new"), make.stage_of(pipeline, "done")
    a_card(pipeline=pipeline)

    with refuses("stage_step_of_used_pipeline_stays"):
        remove(step)
    with refuses("stage_step_of_used_pipeline_stays"):
        change(step, back=False, pipeline=make.a_draft_pipeline())
    with refuses("stage_step_joins_unused_pipeline"):
        insert(StageStep, pipeline=pipeline, from_stage=start, to_stage=done)


def test_a_control_point_has_its_own_code_at_its_stage():
    point = make.a_control_point()

    with refuses("control_point_code_is_free"):
        insert(ControlPoint, stage=point.stage, code=point.code, name="Twice")

    insert(ControlPoint, stage=make.a_stage(), code=point.code, name="Elsewhere")


def test_control_points_of_a_version_that_cards_travel_stay():
    pipeline = make.a_pipeline()
    start = make.stage_of(pipeline, "new")
    point = make.a_control_point(stage=start)
    a_card(pipeline=pipeline)

    with refuses("control_point_of_used_pipeline_stays"):
        change(point, required=False)
    with refuses("control_point_of_used_pipeline_stays"):
        remove(point)
    with refuses("control_point_joins_unused_pipeline"):
        insert(ControlPoint, stage=start, code="more", name="More")

    assert again(point).required
