"""Boards: what stands there, what may be moved, and what is refused in words."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest

from schema.base import utcnow
from schema.cards import Card, CardStep
from schema.database import database
from schema.holds import Hold
from schema.patients import Patient
from schema.pipelines import Pipeline, Stage
from schema.workflow.steps import move
from tests.admin_views.seats import a_seat
from tests.admin_views.test_matrix import somebody
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.orders import an_order
from tests.factories.patients import a_consent
from tests.factories.photos import a_photo, a_shot_requirement
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_track
from tests.web import a_web


@pytest.fixture
def work(desk):
    """An inquiry at the start of a way with one required control point."""
    pipeline = a_pipeline(kind="lead")
    point = a_control_point(stage=pipeline.stages.where(Stage.opens).get(), required=True)
    lead = a_lead(name="Popa Ana", card=a_card("lead", pipeline=pipeline))
    return pipeline, point, lead.card


def test_the_board_shows_open_cards_in_their_columns(desk, work):
    pipeline, _, card = work
    page = desk.get(f"/board/{pipeline.code}").text
    assert "Popa Ana" in page and f'data-card="{card.id}"' in page
    assert f"/board/{pipeline.code}" in desk.get("/board/").text
    assert desk.get("/board/nowhere").status_code == 404
    assert 'href="/board/"' in page


def test_lists_and_cards_lead_to_their_boards(desk, work):
    pipeline, _, card = work
    board = f'class="btn" href="/board/{pipeline.code}#card-{card.id}"'
    assert board in desk.get(f"/cards/{card.id}").text
    assert 'class="btn" href="/board/"' in desk.get("/lead/").text
    assert 'class="btn" href="/board/"' not in desk.get("/patient/").text


def test_a_board_leads_to_its_list_and_to_a_new_record_within_the_rights(clinic):
    page = a_web(clinic).as_(somebody("receptionist")).get("/board/lead").text
    assert 'href="/lead/new/"' in page and 'href="/lead/"' in page
    told = a_web(clinic).as_(somebody("manager")).get("/board/lead").text
    assert 'href="/lead/new/"' not in told.split("data-board-filters")[0] and "/lead/" in told


def test_what_is_missing_leads_to_where_it_is_done(desk, work):
    _, _, card = work
    assert f'action="/cards/{card.id}/tick"' in desk.get(f"/cards/{card.id}").text
    other = a_pipeline(kind="lead")
    start = other.stages.where(Stage.opens).get()
    a_control_point(stage=start, required=True, evidence="link")
    held = a_lead(card=a_card("lead", pipeline=other)).card
    assert f'href="/external-record/new/?card={held.id}"' in desk.get(f"/cards/{held.id}").text


def test_filters_of_the_address_narrow_a_board(desk, work):
    pipeline, _, card = work
    for question, seen in (("late=1", False), ("mine=1", False), ("q=popa", True), ("q=zz", False)):
        page = desk.get(f"/board/{pipeline.code}?{question}").text
        assert (f'data-card="{card.id}"' in page) is seen, question
    Card.update(due_at=utcnow() - dt.timedelta(days=1)).where(Card.id == card.id).execute()
    assert f'data-card="{card.id}"' in desk.get(f"/board/{pipeline.code}?late=1").text


def test_a_process_is_known_by_its_own_name_or_by_the_teeth_of_its_order(desk):
    way, order = a_pipeline(kind="track"), an_order(14)
    for name in (None, "Model 3"):
        a_track(order=order, pipeline=way, name=name)
    page = desk.get(f"/board/{way.code}").text
    works = [part.split("</div>")[0] for part in page.split('<div class="line small muted">')[1:]]
    assert sorted(works) == [order.work_type.name, f"{order.work_type.name} · 14"]


def chips(browser, pipeline, card):
    """What the card's face says is missing."""
    face = browser.get(f"/board/{pipeline.code}").text.split(f'id="card-{card.id}"')[1]
    return re.findall(r'<span class="tag[^"]*">([^<]+)', face.split("</article>")[0])


def test_a_card_says_in_a_word_each_what_its_next_step_lacks(desk):
    pipeline = a_pipeline(kind="order")
    here = pipeline.stages.where(Stage.opens).get()
    for evidence, about in (("photos", "before"), ("consent", "treatment"), ("lot", None)):
        a_control_point(stage=here, evidence=evidence, about=about)
    a_control_point(stage=here, evidence="field", about="due", name="The due date")
    ticked, *_ = [a_control_point(stage=here) for _ in range(3)]
    a_control_point(stage=here, required=False)
    order = an_order(card=a_card("order", pipeline=pipeline))
    a_shot_requirement(work_type=order.work_type)

    found = chips(desk, pipeline, order.card)
    assert found == ["photos", "consent", "lot number", "The due date", "3 ticks"]

    desk.send(f"/cards/{order.card_id}/tick", {"point": ticked.id})
    a_consent(patient=order.patient)
    a_photo(order=order, shot=order.work_type.shots.get().shot)
    assert chips(desk, pipeline, order.card) == ["lot number", "The due date", "2 ticks"]


def test_an_order_says_how_many_of_its_processes_are_done(desk):
    pipeline, below = a_pipeline(kind="order"), a_pipeline(kind="track")
    order = an_order(card=a_card("order", pipeline=pipeline))
    assert chips(desk, pipeline, order.card) == []
    first, _ = (a_track(order=order, pipeline=below) for _ in range(2))
    gone = a_track(order=order, pipeline=below)
    for track, way in ((first, ("working", "done")), (gone, ("lost",))):
        for code in way:
            move(track.card_id, stage_of(below, code).id, by=a_person().id, now=utcnow())
    assert chips(desk, pipeline, order.card) == ["1 of 2 done"]


def test_a_card_that_was_forced_past_a_gate_says_so(desk, work):
    pipeline, _, card = work
    assert "Forced" not in desk.get(f"/board/{pipeline.code}").text
    told = {"forced": True, "reason": "Patient travels today"}
    move(card.id, stage_of(pipeline, "working").id, by=a_person().id, now=utcnow(), **told)
    assert '<span class="dot late">Forced</span>' in desk.get(f"/board/{pipeline.code}").text


@pytest.mark.parametrize("told", [["1 tick"], []], ids=["who reads ticks", "who does not"])
def test_what_a_card_lacks_is_told_to_those_who_read_the_checklist(house, told):
    pipeline = a_pipeline(kind="lead")
    a_control_point(stage=pipeline.stages.where(Stage.opens).get())
    card = a_lead(card=a_card("lead", pipeline=pipeline)).card
    reads = dict.fromkeys(("pipeline", "stage", "card", "lead", "control_point"), "all")
    browser, _ = a_seat(house, reads | ({"tick": "all"} if told else {}))
    assert chips(browser, pipeline, card) == told


def moves(browser, pipeline, card, to, seen=0, reason=""):
    fields = {"card": card.id, "to": to, "seen": seen, "reason": reason}
    return browser.send(f"/board/{pipeline.code}/move", fields)


def test_a_gate_refuses_in_words_and_a_double_click_moves_once(desk, work):
    pipeline, point, card = work
    there = stage_of(pipeline, "working")
    told = moves(desk, pipeline, card, there.id)
    assert told.status_code == 409 and point.name in told.json["says"]
    desk.send(f"/cards/{card.id}/tick", {"point": point.id})
    for _ in range(2):
        assert moves(desk, pipeline, card, there.id).json["ok"]
    assert CardStep.select().count() == 1
    assert Card.get_by_id(card.id).stage_id == there.id


def test_the_stages_that_close_cards_stand_last_on_a_board(desk, work):
    pipeline, *_ = work
    page = desk.get(f"/board/{pipeline.code}").text
    assert re.findall(r'data-lane="(\w+)"', page) == ["new", "working", "done", "lost"]
    assert page.count("closes the card") == 2


def test_a_card_that_leaves_the_board_is_told_with_the_way_to_it(desk, work):
    pipeline, point, card = work
    desk.send(f"/cards/{card.id}/tick", {"point": point.id})
    onward = moves(desk, pipeline, card, stage_of(pipeline, "working").id)
    assert onward.json["ok"] and not onward.json["says"]

    lost = stage_of(pipeline, "lost").id
    silent = moves(desk, pipeline, card, lost, seen=1, reason=" ")
    assert silent.status_code == 409 and "Write the reason" in silent.json["says"]
    ended = moves(desk, pipeline, card, lost, seen=1, reason="Moved abroad")

    assert ended.json["ok"] and ended.json["says"].startswith("Closed: Popa Ana, ")
    assert ended.json["url"] == f"/cards/{card.id}"
    assert card.steps.order_by(CardStep.id.desc()).first().reason == "Moved abroad"


def test_a_way_that_ends_a_card_stands_last_and_is_marked(desk, work):
    pipeline, *_ = work
    page = html.unescape(desk.get(f"/board/{pipeline.code}").text)
    ways = json.loads(re.search(r'data-ways="(.*?)" data-failed', page)[1])
    start = ways[str(stage_of(pipeline, "new").id)]
    assert [way["ends"] for way in start] == [False, True]


def test_a_stale_board_is_told_that_the_card_was_moved(desk, work):
    pipeline, point, card = work
    desk.send(f"/cards/{card.id}/tick", {"point": point.id})
    moves(desk, pipeline, card, stage_of(pipeline, "working").id)
    told = moves(desk, pipeline, card, card.stage_id)
    assert told.status_code == 409 and "moved meanwhile" in told.json["says"]


def test_a_step_off_the_map_and_a_card_of_nobody_are_refused(desk, work):
    pipeline, _, card = work
    assert moves(desk, pipeline, card, "x").status_code == 409
    assert moves(desk, pipeline, card, 987_654).status_code == 409
    assert desk.send(f"/board/{pipeline.code}/move", {"card": 987_654}).status_code == 404
    assert not CardStep.select().exists()


@pytest.mark.parametrize("key", ["x", "1;2", "-1", "²", "", "9" * 30])
def test_a_card_whose_key_is_no_number_is_not_there(desk, work, key):
    pipeline, *_ = work
    assert desk.send(f"/board/{pipeline.code}/move", {"card": key}).status_code == 404


def test_what_waits_is_marked_on_the_board(desk, work):
    pipeline, _, card = work
    desk.send(f"/cards/{card.id}/hold", {"reason": "patient", "clock": "patient"})
    page = desk.get(f"/board/{pipeline.code}").text
    assert "On hold" in page and Hold.select().count() == 1


def test_only_columns_that_changed_are_sent_again(desk, work):
    pipeline, point, card = work
    stamps = ",".join(_stamps(desk.get(f"/board/{pipeline.code}").text))
    assert desk.get(f"/board/{pipeline.code}/now?have={stamps}").json["lanes"] == {}
    desk.send(f"/cards/{card.id}/tick", {"point": point.id})
    moves(desk, pipeline, card, stage_of(pipeline, "working").id)
    changed = desk.get(f"/board/{pipeline.code}/now?have={stamps}").json["lanes"]
    assert set(changed) == {card.stage.code, "working"}


def _stamps(page):
    return [part.split('"')[0] for part in page.split('data-stamp="')[1:]]


def test_a_board_asks_the_same_number_of_questions_for_more_cards(desk, work):
    pipeline, _, _ = work
    few = _questions(desk, pipeline)
    for number in range(60):
        a_lead(name=f"Ion {number}", card=a_card("lead", pipeline=pipeline))
    assert _questions(desk, pipeline) <= few
    page = desk.get(f"/board/{pipeline.code}").text
    assert page.count("data-card=") == 50 and "Show all 61" in page
    code = pipeline.stages.where(Stage.opens).get().code
    assert desk.get(f"/board/{pipeline.code}?all={code}").text.count("data-card=") == 61


def _questions(browser, pipeline):
    asked, really = [], database.obj.execute_sql
    browser.get(f"/board/{pipeline.code}")

    def count(sql, *rest, **more):
        asked.append(sql)
        return really(sql, *rest, **more)

    database.obj.execute_sql = count
    try:
        browser.get(f"/board/{pipeline.code}")
    finally:
        del database.obj.execute_sql
    return sum(sql.lstrip("( ").startswith("SELECT") for sql in asked)


@pytest.mark.parametrize("code", ["technician", "call_centre", "dentist", "lab_supervisor"])
def test_every_board_opens_within_the_rights_of_a_role(clinic, code):
    browser = a_web(clinic).as_(somebody(code))
    for pipeline in Pipeline.select().where(Pipeline.published_at.is_null(False)):
        answer = browser.get(f"/board/{pipeline.code}")
        assert answer.status_code in (200, 404), pipeline.code
        for phone in Patient.select(Patient.phone).where(Patient.phone.is_null(False)).limit(50):
            assert phone.phone not in answer.text
