"""Eight people at the panel at once: what one of them does never breaks the page of another."""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.patients import Patient
from schema.staff import Staff
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.concurrency.crowd import PEOPLE, Crowd, together, tried
from tests.concurrency.turning import turn
from tests.factories.orders import an_order
from tests.factories.patients import a_patient
from tests.factories.staff import a_clinic, a_location
from tests.pages import posted
from tests.refusals import raw
from tests.web import Browser, a_web

TRIES = 12


def registering(place: int, url: str, staff: int, location: int) -> list[int]:
    """Registers patients, one after the other; what the panel answered."""
    browser = a_web(url).as_(Staff.get_by_id(staff))
    somebody = {"first_name": "Ana", "language": "ro", "location": location}
    names = [f"Popa {place}-{count}" for count in range(TRIES)]
    answers = [browser.send("/patient/new/", somebody | {"last_name": name}) for name in names]
    return [answer.status_code for answer in answers]


def test_patients_registered_at_the_same_moment_all_get_a_code(house, crowd: Crowd):
    a_clinic()
    person, location = somebody_who_may_do_everything().id, a_location().id

    answers = crowd.all_do(house.url, registering, house.url, person, location)

    assert {code for some in answers for code in some} == {302}
    codes = [patient.code for patient in Patient.select().order_by(Patient.code)]
    assert codes == [f"P-{number:06d}" for number in range(1, PEOPLE * TRIES + 1)]


def writing(place: int, url: str, staff: int, orders: list[int]) -> Counter[str]:
    """Half of the people put orders into boxes by the form, the others close and reopen them."""
    chance, tally = Random(place), Counter[str]()
    browser = a_web(url).as_(Staff.get_by_id(staff))
    for count in range(TRIES * 5):
        order = chance.choice(orders)
        if place % 2:
            tried(tally, partial(turn, LabOrder.get_by_id(order).card, staff))
        elif count % 5 == 0:
            tally[f"answer {box(browser, order, f'{place}-{count}')}"] += 1
    return tally


def box(browser: Browser, order: int, number: str) -> int:
    form = f"/lab-order/edit/?id={order}"
    page = posted(browser.get(form).get_data(as_text=True))
    changes = {"box": number, "card__priority": ["normal", "urgent"][len(number) % 2]}
    return browser.send(form, page | changes).status_code


def test_a_form_that_meets_a_step_is_kept_or_refused_but_never_broken(house, crowd: Crowd):
    a_clinic()
    person = somebody_who_may_do_everything().id
    orders = [an_order().id for _ in range(2)]

    tally = together(crowd.all_do(house.url, writing, house.url, person, orders))

    answers = {name for name in tally if name.startswith("answer")}
    assert answers <= {"answer 302", "answer 409", "answer 422"}
    open_boxes = LabOrder.select().join(Card).where(Card.closed_at.is_null(False))
    assert not open_boxes.where(LabOrder.box.is_null(False)).exists()


def sent_away(times: int) -> None:
    """PostgreSQL ends so many changes of a patient as it ends one of two rivals in a deadlock."""
    raw("CREATE SEQUENCE tried_so_far")
    raw(
        "CREATE FUNCTION send_away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF nextval('tried_so_far') <= {times} THEN RAISE 'deadlock detected' "
        "USING ERRCODE = '40P01'; END IF; RETURN NEW; END $$"
    )
    raw("CREATE TRIGGER a_rival BEFORE UPDATE ON patient FOR EACH ROW EXECUTE FUNCTION send_away()")


@pytest.mark.parametrize(("times", "answer", "name"), [(3, 302, "Popa"), (4, 503, "Ionescu")])
def test_a_form_that_loses_to_a_rival_is_sent_again(postgres_house, times, answer, name):
    a_clinic()
    patient = a_patient(last_name="Ionescu")
    browser = a_web(postgres_house).as_(somebody_who_may_do_everything())
    form = f"/patient/edit/?id={patient.id}"
    page = posted(browser.get(form).get_data(as_text=True))
    sent_away(times)

    found = browser.send(form, page | {"last_name": "Popa"}).status_code

    kept = Patient.get_by_id(patient.id)
    assert (found, kept.last_name) == (answer, name)
