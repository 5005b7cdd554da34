"""Drawing a pipeline that is not published: stages, steps, points, automations and roles."""

from __future__ import annotations

import pytest
from peewee import IntegrityError

from schema.automations import Automation
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow import pipeline_points as points
from schema.workflow.pipeline_publishing import publish
from schema.workflow.pipeline_stages import add_stage, move_stage, remove_stage, set_stage
from schema.workflow.pipeline_steps import add_step, remove_step
from schema.workflow.pipelines import new_pipeline
from tests.factories import NOW
from tests.factories import pipelines as make
from tests.factories.custom import a_custom_field
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")


def a_way(*names):
    """A draft with these stages, the last one done."""
    draft, after = new_pipeline("track", "Denture rounds"), None
    for name in names:
        category = "done" if name == names[-1] else "open"
        after = add_stage(draft.id, name, after=after, category=category).id
    return draft


def names_of(draft):
    rows = Stage.select(Stage.name, Stage.position).where(Stage.pipeline == draft)
    return list(rows.order_by(Stage.position).tuples())


def ways_of(draft):
    steps = StageStep.select().where(StageStep.pipeline == draft)
    return {(one.from_stage.name, one.to_stage.name, one.back) for one in steps}


def stage(draft, name):
    return Stage.get(Stage.pipeline == draft, Stage.name == name)


def test_a_new_pipeline_has_a_short_name_of_its_own():
    first, second = new_pipeline("track", "Denture rounds"), new_pipeline("lead", "Denture rounds")
    assert (first.code, second.code) == ("denture_rounds", "denture_rounds_2")
    assert (first.version, first.published_at) == (1, None)
    with pytest.raises(Refused, match="has the short name"):
        new_pipeline("track", "Other", code=first.code)
    with pytest.raises(Refused, match="Write a name"):
        new_pipeline("track", "  ")
    with pytest.raises(Refused, match="from the list"):
        new_pipeline("bicycle", "Ride")


def test_stages_drawn_one_after_the_other_are_joined_and_can_be_published():
    draft = a_way("Ask", "Fit", "End")
    assert names_of(draft) == [("Ask", 1), ("Fit", 2), ("End", 3)]
    assert ways_of(draft) == {("Ask", "Fit", False), ("Fit", "End", False)}

    publish(draft.id, by=a_person().id, now=NOW)
    assert Pipeline.get_by_id(draft.id).published_at == NOW


def test_a_stage_in_between_takes_the_direct_way_and_the_way_back():
    draft = a_way("Ask", "Fit", "Wax", "End")
    add_step(draft.id, stage(draft, "Wax").id, stage(draft, "Fit").id)
    add_stage(draft.id, "Bite", after=stage(draft, "Fit").id)

    assert names_of(draft) == [("Ask", 1), ("Fit", 2), ("Bite", 3), ("Wax", 4), ("End", 5)]
    assert ("Fit", "Wax", False) not in ways_of(draft)
    assert {("Fit", "Bite", False), ("Bite", "Wax", False)} <= ways_of(draft)
    assert {("Wax", "Bite", True), ("Bite", "Fit", True)} <= ways_of(draft)


def test_a_lost_stage_is_reached_from_each_stage_where_work_goes_on():
    draft = a_way("Ask", "Fit", "End")
    add_stage(draft.id, "Given up", after=stage(draft, "End").id, category="lost")
    add_stage(draft.id, "Wax", after=stage(draft, "Fit").id)

    lost = {start for start, end, _ in ways_of(draft) if end == "Given up"}
    assert lost == {"Ask", "Fit", "Wax"}


def test_a_moved_stage_turns_its_steps():
    draft = a_way("Ask", "Fit", "Wax", "End")
    move_stage(stage(draft, "Wax").id, -1)
    assert [name for name, _ in names_of(draft)] == ["Ask", "Wax", "Fit", "End"]
    assert ("Fit", "Wax", True) in ways_of(draft)

    move_stage(stage(draft, "Ask").id, -1)
    assert [place for _, place in names_of(draft)] == [1, 2, 3, 4]


def test_neighbours_of_a_removed_stage_are_joined():
    draft = a_way("Ask", "Fit", "End")
    remove_stage(stage(draft, "Fit").id)

    assert names_of(draft) == [("Ask", 1), ("End", 2)]
    assert ways_of(draft) == {("Ask", "End", False)}


def test_a_step_leads_on_from_open_stages_of_the_same_pipeline_only():
    draft, other = a_way("Ask", "Fit", "End"), a_way("Sow", "Reap")
    ask, end = stage(draft, "Ask").id, stage(draft, "End").id
    with pytest.raises(Refused, match="work ends there"):
        add_step(draft.id, end, ask)
    with pytest.raises(Refused, match="two stages of this pipeline"):
        add_step(draft.id, ask, stage(other, "Reap").id)
    with pytest.raises(Refused, match="another stage"):
        add_step(draft.id, ask, ask)

    step = add_step(draft.id, ask, end)
    assert add_step(draft.id, ask, end) == step
    remove_step(step.id)
    remove_step(step.id)
    assert ("Ask", "End", False) not in ways_of(draft)


def test_a_stage_is_changed_as_a_whole():
    draft = a_way("Ask", "Fit", "End")
    good = {"name": "Ask again", "category": "open", "opens": True, "clock": "lab"}
    set_stage(stage(draft, "Ask").id, **good, wip_limit=4, standard_minutes=90)
    kept = stage(draft, "Ask again")
    assert (kept.clock, kept.wip_limit, kept.standard_minutes) == ("lab", 4, 90)
    limits = {"wip_limit": None, "standard_minutes": None}
    with pytest.raises(Refused, match="Someone else"):
        set_stage(kept.id, **good, **limits, seen=1)
    with pytest.raises(IntegrityError):
        set_stage(kept.id, **good | {"category": "done"}, **limits)


def test_control_points_take_their_automations_along():
    draft = a_way("Ask", "Fit", "End")
    fit = stage(draft, "Fit").id
    point = points.add_point(fit, "Bite checked")
    second = points.add_point(fit, "Bite checked")
    assert [(one.code, one.position) for one in (point, second)] == [
        ("bite_checked", 1),
        ("bite_checked_2", 2),
    ]
    points.add_automation(fit, event="tick", control_point=point.id, action="risk")
    points.remove_point(point.id)

    assert [one.id for one in ControlPoint.select().where(ControlPoint.stage == fit)] == [second.id]
    assert not Automation.select().where(Automation.stage == fit).exists()
    with pytest.raises(Refused, match="which field"):
        points.add_point(fit, "Filled", evidence="field")


def test_a_child_card_travels_another_pipeline_that_is_in_use():
    draft = a_way("Ask", "Fit", "End")
    ask = stage(draft, "Ask").id
    child = {"event": "enter", "action": "child"}
    for code in (None, "nowhere", draft.code):
        with pytest.raises(Refused):
            points.add_automation(ask, **child, child_pipeline_code=code)
    make.a_pipeline(kind="track", code="units")
    points.add_automation(ask, **child, child_pipeline_code="units")
    assert [one.code for one in points.child_pipelines(draft)] == ["units"]


def test_a_role_is_named_once_and_taken_off():
    draft, role = a_way("Ask", "End"), a_role("technician")
    ask = stage(draft, "Ask").id
    points.add_mover(ask, role.id)
    points.add_mover(ask, role.id)
    [mover] = StageRole.select().where(StageRole.stage == ask)
    points.remove_mover(mover.id)
    assert not StageRole.select().where(StageRole.stage == ask).exists()


def test_a_published_version_is_drawn_no_more():
    pipeline = make.a_pipeline()
    start = make.stage_of(pipeline, "new")
    point = make.a_control_point(stage=start)
    automation = make.an_automation(stage=start)
    step = pipeline.steps.get()
    for act in (
        lambda: add_stage(pipeline.id, "More"),
        lambda: move_stage(start.id, 1),
        lambda: remove_stage(start.id),
        lambda: add_step(pipeline.id, start.id, make.stage_of(pipeline, "done").id),
        lambda: remove_step(step.id),
        lambda: points.add_point(start.id, "More"),
        lambda: points.remove_point(point.id),
        lambda: points.add_automation(start.id, event="enter", action="risk"),
        lambda: points.remove_automation(automation.id),
        lambda: points.add_mover(start.id, a_role("technician").id),
    ):
        with pytest.raises(Refused, match="Make the next version"):
            act()


@pytest.mark.parametrize(
    ("evidence", "about", "says"),
    [
        ("field", None, "what the evidence is about"),
        ("consent", " ", "what the evidence is about"),
        ("field", "colour", "«colour» is nothing"),
        ("photos", "noon", "«noon» is nothing"),
        ("link", "song", "«song» is nothing"),
        ("children", "no_such_way", "«no_such_way» is nothing"),
        ("consent", "everything", "«everything» is nothing"),
    ],
)
def test_a_point_about_nothing_that_there_is_would_hold_cards_for_ever(evidence, about, says):
    draft = new_pipeline("order", "Rounds")
    here = add_stage(draft.id, "Ask")

    with pytest.raises(Refused, match=says):
        points.add_point(here.id, "Point", evidence=evidence, about=about)

    assert not ControlPoint.select().exists()


def test_a_point_is_about_fields_processes_moments_consents_and_links():
    way = make.a_pipeline("mill", "sinter", "done", kind="track")
    own = a_custom_field(kind="order")
    draft = new_pipeline("order", "Rounds")
    here = add_stage(draft.id, "Ask")

    for evidence, about in (
        ("field", own.code),
        ("children", way.code),
        ("children", f"{way.code}:sinter"),
        ("photos", "after"),
        ("photos", None),
        ("consent", "photo_print"),
        ("link", "scan"),
    ):
        made = points.add_point(here.id, f"{evidence} {about}", evidence=evidence, about=about)
        assert (made.evidence, made.about) == (evidence, about)
    assert points.add_point(here.id, "By hand", evidence="tick", about="noise").about is None
