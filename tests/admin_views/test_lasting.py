"""A visit lasts as long as its kind does, and keeps its length when it is put elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.appointments import Appointment
from tests.factories.appointments import an_appointment, an_appointment_type
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.pages import posted

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def visit():
    """What a receptionist types for a visit of forty minutes, but for its end."""
    facts = {"patient": a_patient(), "provider": a_person(), "location": a_location()}
    kind = an_appointment_type(name="Try-in", minutes=40)
    chosen = {name: row.id for name, row in {**facts, "type": kind}.items()}
    return chosen | {"starts_at": "01.12.2026 10:00"}


@pytest.mark.parametrize(
    ("typed", "minutes"), [({}, 40), ({"ends_at": ""}, 40), ({"ends_at": "01.12.2026 10:15"}, 15)]
)
def test_an_end_that_is_left_empty_follows_from_the_kind(desk, visit, typed, minutes):
    assert desk.send("/appointment/new/", visit | typed).status_code == 302
    kept = Appointment.get()
    assert kept.ends_at - kept.starts_at == dt.timedelta(minutes=minutes)


def test_without_a_kind_nothing_is_guessed(desk, visit):
    refused = desk.send("/appointment/new/", visit | {"type": ""})
    assert refused.status_code == 422 and not Appointment.select().exists()


def form_of(desk, row):
    return posted(desk.get(f"/appointment/edit/?id={row.id}").text)


@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
def test_who_moves_the_start_alone_keeps_the_length(desk, hours):
    row = an_appointment()
    later = row.starts_at + hours * HOUR
    typed = {"starts_at": f"{later:%Y-%m-%d %H:%M}+00:00"}

    assert (
        desk.send(f"/appointment/edit/?id={row.id}", form_of(desk, row) | typed).status_code == 302
    )

    kept = Appointment.get_by_id(row.id)
    assert kept.starts_at == later
    assert kept.ends_at - kept.starts_at == row.ends_at - row.starts_at


def test_who_says_both_times_gets_both(desk):
    row = an_appointment()
    typed = {
        "starts_at": f"{row.starts_at + HOUR:%Y-%m-%d %H:%M}+00:00",
        "ends_at": f"{row.ends_at + 3 * HOUR:%Y-%m-%d %H:%M}+00:00",
    }

    desk.send(f"/appointment/edit/?id={row.id}", form_of(desk, row) | typed)

    kept = Appointment.get_by_id(row.id)
    assert kept.ends_at - kept.starts_at == row.ends_at - row.starts_at + 2 * HOUR
