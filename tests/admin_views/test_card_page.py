"""The page of a card: what blocks it, what can be done, and every act as a verb."""

from __future__ import annotations

from typing import Any

import pytest

from bench.questions import counted
from schema.cards import Card, CardStep, Note, Tick
from schema.holds import Hold
from schema.workflow.notes import add_note
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from tests.admin_views.seats import a_seat
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold

LISTS = dict.fromkeys(("pipeline", "stage", "stage_step", "control_point", "staff"), "all")
RIGHTS = LISTS | {
    "card": "all edit",
    "card_step": "all create",
    "tick": "all create",
    "hold": "all create edit",
    "note": "all create",
    "automation_run": "all",
    "followup": "all",
    "lead": "all",
}


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


@pytest.fixture
def seat(house):
    """A browser at which cards may be moved, and the person."""
    return a_seat(house, RIGHTS)


def a_gated_card() -> tuple[Card, Any]:
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "new"), name="Bite is usable")
    return a_card(pipeline=way), point


def act(browser: Any, card: Card, name: str, **fields: Any) -> str:
    """Do one act and follow it to the page that tells what came of it."""
    answer = browser.send(f"/cards/{card.id}/{name}", fields)
    assert answer.status_code == 302
    return text(browser.get(f"/cards/{card.id}"))


def test_it_names_what_is_missing_and_offers_the_step_once_it_is_there(seat):
    browser, me = seat
    card, point = a_gated_card()

    before = text(browser.get(f"/cards/{card.id}"))
    assert "1 thing is missing" in before and "Bite is usable" in before
    act(browser, card, "tick", point=point.id)
    to = stage_of(card.pipeline, "working").id
    after = act(browser, card, "move", stage=to, seen=0)

    assert "New → Working" in after
    assert CardStep.get().by == me


def test_a_refused_step_is_told_in_words_and_changes_nothing(seat):
    browser, _ = seat
    card, _ = a_gated_card()
    to = stage_of(card.pipeline, "working").id

    page = act(browser, card, "move", stage=to, seen=0)

    assert "Before this step: Bite is usable." in page
    assert Card.get_by_id(card.id).step_count == 0


def test_a_forced_step_shows_its_reason_for_ever(seat):
    browser, _ = seat
    card, _ = a_gated_card()
    told = {"stage": stage_of(card.pipeline, "working").id, "seen": 0, "forced": 1}

    assert "Write the reason" in act(browser, card, "move", **told)
    page = act(browser, card, "move", **told, reason="Patient travels today")

    assert "Forced" in page and "Patient travels today" in page


def test_forcing_is_a_right_of_its_own(house):
    browser, _ = a_seat(house, RIGHTS, fixes="card_step.forced")
    card, _ = a_gated_card()
    told = {"stage": stage_of(card.pipeline, "working").id, "seen": 0, "forced": 1, "reason": "x"}

    assert "Force:" not in text(browser.get(f"/cards/{card.id}"))
    assert browser.send(f"/cards/{card.id}/move", told).status_code == 403


def test_columns_that_may_not_be_read_are_not_on_the_page(house):
    hidden = "card.due_at card.responsible card_step.reason card_step.by "
    hidden += "tick.evidence_note tick.by hold.note"
    browser, me = a_seat(house, RIGHTS, hides=hidden, last_name="Zebra")
    card, point = a_gated_card()
    Card.update(responsible=me, due_at=later(days=400)).where(Card.id == card.id).execute()
    to = stage_of(card.pipeline, "working").id
    tick(card.id, point.id, by=me.id, now=NOW, note="A secret note")
    move(card.id, to, by=me.id, now=NOW, forced=True, reason="A secret reason")
    a_hold(card=Card.get_by_id(card.id), note="A secret hold")

    page = text(browser.get(f"/cards/{card.id}"))

    main = page[page.index("<main") :]
    assert "New → Working" in main and "On hold" in main
    told = [words for words in ("secret", "Zebra", str(later(days=400).year)) if words in main]
    assert told == []


def test_history_is_not_told_without_the_right_to_it(house):
    rights = {table: verbs for table, verbs in RIGHTS.items() if table != "card_step"}
    browser, me = a_seat(house, rights)
    card, _ = a_gated_card()
    told = {"forced": True, "reason": "Patient travels today"}
    move(card.id, stage_of(card.pipeline, "working").id, by=me.id, now=NOW, **told)

    page = text(browser.get(f"/cards/{card.id}"))

    assert "New → Working" not in page and "travels" not in page and "Forced" not in page


def test_kin_are_the_cards_of_the_own_rows(house):
    browser, me = a_seat(house, RIGHTS | {"card": "own edit"})
    above = a_card(responsible=me)
    mine, foreign = (a_card(parent=above, responsible=one) for one in (me, a_person()))

    page = text(browser.get(f"/cards/{above.id}"))

    assert f'href="/cards/{mine.id}"' in page and f'href="/cards/{foreign.id}"' not in page


def test_a_long_history_costs_no_more_questions(seat):
    browser, me = seat
    few, many = a_card(), a_card()
    for number in range(6):
        a_card(parent=many, responsible=a_person())
        code = ("working", "new")[number % 2]
        move(many.id, stage_of(many.pipeline, code).id, by=a_person().id, now=NOW)
        add_note(many.id, f"Look {number}", by=a_person().id, now=NOW)
    a_card(parent=few, responsible=me)
    move(few.id, stage_of(few.pipeline, "working").id, by=me.id, now=NOW)
    move(few.id, stage_of(few.pipeline, "new").id, by=me.id, now=NOW)
    add_note(few.id, "Look", by=me.id, now=NOW)

    browser.get(f"/cards/{few.id}")

    assert counted(lambda: browser.get(f"/cards/{few.id}")) == counted(
        lambda: browser.get(f"/cards/{many.id}")
    )


def test_evidence_that_is_missing_leads_those_who_do_not_move_cards_to_its_form(house):
    rights = RIGHTS | {"card_step": "all", "external_record": "all create"}
    browser, _ = a_seat(house, rights)
    way = a_pipeline()
    a_control_point(stage=stage_of(way, "new"), evidence="link", name="Scan is stored")
    card = a_card(pipeline=way)

    page = text(browser.get(f"/cards/{card.id}"))

    assert f'href="/external-record/new/?card={card.id}"' in page


def test_two_clicks_are_one_step(seat):
    browser, _ = seat
    card = a_card()
    to = stage_of(card.pipeline, "working").id

    for _ in range(2):
        act(browser, card, "move", stage=to, seen=0)

    assert CardStep.select().count() == 1


def test_a_hold_is_seen_and_let_go(seat):
    browser, _ = seat
    card = a_card()

    held = act(browser, card, "hold", reason="patient", clock="patient", note="Ill")
    assert "On hold" in held and "Ill" in held
    act(browser, card, "resume")

    assert Hold.get().ended_at is not None


def test_a_tick_is_taken_back_and_both_stay_in_the_timeline(seat):
    browser, _ = seat
    card, point = a_gated_card()

    act(browser, card, "tick", point=point.id, note="Looked twice")
    page = act(browser, card, "untick", point=point.id)

    assert "Tick taken back: Bite is usable" in page and "Looked twice" in page
    assert Tick.select().count() == 2


def test_a_note_and_a_new_holder_are_kept(seat):
    browser, _ = seat
    card, other = a_card(), a_person()

    assert "Call before noon" in act(browser, card, "note", text="Call before noon")
    act(browser, card, "reassign", staff=other.id)

    assert Card.get_by_id(card.id).responsible == other
    assert Note.get().card == card


def test_a_card_is_given_up_with_a_reason_alone(seat):
    browser, _ = seat
    card = a_card()
    lost = stage_of(card.pipeline, "lost")

    told = act(browser, card, "move", stage=lost.id, seen=0, reason="  ")
    assert "Write the reason" in told and Card.get_by_id(card.id).closed_at is None
    act(browser, card, "move", stage=lost.id, seen=0, reason="Moved abroad")

    assert Card.get_by_id(card.id).stage == lost
    assert CardStep.get().reason == "Moved abroad"


def test_the_end_of_a_line_counts_as_the_browser_counts_it(seat):
    browser, _ = seat
    card, lines = a_card(), "\r\n".join(["x" * 49] * 10)  # 499 letters, as a browser sends them

    act(browser, card, "note", text=lines)
    told = act(browser, card, "note", text="x" * 501)

    assert [note.text for note in Note.select()] == [lines.replace("\r\n", "\n")]
    assert "longer than 500 letters" in told and "x" * 500 in told, "what was typed stands there"


def test_a_closed_card_is_reopened_with_a_reason(seat):
    browser, _ = seat
    card = a_card()
    act(browser, card, "move", stage=stage_of(card.pipeline, "lost").id, seen=0, reason="Gone")
    start = stage_of(card.pipeline, "new").id

    assert "This card is closed." in text(browser.get(f"/cards/{card.id}"))
    act(browser, card, "reopen", stage=start, reason="Called again")

    assert Card.get_by_id(card.id).closed_at is None


@pytest.mark.parametrize(
    ("name", "fields", "status"),
    [
        ("move", {}, 400),
        ("move", {"stage": "9" * 30, "seen": 0}, 400),
        ("move", {"stage": 999999, "seen": 0}, 302),
        ("tick", {"point": "x"}, 400),
        ("tick", {"point": 999999}, 302),
        ("hold", {"reason": "nonsense", "clock": "nobody"}, 302),
        ("reassign", {"staff": 999999}, 302),
        ("dance", {}, 404),
    ],
)
def test_bad_input_is_a_clear_answer_and_changes_nothing(seat, name, fields, status):
    browser, _ = seat
    card = a_card()

    assert browser.send(f"/cards/{card.id}/{name}", fields).status_code == status
    assert not CardStep.select().exists() and not Hold.select().exists()


def test_what_was_typed_for_a_refused_act_stands_there_again_once(seat):
    browser, me = seat
    card = a_card()
    said = {"reason": "other", "clock": "supplier", "note": " "}

    page = act(browser, card, "hold", **said)

    assert '<option value="other" selected>' in page
    assert '<option value="supplier" selected>' in page
    assert '<option value="other" selected>' not in text(browser.get(f"/cards/{card.id}"))
    assert not Hold.select().exists()


def test_the_reason_of_a_step_that_came_too_late_is_not_lost(seat):
    browser, me = seat
    card, _ = a_gated_card()
    other = a_card()
    working = stage_of(card.pipeline, "working")
    move(card.id, working.id, by=a_person().id, now=NOW, forced=True, reason="Called")
    move(card.id, stage_of(card.pipeline, "new").id, by=me.id, now=NOW)
    forced = {"stage": working.id, "seen": 0, "forced": 1, "reason": "The bite is in the mail"}

    browser.send(f"/cards/{card.id}/move", forced)

    assert 'value="The bite is in the mail"' in text(browser.get(f"/cards/{card.id}"))
    browser.send(f"/cards/{card.id}/move", forced)
    assert "in the mail" not in text(browser.get(f"/cards/{other.id}"))


def test_a_tick_and_its_taking_back_say_why(seat):
    browser, _ = seat
    card, point = a_gated_card()

    page = act(browser, card, "tick", point=point.id, note="Seen on the model")
    assert "Seen on the model" in page
    page = act(browser, card, "untick", point=point.id, note="It rocks")

    assert "It rocks" in page
    notes = [one.evidence_note for one in Tick.select().order_by(Tick.id)]
    assert notes == ["Seen on the model", "It rocks"]


def test_who_may_not_write_notes_of_ticks_is_not_offered_them(house):
    browser, _ = a_seat(house, RIGHTS, fixes="tick.evidence_note")
    card, point = a_gated_card()

    page = text(browser.get(f"/cards/{card.id}"))

    assert f'aria-label="Tick: {point.name}"' in page and "With a note" not in page
    act(browser, card, "tick", point=point.id, note="Seen on the model")
    assert Tick.get().evidence_note is None
