"""The pipeline editor: maps, drafts drawn on screen, publishing, and taking running cards over."""

from __future__ import annotations

import pytest

from bench.questions import counted
from schema.automations import Automation
from schema.cards import Card, CardStep
from schema.followups import Followup
from schema.pipelines import ControlPoint, Pipeline, Stage
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.pipelines import in_use
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from tests.factories import NOW
from tests.factories import pipelines as make
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.staff import a_person, a_role
from tests.pages import publish_as_shown


def at(pipeline, page="map"):
    return f"/pipelines/{pipeline.id}/{page}"


def drawn(desk, pipeline, act, **fields):
    return desk.send(at(pipeline), {"act": act, **fields})


def stage(pipeline, name):
    return Stage.get(Stage.pipeline == pipeline, Stage.name == name)


def test_a_map_tells_stages_steps_points_and_automations(desk):
    pipeline = make.a_pipeline(name="Rounds")
    working = make.stage_of(pipeline, "working")
    make.a_control_point(stage=working, name="Bite checked")
    make.an_automation(stage=working, text="Ring the clinic", delay_minutes=120)

    page = desk.get(at(pipeline)).text

    assert page.count('class="place ') == 4 and "marker-end" in page
    for words in ("Bite checked", "Ring the clinic", "after 2 h", "Make the next version"):
        assert words in page
    assert "Add a stage" not in page, "a version in use is not drawn"
    assert "Rounds" in desk.get("/pipelines/").text


def test_a_stage_with_a_point_and_an_automation_is_drawn_and_published(desk):
    pipeline = make.a_pipeline(kind="track")
    card = a_card("track", pipeline=pipeline)
    answer = desk.send(at(pipeline, "next"))
    draft = Pipeline.get(Pipeline.code == pipeline.code, Pipeline.version == 2)
    assert answer.headers["Location"].endswith(at(draft))

    working = make.stage_of(draft, "working")
    drawn(desk, draft, "add_stage", name="Polish", after=working.id, category="open")
    polish = stage(draft, "Polish")
    point = {"name": "Gloss seen", "evidence": "tick", "block": "production", "required": "1"}
    drawn(desk, draft, "add_point", stage=polish.id, **point)
    acts = {"event": "enter", "action": "followup", "text": "Look at the gloss"}
    drawn(desk, draft, "add_automation", stage=polish.id, **acts)
    preview = desk.get(at(draft, "publish")).text
    for words in ("Polish", "Gloss seen", "1 open card stays", "version 2 instead of version 1"):
        assert words in preview
    assert in_use(pipeline.code) == pipeline

    publish_as_shown(desk, draft)

    assert in_use(pipeline.code) == draft
    assert Card.get_by_id(card.id).pipeline_id == pipeline.id, "running cards keep their map"
    assert ControlPoint.get(ControlPoint.stage == polish).name == "Gloss seen"
    assert Automation.get(Automation.stage == polish).text == "Look at the gloss"


def test_new_cards_obey_what_was_published_and_running_ones_keep_their_map(desk):
    pipeline, me = make.a_pipeline(kind="lead"), a_person()
    running = open_card("lead", by=me.id, now=NOW, pipeline=pipeline.id, responsible=me.id)
    desk.send(at(pipeline, "next"))
    draft = Pipeline.get(Pipeline.code == pipeline.code, Pipeline.version == 2)
    start = make.stage_of(draft, "new")
    point = {"name": "Gloss seen", "evidence": "tick", "block": "production", "required": "1"}
    drawn(desk, draft, "add_point", stage=start.id, **point)
    acts = {"event": "leave", "action": "followup", "text": "Look at the gloss"}
    drawn(desk, draft, "add_automation", stage=start.id, **acts)
    publish_as_shown(desk, draft)

    fresh = open_card("lead", by=me.id, now=NOW, responsible=me.id)
    assert fresh.pipeline_id == draft.id
    with pytest.raises(Refused, match="Gloss seen"):
        move(fresh.id, make.stage_of(draft, "working").id, by=me.id, now=NOW)
    tick(fresh.id, ControlPoint.get(ControlPoint.stage == start).id, by=me.id, now=NOW)
    move(fresh.id, make.stage_of(draft, "working").id, by=me.id, now=NOW)
    move(running.id, make.stage_of(pipeline, "working").id, by=me.id, now=NOW)

    assert [told.card_id for told in Followup.select()] == [fresh.id]


def test_every_part_of_a_draft_is_changed_moved_and_removed_on_screen(desk):
    draft = make.a_draft_pipeline()
    for name, category in (("Ask", "open"), ("Fit", "open"), ("End", "done")):
        after = Stage.select().where(Stage.pipeline == draft).order_by(Stage.id.desc()).first()
        place = after.id if after else ""
        drawn(desk, draft, "add_stage", name=name, after=place, category=category)
    fit = stage(draft, "Fit")
    said = {"name": "Fit it", "category": "open", "clock": "lab", "wip_limit": "3"}
    drawn(desk, draft, "set_stage", stage=fit.id, seen=fit.row_version, **said)
    fit = stage(draft, "Fit it")
    assert (fit.wip_limit, fit.clock) == (3, "lab")
    drawn(desk, draft, "earlier", stage=fit.id)
    drawn(desk, draft, "later", stage=fit.id)
    ask, end = stage(draft, "Ask"), stage(draft, "End")
    drawn(desk, draft, "add_step", stage=ask.id, to_stage=end.id)
    drawn(desk, draft, "add_mover", stage=fit.id, role=a_role("technician").id)
    drawn(desk, draft, "remove_mover", row=StageRole.get(StageRole.stage == fit).id)
    steps = {(one.from_stage.name, one.to_stage.name) for one in draft.steps}
    assert steps == {("Ask", "Fit it"), ("Fit it", "End"), ("Ask", "End")}
    drawn(desk, draft, "remove_stage", stage=fit.id)
    assert [one.name for one in draft.stages.order_by(Stage.position)] == ["Ask", "End"]


def test_a_control_point_of_a_draft_is_changed_in_place(desk):
    draft = make.a_draft_pipeline(kind="order")
    here = make.a_stage(pipeline=draft)
    point = make.a_control_point(stage=here, name="Bite", evidence="tick")
    page = desk.get(at(draft) + f"?change=point-{point.id}").text
    assert f'name="row" value="{point.id}"' in page and 'value="Bite"' in page
    assert '<option value="shade">Shade</option>' in page

    said = {"name": "Shade is known", "evidence": "field", "about": "shade", "block": "parameters"}
    where = {"stage": here.id, "row": point.id, "seen": point.row_version}
    sent = drawn(desk, draft, "set_point", **where, **said)
    late = drawn(desk, draft, "set_point", **where, **said | {"name": "Zebra"})

    assert sent.headers["Location"].endswith(f"map#stage-{here.id}")
    assert late.status_code == 422 and "Someone else" in late.text and 'value="Zebra"' in late.text
    kept = ControlPoint.get_by_id(point.id)
    assert (kept.name, kept.evidence, kept.about) == ("Shade is known", "field", "shade")
    assert not kept.required


def test_an_automation_of_a_draft_is_changed_in_place_and_switched_off(desk):
    draft, child = make.a_draft_pipeline(kind="order"), make.a_pipeline(kind="track")
    here = make.a_stage(pipeline=draft)
    one = make.an_automation(stage=here, text="Ring", delay_minutes=90)
    page = desk.get(at(draft) + f"?change=automation-{one.id}").text
    assert 'value="1 h 30 min"' in page and 'value="Ring"' in page

    said = {"event": "leave", "action": "child", "child_pipeline_code": child.code}
    where = {"stage": here.id, "row": one.id, "seen": one.row_version}
    drawn(desk, draft, "set_automation", **where, **said, child_each="unit", only_route="ZR")

    kept = Automation.get_by_id(one.id)
    assert (kept.event, kept.action, kept.child_each) == ("leave", "child", "unit")
    assert (kept.only_route, kept.text, kept.delay_minutes, kept.active) == ("ZR", None, 0, False)


def test_what_is_refused_is_said_and_nothing_typed_is_lost(desk):
    draft = make.a_draft_pipeline()
    working = make.a_stage(pipeline=draft)
    for fields, words in (
        ({"name": "Zebra", "evidence": "field", "block": "photos"}, "which field"),
        ({"name": "Zebra", "evidence": "magic", "block": "photos"}, "from the list"),
    ):
        answer = drawn(desk, draft, "add_point", stage=working.id, **fields)
        assert answer.status_code == 422
        here = answer.text.split(f'id="stage-{working.id}"')[1].split("</section>")[0]
        assert words in here and 'value="Zebra"' in here, "at the stage, not at the top"
    answer = drawn(desk, draft, "add_automation", stage=working.id, event="idle", action="risk")
    assert answer.status_code == 422 and "counts as idle" in answer.text
    answer = drawn(desk, draft, "add_stage", name="", category="open")
    assert answer.status_code == 422 and "Write a name" in answer.text
    assert drawn(desk, draft, "burn").status_code == 400
    assert not ControlPoint.select().exists() and not Automation.select().exists()


def test_a_draft_with_flaws_names_them_all_and_stays_a_draft(desk):
    draft = make.a_draft_pipeline()
    make.a_stage(pipeline=draft, name="Lonely")

    page = desk.get(at(draft, "publish")).text
    assert "where cards are opened" in page and "mark it as done" in page
    answer = publish_as_shown(desk, draft)
    assert answer.status_code == 422
    assert Pipeline.get_by_id(draft.id).published_at is None


def test_the_preview_says_what_was_and_what_will_be(desk):
    pipeline = make.a_pipeline(kind="track")
    desk.send(at(pipeline, "next"))
    draft = Pipeline.get(Pipeline.code == pipeline.code, Pipeline.version == 2)
    Stage.update(standard_minutes=90).where(
        Stage.pipeline == draft, Stage.code == "working"
    ).execute()

    assert "Standard time: – → 1 h 30 min" in desk.get(at(draft, "publish")).text


def test_running_cards_are_moved_to_the_new_version_with_a_reason(desk):
    old = make.a_pipeline(code="rounds")
    cards = [a_card(pipeline=old) for _ in range(3)]
    desk.send(at(old, "next"))
    new = Pipeline.get(Pipeline.code == "rounds", Pipeline.version == 2)
    publish_as_shown(desk, new)
    page = desk.get(at(new, "move")).text
    start = make.stage_of(new, "new")
    assert f'<option value="{start.id}" selected>' in page, "the same stage is offered"

    where = {"from": old.id, f"m.{make.stage_of(old, 'new').id}": start.id}
    refused = desk.send(at(new, "move"), where | {"reason": ""})
    assert refused.status_code == 422
    assert not CardStep.select().exists()

    desk.send(at(new, "move"), where | {"reason": "The new way has a polish"})
    assert {Card.get_by_id(card.id).stage_id for card in cards} == {start.id}
    assert {step.mode for step in CardStep.select()} == {"transfer"}


def test_a_selection_of_cards_is_moved_and_the_others_stay(desk):
    old, new = make.a_pipeline(), make.a_pipeline()
    first, second, third = (a_card(pipeline=old) for _ in range(3))
    page = desk.get(at(new, "move") + f"?from={old.id}&card={first.id}&card={second.id}").text
    assert page.count('name="card"') == 2 and '<td class="num" data-label="Open cards">2<' in page

    where = {"from": old.id, f"m.{make.stage_of(old, 'new').id}": make.stage_of(new, "new").id}
    desk.send(at(new, "move"), where | {"reason": "These two", "card": [first.id, second.id]})

    ways = [Card.get_by_id(card.id).pipeline_id for card in (first, second, third)]
    assert ways == [new.id, new.id, old.id]


def test_a_map_asks_the_same_number_of_questions_however_long_it_is(desk):
    short, long = make.a_pipeline("a", "b"), make.a_pipeline("a", "b", "c", "d", "e", "f", "lost")
    for one in long.stages:
        make.an_automation(stage=one)
        make.a_control_point(stage=one)
        StageRole.create(stage=one, role=a_role("technician"))
    desk.get(at(short))
    assert counted(lambda: desk.get(at(short))) == counted(lambda: desk.get(at(long)))


@pytest.mark.parametrize("chosen", ["", "999999999", "x"])
def test_cards_without_a_place_afterwards_are_not_moved(desk, chosen):
    old, new = make.a_pipeline(), make.a_pipeline()
    a_card(pipeline=old)
    where = {"from": old.id, f"m.{make.stage_of(old, 'new').id}": chosen, "reason": "Why not"}

    answer = desk.send(at(new, "move"), where)
    assert answer.status_code == 422 and "stand afterwards" in answer.text
    assert not CardStep.select().exists()
    assert desk.get(at(old, "move") + "?from=987654").status_code == 404
    assert desk.get(at(make.a_draft_pipeline(), "move")).status_code == 404


def test_a_draft_is_discarded_on_screen_and_the_version_in_use_stays(desk):
    pipeline = make.a_pipeline(kind="track")
    desk.send(at(pipeline, "next"))
    draft = Pipeline.get(Pipeline.code == pipeline.code, Pipeline.version == 2)
    assert f'action="{at(draft, "discard")}"' in desk.get(at(draft)).text

    answer = desk.send(at(draft, "discard"), follow_redirects=True)

    assert "Discarded" in answer.text and "Make the next version" in answer.text
    assert [one.id for one in Pipeline.select()] == [pipeline.id]
    assert "stays as it is" in desk.send(at(pipeline, "discard"), follow_redirects=True).text


def test_a_retired_pipeline_keeps_its_board_while_cards_travel_it(desk):
    pipeline, other = make.a_pipeline(name="Rounds"), make.a_pipeline(name="Other")
    lead = a_lead(name="Popa Ana", card=a_card("lead", pipeline=pipeline))
    assert f'action="{at(pipeline, "retire")}"' in desk.get(at(pipeline)).text

    told = desk.send(at(pipeline, "retire"), follow_redirects=True).text

    assert "Retired" in told and f'action="{at(pipeline, "retire")}"' not in told
    assert in_use(pipeline.code) is None and in_use(other.code) == other
    assert "Rounds" in desk.get("/board/").text
    assert "Popa Ana" in desk.get(f"/board/{pipeline.code}").text
    end = {"stage": make.stage_of(pipeline, "lost").id, "seen": 0, "reason": "Moved abroad"}
    desk.send(f"/cards/{lead.card_id}/move", end)
    assert desk.get(f"/board/{pipeline.code}").status_code == 404
    assert "Rounds" not in desk.get("/board/").text


def test_the_list_of_pipelines_leads_to_their_maps(desk):
    pipeline = make.a_pipeline()
    assert 'class="btn" href="/pipelines/"' in desk.get("/pipeline/").text
    assert 'class="btn" href="/pipelines/"' in desk.get("/stage/").text
    assert f'href="{at(pipeline)}"' in desk.get(f"/pipeline/details/?id={pipeline.id}").text


def test_pages_of_a_pipeline_that_is_not_there_are_not_found(desk):
    for page in ("map", "publish", "move"):
        assert desk.get(f"/pipelines/987654/{page}").status_code == 404
        assert desk.get(f"/pipelines/99999999999999/{page}").status_code == 404
