"""Comparing papers with the screen: paper by paper, what differs, when paper may go."""

from __future__ import annotations

import re

import pytest

from schema.cards import Card
from schema.codes import numbered_code, order_code
from schema.orders import LabOrder
from schema.papers import PaperCheck, PaperFinding
from schema.pipelines import Stage
from schema.staff import Location
from seed.rights import ROLES
from tests.admin_views.test_matrix import somebody
from tests.web import a_web

CODES = [role.code for role in ROLES]
CHECKERS = {"receptionist", "patient_manager", "lab_supervisor"}
READERS = CHECKERS | {"manager", "admin"}


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def supervisor(clinic):
    return a_web(clinic).as_(somebody("lab_supervisor"))


@pytest.fixture
def order(clinic):
    found = LabOrder.select().join(Card).where(Card.closed_at.is_null(), ~LabOrder.is_draft)
    return found.order_by(LabOrder.id).get()


def begun(browser, order):
    """The address of today's check of the location of an order."""
    answer = browser.send("/paper-checks/begin", {"location": order.card.location_id})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_paper_is_told_by_its_code_and_what_differs_is_listed(supervisor, order):
    here = begun(supervisor, order)
    assert "No paper was told yet" in text(supervisor.get(here))
    asked = text(
        supervisor.get(f"{here}/paper", query_string={"code": order_code(order.ticket).plain})
    )
    assert f"Ticket {order.ticket}" in asked
    assert "checked" not in asked, "the screen does not say beforehand what the paper should say"
    other = Stage.select().where(
        Stage.pipeline == order.card.pipeline_id, Stage.id != order.card.stage_id
    )

    told = {"order": order.id, "stage": other.get().id, "box": "Z 9"}
    assert supervisor.send(f"{here}/keep", told).headers["Location"] == here
    page = text(supervisor.get(here))
    assert "Another stage on paper" in page and "box Z 9" in page and order.ticket in page
    told = {"order": order.id, "stage": order.card.stage_id, "box": order.box or ""}
    supervisor.send(f"{here}/keep", told)
    assert "Another stage on paper" not in text(supervisor.get(here))
    assert PaperFinding.get(PaperFinding.order == order, PaperFinding.at.is_null(False))


def test_tickets_that_nobody_held_are_named_and_one_may_be_typed(supervisor, order):
    here = begun(supervisor, order)
    unseen = text(supervisor.get(here)).split("Not in hand yet")[1]
    assert order.ticket in unseen
    assert f"Ticket {order.ticket}" in text(supervisor.get(f"{here}/paper?code={order.ticket}"))

    told = {"order": order.id, "stage": order.card.stage_id, "box": order.box or ""}
    supervisor.send(f"{here}/keep", told)
    assert order.ticket not in "".join(text(supervisor.get(here)).split("Not in hand yet")[1:])


def test_closing_keeps_what_nobody_told_as_missing_and_shows_in_the_days(supervisor, order):
    here = begun(supervisor, order)
    supervisor.send(f"{here}/close")

    page = text(supervisor.get(here))
    assert "Paper not found" in page and "Close the check" not in page
    number = int(here.rsplit("/", 1)[1])
    assert PaperCheck.get_by_id(number).closed_at is not None
    days = text(supervisor.get("/paper-checks/"))
    assert f'href="{here}"' in days and "100 %" in days
    again = supervisor.send(
        "/paper-checks/begin", {"location": order.card.location_id}, follow_redirects=True
    )
    assert "checked already on that day" in text(again)


def test_the_criterion_is_shown_with_its_figures(supervisor):
    page = text(supervisor.get("/paper-checks/"))

    assert re.search(r"\d+ of the last 10", page)
    assert "all 10 days, less than 1 % differing" in page
    assert "Paper stays for now" in page


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("BS-O-26-000001-A", "check character does not fit"),
        (numbered_code("C", 1).written, "Scan the job ticket or the tray card"),
        (order_code("99-999999").written, "Nothing that you may see has the code"),
        ("", "no code of our papers"),
    ],
)
def test_a_wrong_code_is_refused_in_words(supervisor, order, code, says):
    here = begun(supervisor, order)

    answer = supervisor.get(f"{here}/paper", query_string={"code": code})

    assert answer.status_code == 422 and says in text(answer)


def test_a_paper_without_a_stage_or_of_another_way_is_refused_in_words(supervisor, order):
    here = begun(supervisor, order)
    lost = Stage.select().where(Stage.pipeline != order.card.pipeline_id).first()

    nothing = supervisor.send(f"{here}/keep", {"order": order.id})
    astray = supervisor.send(f"{here}/keep", {"order": order.id, "stage": lost.id})

    assert nothing.status_code == 422 and "Choose the stage on paper" in text(nothing)
    assert astray.status_code == 422 and "stage of the way" in text(astray)


@pytest.mark.parametrize("code", CODES)
def test_checks_are_read_and_kept_by_their_roles_alone(clinic, order, code):
    person = somebody(code)
    browser = a_web(clinic).as_(person)
    check = PaperCheck.select().first()
    sees_place = code not in ("receptionist", "patient_manager") or (
        check.location_id == person.location_id
    )

    assert browser.get("/paper-checks/").status_code == (200 if code in READERS else 403)
    seen = browser.get(f"/paper-checks/{check.id}").status_code
    assert seen == (403 if code not in READERS else 200 if sees_place else 404)
    place = Location.select().where(Location.id == (person.location_id or 0)).first()
    wanted = (place or order.card.location).id
    answer = browser.send("/paper-checks/begin", {"location": wanted}).status_code
    assert answer == (302 if code in CHECKERS else 403)
    for act in ("keep", "close"):
        answer = browser.send(f"/paper-checks/{check.id}/{act}", {"order": order.id}).status_code
        if code not in CHECKERS:
            assert answer == 403
        elif not sees_place:
            assert answer == 404
