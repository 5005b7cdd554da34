"""The page of an order's card tells all of it at once: processes, photos, components, consents."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bench.questions import counted
from schema.cards import Card
from schema.orders import LabOrder
from tests.admin_views.seats import a_seat
from tests.factories import later
from tests.factories.cards import a_card
from tests.factories.components import a_component, a_component_kind, a_component_movement
from tests.factories.custody import a_loss
from tests.factories.orders import a_draft_order, an_order, joined, registered
from tests.factories.patients import a_consent
from tests.factories.photos import a_photo, a_shot, a_shot_requirement
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.preferences import a_dentist_preference
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold, a_track, an_assignment

TABLES = """
    pipeline stage stage_step control_point staff card card_step tick lab_order order_tooth
    order_connector track assignment hold patient work_type material shade shot photo
    component component_kind component_movement consent dentist_preference automation_run
"""
READS = dict.fromkeys(TABLES.split(), "all")
MOVES = READS | {"card_step": "all create", "tick": "all create"}


def page_of(browser: Any, order: LabOrder) -> str:
    """The page, its white space as a browser would draw it."""
    told = browser.get(f"/cards/{order.card_id}").get_data(as_text=True)
    return re.sub(r"\s+", " ", told[told.index("<main") :])


def part(page: str, name: str) -> str:
    """A panel of the page in its words alone; empty where it does not stand."""
    found = re.search(rf'<section class="panel" id="{name}".*?</section>', page)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def a_full_order(times: int = 1) -> LabOrder:
    """An order with so many processes, photos, components, lacking shots and consents."""
    order = an_order(11, 12)
    for number in range(times):
        an_assignment(track=a_track(order=order, name=f"Unit {number}"))
        a_hold(card=a_track(order=order).card)
        shots = [a_shot(), a_shot(moment="after")]
        for shot in shots:
            a_shot_requirement(work_type=order.work_type, shot=shot)
        a_photo(order=order, shot=shots[0])
        a_component_movement(component=a_component(order=order, kind=a_component_kind()))
        a_consent(patient=order.patient)
    return order


def test_each_process_says_where_it_is_with_whom_and_until_when(house):
    browser, _ = a_seat(house, READS)
    order = an_order()
    track = a_track(order=order, name="Bridge 12–22")
    maker = a_skill(stage_code=track.card.stage.code, staff=a_person(last_name="Tănase")).staff
    an_assignment(track=track, technician=maker)
    Card.update(due_at=later(days=400)).where(Card.id == track.card_id).execute()

    told = part(page_of(browser, order), "kin")

    for words in ("Bridge 12–22", track.card.stage.name, "Tănase", str(later(days=400).year)):
        assert words in told, words
    assert f'href="/cards/{track.card_id}"' in page_of(browser, order)


def test_a_process_knows_its_order_and_those_beside_it(house):
    browser, _ = a_seat(house, READS)
    one, other = (a_track(order=order, name=name) for order, name in beside())

    told = browser.get(f"/cards/{one.card_id}").get_data(as_text=True)

    assert f'href="/cards/{other.card_id}"' in told and "Beside" in told
    assert f'href="/cards/{one.order.card_id}"' in told and "Above" in told


def beside() -> list[tuple[LabOrder, str]]:
    order = an_order()
    return [(order, "Unit 14"), (order, "Unit 15")]


def test_the_photo_protocol_counts_what_is_taken_and_kept_and_names_what_lacks(house):
    browser, _ = a_seat(house, READS)
    order = an_order()
    kept, taken, none = (a_shot(name=name) for name in ("Smile wide", "Retracted", "Occlusal"))
    for shot in (kept, taken, none):
        a_shot_requirement(work_type=order.work_type, shot=shot)
    a_photo(order=order, shot=kept)
    a_photo(order=order, shot=taken, uploaded_at=None, link=None)

    told = part(page_of(browser, order), "photos")

    assert "Before: photographed 2 / 3" in told and "Before: uploaded 1 / 3" in told
    assert "missing: Retracted; Occlusal" in told


def test_components_say_what_came_what_left_and_what_is_missing(house):
    browser, _ = a_seat(house, READS)
    order = an_order()
    screw = a_component(order=order, kind=a_component_kind(name="Transfer screw"))
    a_component_movement(component=screw, number=2)
    a_component_movement(component=screw, from_holder="lab", to_holder="clinic")
    a_loss(component=screw)

    told = part(page_of(browser, order), "parts")

    assert "Transfer screw" in told and "3 in · 1 out" in told
    assert "1 · Laboratory" in told and "1 · Missing" in told


def test_consents_tell_the_latest_word_and_what_nobody_asked(house):
    browser, _ = a_seat(house, READS)
    order = an_order()
    a_consent(patient=order.patient)
    a_consent(patient=order.patient, given=False, at=later(days=1))

    told = part(page_of(browser, order), "consents")

    assert "Treatment refused or withdrawn" in told and "Clinical photos not asked yet" in told


def test_a_purpose_that_a_control_point_asks_for_is_told_too(house):
    browser, _ = a_seat(house, READS)
    way = a_pipeline(kind="order")
    point = {"evidence": "consent", "about": "photo_website"}
    a_control_point(stage=stage_of(way, "new"), name="May be shown", **point)
    order = an_order(card=a_card("order", pipeline=way))

    assert "Photos on the website not asked yet" in part(page_of(browser, order), "consents")


def test_all_of_it_stands_on_the_one_page(house):
    browser, _ = a_seat(house, READS)
    page = page_of(browser, a_full_order())
    assert all(part(page, name) for name in ("work", "kin", "photos", "parts", "consents"))


@pytest.mark.parametrize(
    ("hidden", "panel"),
    [
        ("photo.uploaded_at", "photos"),
        ("component_movement.number", "parts"),
        ("consent.given", "consents"),
        ("lab_order.patient", "consents"),
    ],
)
def test_a_panel_of_which_something_may_not_be_read_is_not_there(house, hidden, panel):
    order = a_full_order()
    browser, _ = a_seat(house, READS, hides=hidden)
    assert part(page_of(browser, order), panel) == ""


def test_photos_of_others_are_not_counted(house):
    browser, _ = a_seat(house, READS | {"photo": "own"})
    order = a_full_order()
    assert "Before: photographed 0 / 1" in part(page_of(browser, order), "photos")


def test_the_work_shows_its_teeth_joined_and_what_the_dentist_always_wants(house):
    browser, _ = a_seat(house, READS)
    order = a_draft_order()
    joined(order, (12, "crown"), (11, "pontic"))
    registered(order)
    a_dentist_preference(dentist=order.dentist, wish="Light contacts")

    page = page_of(browser, order)

    assert 'aria-label="Teeth: 12=11"' in page and "Light contacts" in page
    assert '<span data-part="crown" class="cell joined">12</span>' in page


def test_what_is_missing_is_ticked_beside_its_name_and_the_step_waits_for_it(house):
    browser, _ = a_seat(house, MOVES)
    way = a_pipeline(kind="order")
    point = a_control_point(stage=stage_of(way, "new"), name="Bite is usable")
    order = an_order(card=a_card("order", pipeline=way))

    before = page_of(browser, order)
    gate = before[before.index('<details class="gate"') :].split("</details>")[0]
    assert "Before Working: 1 thing is missing" in gate
    assert f'action="/cards/{order.card_id}/tick"' in gate and f'value="{point.id}"' in gate
    assert '<button class="btn main" type="button" disabled>Working</button>' in before
    browser.send(f"/cards/{order.card_id}/tick", {"point": point.id})

    after = page_of(browser, order)
    assert "thing is missing" not in after and '<button class="btn main">Working' in after


def test_who_moves_nothing_reads_what_is_missing_too(house):
    browser, _ = a_seat(house, READS)
    way = a_pipeline(kind="order")
    a_control_point(stage=stage_of(way, "new"), name="Bite is usable")
    order = an_order(card=a_card("order", pipeline=way))

    page = page_of(browser, order)

    assert "Before Working: 1 thing is missing" in page and '/tick"' not in page
    assert "disabled" not in page


def test_more_of_everything_costs_no_more_questions(house):
    browser, _ = a_seat(house, MOVES)
    few, many = a_full_order(), a_full_order(5)
    page_of(browser, few)
    assert counted(lambda: page_of(browser, few)) == counted(lambda: page_of(browser, many))
