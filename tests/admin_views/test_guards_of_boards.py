"""One guard each: what cards on a board tell, column by column and row by row."""

from __future__ import annotations

import html

import pytest

from schema.cards import Card
from schema.pipelines import Pipeline, Stage
from schema.rights import FieldGrant
from tests.admin_views.seats import a_seat
from tests.factories import later
from tests.factories.cards import a_card, a_card_step
from tests.factories.lab import a_work_type
from tests.factories.orders import a_draft_order, an_order
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import a_hold, a_track
from tests.factories.treatment import a_plan

TABLES = """
    pipeline stage stage_step control_point staff card card_step tick hold patient work_type
    lab_order order_tooth track treatment_plan
"""
READS = dict.fromkeys(TABLES.split(), "all")
# What the face of a card says of each column; of works below it is their rows.
FACE = {
    "lab_order.patient": "Zebrescu",
    "lab_order.work_type": "Zirconia crown",
    "lab_order.is_draft": "draft",
    "order_tooth.tooth": "· 36",
    "card.priority": "Urgent",
    "card.at_risk": "At risk",
    "card.due_at": "2028",
    "card.responsible": "Lungu",
    "card_step.forced": "Forced",
    "hold.reason": "On hold: Supplier",
    "tick.control_point": "1 tick",
    "works below": "0 of 1 done",
}


@pytest.fixture
def way(house) -> Pipeline:
    """A way of orders on which one card has something to say of everything."""
    way = a_pipeline(kind="order")
    a_control_point(stage=stage_of(way, "working"), required=True)
    card = a_card("order", pipeline=way, responsible=a_person(last_name="Lungu"))
    kind = a_work_type(name="Zirconia crown")
    order = an_order(36, card=card, work_type=kind, patient=a_patient(last_name="Zebrescu"))
    a_card_step(card, forced=True, reason="Travels today", by=a_person())
    a_track(order=order)
    facts = {"priority": "urgent", "at_risk": True, "due_at": later(days=500)}
    Card.update(facts).where(Card.id == card.id).execute()
    a_hold(card=card, reason="supplier")
    a_draft_order(card=a_card("order", pipeline=way))
    return way


def told_on(browser, way: Pipeline) -> set[str]:
    page = html.unescape(browser.get(f"/board/{way.code}").text)
    faces = "".join(part.split("</article>")[0] for part in page.split("<article")[1:])
    return {place for place, words in FACE.items() if words in faces}


def test_all_of_a_card_is_told_to_who_may_read_it(house, way):
    browser, _ = a_seat(house, READS)
    assert told_on(browser, way) == set(FACE)


def test_columns_that_may_not_be_read_are_on_no_board(house, way):
    browser, _ = a_seat(house, READS, hides=" ".join(one for one in FACE if "." in one))
    assert told_on(browser, way) == {"works below"}


@pytest.mark.parametrize(
    ("table", "gone"),
    [
        ("lab_order", {one for one in FACE if one.startswith(("lab_order", "order_tooth"))}),
        ("order_tooth", {"order_tooth.tooth"}),
        ("card_step", {"card_step.forced"}),
        ("hold", {"hold.reason"}),
    ],
)
def test_rows_beyond_the_own_are_on_no_board(house, way, table, gone):
    browser, _ = a_seat(house, READS | {table: "own"})
    assert told_on(browser, way) == set(FACE) - gone


@pytest.mark.parametrize(
    ("limits", "hides", "gone"),
    [
        ({}, "", set()),
        ({"staff": "location"}, "", {"Zamfir"}),
        ({"location": "own"}, "", {"Far away"}),
        ({}, "card.responsible", {"Zamfir"}),
        ({}, "card.location", {"Far away"}),
        ({"card": "location"}, "", {"Zamfir"}),
    ],
)
def test_a_board_offers_people_and_places_within_the_rights(house, limits, hides, gone):
    here, there = a_location(), a_location(name="Far away")
    way = a_pipeline(kind="order")
    a_card("order", pipeline=way, location=here)
    far = a_person(last_name="Zamfir", location=there)
    a_card("order", pipeline=way, location=there, responsible=far)
    browser, _ = a_seat(house, READS | {"location": "all"} | limits, hides=hides, location=here)

    page = browser.get(f"/board/{way.code}").text

    assert {words for words in ("Zamfir", "Far away") if words not in page} == gone


def test_works_below_are_counted_within_the_own_cards(house):
    browser, me = a_seat(house, READS | {"card": "own"})
    way = a_pipeline(kind="order")
    order = an_order(card=a_card("order", pipeline=way, responsible=me))
    a_track(order=order)

    page = browser.get(f"/board/{way.code}").text

    assert f'data-card="{order.card_id}"' in page and "0 of 1 done" not in page


@pytest.mark.parametrize(
    ("limits", "hidden"),
    [
        ({"lab_order": "own"}, ""),
        ({"track": "own"}, ""),
        ({}, "track.order"),
        ({}, "lab_order.patient"),
        ({"treatment_plan": "own"}, ""),
        ({}, "treatment_plan.patient"),
    ],
)
def test_whose_a_work_or_a_plan_is_is_told_within_the_rights(house, limits, hidden):
    kind = "plan" if "plan" in f"{limits}{hidden}" else "track"
    patient = a_patient(last_name="Zebrescu")
    if kind == "plan":
        card = a_plan(patient=patient).card
    else:
        card = a_track(order=an_order(patient=patient)).card
    browser, _ = a_seat(house, READS | limits, hides=hidden)

    page = browser.get(f"/board/{card.pipeline.code}").text

    assert f'data-card="{card.id}"' in page and "Zebrescu" not in page


@pytest.mark.parametrize("right", ["own create", "all"])
def test_cards_are_moved_on_a_board_within_the_right_to_move(house, right):
    browser, me = a_seat(house, READS | {"card_step": right})
    way = a_pipeline(kind="order")
    mine, foreign = (a_card("order", pipeline=way, responsible=who) for who in (me, None))
    page = browser.get(f"/board/{way.code}").text
    faces = {card.id: page.split(f'id="card-{card.id}"')[1] for card in (mine, foreign)}
    movable = {key for key, face in faces.items() if "data-move" in face.split("</article>")[0]}

    to = {"to": stage_of(way, "working").id, "seen": 0}
    sent = {
        card.id: browser.send(f"/board/{way.code}/move", {"card": card.id} | to)
        for card in (mine, foreign)
    }

    may = {mine.id} if "create" in right else set()
    assert movable == may == {key for key, answer in sent.items() if answer.status_code == 200}
    start = way.stages.where(Stage.opens).get()
    assert Card.get_by_id(foreign.id).stage == start


def seen_on(browser, card: Card, question: str) -> bool:
    return f'data-card="{card.id}"' in browser.get(f"/board/{card.pipeline.code}?{question}").text


@pytest.mark.parametrize(
    ("limits", "hides", "found"),
    [
        ({}, "", True),
        ({}, "lab_order.patient", False),
        ({"lab_order": "own"}, "", False),
        ({"track": "own"}, "", False),
        ({}, "track.order", False),
    ],
)
def test_a_work_is_found_on_a_board_by_what_may_be_read_of_it(house, limits, hides, found):
    order = an_order(patient=a_patient(last_name="Zebrescu"))
    cards = [a_track(order=order).card]
    cards += [] if "track" in f"{limits}{hides}" else [order.card]
    browser, _ = a_seat(house, READS | limits, hides=hides)
    assert [seen_on(browser, card, "q=zebrescu") for card in cards] == [found] * len(cards)


def test_an_order_beyond_the_own_is_not_found_on_a_board_by_its_ticket(house):
    order = an_order()
    browser, _ = a_seat(house, READS | {"lab_order": "own"})
    assert not seen_on(browser, order.card, f"q={order.ticket}")


@pytest.mark.parametrize(
    ("question", "column"),
    [("mine=1", "responsible"), ("late=1", "due_at"), ("week=1", "due_at"),
     ("responsible=0", "responsible"), ("location=0", "location")],
)  # fmt: skip
def test_a_filter_of_a_column_that_may_not_be_read_is_no_oracle(house, question, column):
    card = an_order().card
    browser, me = a_seat(house, READS | {"location": "all"})
    assert not seen_on(browser, card, question)
    role = me.roles.get().role
    FieldGrant.create(role=role, table_name="card", column=column, access="hidden")
    assert seen_on(browser, card, question)
