"""The job ticket: one order on one page, in eight blocks, with every control point of its ways."""

from __future__ import annotations

import re

import pytest

from schema.orders import LabOrder
from schema.pipeline_terms import BLOCKS
from schema.pipelines import ControlPoint
from schema.tracks import Track
from seed.rights import ROLES
from tests.admin_views.eyes import Eyes
from tests.admin_views.seats import a_seat
from tests.admin_views.test_matrix import somebody
from tests.factories import NOW
from tests.factories.bridges import an_external_record, an_external_system
from tests.factories.components import a_component, a_component_kind, a_component_movement
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.orders import an_order
from tests.web import a_web


def text(answer):
    return answer.get_data(as_text=True)


def test_the_ticket_shows_the_eight_blocks_and_all_points_of_the_order_and_its_processes(manager):
    track = Track.select().order_by(Track.id).get()
    page = text(manager.get(f"/ticket/{track.order_id}"))
    for place, label in enumerate(BLOCKS.values(), start=1):
        assert f"{place}. {label}</h2>" in page
    cards = [track.order.card, *(t.card for t in track.order.tracks)]
    points = sum(
        ControlPoint.select().where(ControlPoint.stage.in_(card.pipeline.stages)).count()
        for card in cards
    )
    assert points > 4 and len(re.findall('class="tick-box"', page)) == points


@pytest.mark.parametrize("code", [role.code for role in ROLES])
def test_each_role_opens_the_tickets_of_its_own_orders_and_no_others(clinic, code):
    person = somebody(code)
    eyes, browser = Eyes(person), a_web(clinic).as_(person)
    rows = eyes.rows(LabOrder) if eyes.may("read", LabOrder) else set()
    for key in sorted(rows)[:2]:
        page = text(browser.get(f"/ticket/{key}"))
        assert "1. Identification" in page
        assert ('class="tick-box"' in page) <= eyes.may("read", ControlPoint)
    outside = sorted({o.id for o in LabOrder.select(LabOrder.id)} - rows)[:1]
    for key in [*outside, 987_654_321]:
        for path in (f"/ticket/{key}", f"/register/{key}"):
            answer = browser.get(path).status_code
            assert answer == (404 if eyes.may("read", LabOrder) else 403), path


def block(page: str, code: str) -> str:
    return page.split(f'<section class="panel" id="{code}">')[1].split("</section>")[0]


def test_the_ticket_counts_what_was_sent_and_came_back_and_links_other_systems(house):
    rights = dict.fromkeys(
        ("lab_order", "patient", "card", "component", "component_kind", "component_movement"), "all"
    )
    rights |= {"external_record": "all", "external_system": "all"}
    browser, _ = a_seat(house, rights)
    order = an_order()
    screw = a_component(order=order, kind=a_component_kind(name="Screw"))
    a_component_movement(component=screw, number=3)
    scans = an_external_system(name="Scan store")
    link = "https://scans.example.ro/a/17"
    an_external_record(system=scans, patient=order.patient, external_id="P-77")
    scan = {"card": order.card, "kind": "scan", "link": link, "ready_at": NOW}
    an_external_record(system=scans, patient=None, **scan)

    page = text(browser.get(f"/ticket/{order.id}"))

    assert "Screw" in block(page, "components") and "3 in · 0 out" in block(page, "components")
    links = block(page, "integrations")
    assert "P-77" in links and f'href="{link}"' in links and "ready" in links


def test_who_may_not_know_of_components_and_links_reads_none_on_the_ticket(house):
    browser, _ = a_seat(house, dict.fromkeys(("lab_order", "patient", "card"), "all"))
    order = an_order()
    a_component_movement(component=a_component(order=order, kind=a_component_kind(name="Screw")))
    an_external_record(patient=order.patient, external_id="P-77")

    page = text(browser.get(f"/ticket/{order.id}"))

    assert "Screw" not in page and "P-77" not in page


def test_filled_fields_of_the_clinics_own_stand_among_the_parameters(house):
    rights = dict.fromkeys(("lab_order", "card", "custom_value", "custom_field"), "all")
    order = an_order()
    pink, blank = (a_custom_field(kind="order", label=said) for said in ("Gingiva", "Post colour"))
    a_custom_value(card=order.card, field=pink, text_value="Light pink")
    browser, _ = a_seat(house, rights)

    shown = block(text(browser.get(f"/ticket/{order.id}")), "parameters")

    assert "Gingiva" in shown and "Light pink" in shown and blank.label not in shown


def test_fields_of_the_clinics_own_are_kept_from_who_may_not_read_them(house):
    order = an_order()
    pink = a_custom_field(kind="order", label="Gingiva")
    a_custom_value(card=order.card, field=pink, text_value="Light pink")
    browser, _ = a_seat(house, dict.fromkeys(("lab_order", "patient", "card"), "all"))

    assert "Gingiva" not in text(browser.get(f"/ticket/{order.id}"))
