"""Lengths of time and measures: read and written as people say them, kept as whole numbers."""

from __future__ import annotations

import csv
import io
import re

import pytest

from schema.appointments import AppointmentType
from schema.automations import Automation
from schema.lots import MaterialLot
from schema.pipelines import Stage
from schema.staff import Staff
from tests.factories import pipelines as make
from tests.factories.appointments import an_appointment_type
from tests.factories.lots import a_material_lot
from tests.pages import posted


def cells(desk, path):
    return re.findall(r"<td>([^<]*)</td>", desk.get(path).text)


def form(desk, path):
    """What the form would send if nothing was changed."""
    return {name: value for name, [value] in posted(desk.get(path).text).items()}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "24 h"), (0, "at once")],
)
def test_minutes_are_said_as_hours_and_minutes(desk, minutes, said):
    rule = make.an_automation(delay_minutes=minutes)

    assert said in cells(desk, "/automation/")
    assert f"<dd>{said}</dd>" in desk.get(f"/automation/details/?id={rule.id}").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("40", 40), ("45 min", 45), ("2 h", 120), ("1,5 h", 90), ("1 oră 15 de minute", 75)],
)
def test_a_length_is_typed_as_people_say_it(desk, typed, kept):
    kind = an_appointment_type(minutes=30)
    told = form(desk, f"/appointment-type/edit/?id={kind.id}")
    assert told["minutes"] == "30 min"

    desk.send(f"/appointment-type/edit/?id={kind.id}", told | {"minutes": typed})

    assert AppointmentType.get().minutes == kept


def test_a_day_is_not_taken_for_a_length_of_work(desk):
    kind = an_appointment_type(minutes=30)
    told = form(desk, f"/appointment-type/edit/?id={kind.id}") | {"minutes": "2 days"}

    answer = desk.send(f"/appointment-type/edit/?id={kind.id}", told)

    assert "Write hours and minutes, such as 1 h 30 min" in answer.text
    assert 'value="2 days"' in answer.text, "what was typed stays"
    assert AppointmentType.get().minutes == 30


def test_a_length_is_filtered_as_it_is_said_and_exported_as_spreadsheets_read_it(desk):
    an_appointment_type(name="Check-up", minutes=30)
    an_appointment_type(name="Implant", minutes=90)

    found = cells(desk, "/appointment-type/?flt.minutes.from=1 h")
    file = desk.get("/appointment-type/export/csv/?flt.minutes.from=1 h").get_data(as_text=True)

    assert "1 h 30 min" in found and "30 min" not in found
    [line] = csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))
    assert line["Length"] == "1:30"


def test_measures_are_said_and_typed_with_their_point_and_unit(desk):
    lot = a_material_lot(height_tenths=125, enlargement=12_350)
    page = desk.get(f"/material-lot/details/?id={lot.id}").text
    assert "<dd>12.5 mm</dd>" in page and "<dd>1.2350</dd>" in page

    told = form(desk, f"/material-lot/edit/?id={lot.id}")
    assert (told["height_tenths"], told["enlargement"]) == ("12.5 mm", "1.2350")
    desk.send(
        f"/material-lot/edit/?id={lot.id}",
        told | {"height_tenths": "14", "enlargement": "1,229"},
    )

    lot = MaterialLot.get()
    assert (lot.height_tenths, lot.enlargement) == (140, 12_290)


def test_a_measure_with_too_many_decimals_is_refused_in_words(desk):
    lot = a_material_lot(height_tenths=125)
    told = form(desk, f"/material-lot/edit/?id={lot.id}") | {"height_tenths": "12,55 mm"}

    answer = desk.send(f"/material-lot/edit/?id={lot.id}", told)

    assert "At most 1 digits after the comma." in answer.text
    assert MaterialLot.get().height_tenths == 125


def test_the_reader_of_romanian_reads_a_comma(desk):
    Staff.update(language="ro").execute()
    lot = a_material_lot(height_tenths=125, enlargement=12_350)

    page = desk.get(f"/material-lot/details/?id={lot.id}").text

    assert "<dd>12,5 mm</dd>" in page and "<dd>1,2350</dd>" in page


def test_a_map_says_days_only_where_the_clock_on_the_wall_counts(desk):
    draft = make.a_draft_pipeline(kind="track")
    patient = make.a_stage(pipeline=draft, standard_minutes=2880, clock="patient", opens=True)
    make.a_stage(pipeline=draft, standard_minutes=2880, clock="lab")
    make.an_automation(stage=patient, due_minutes=1440, delay_time="calendar")
    make.an_automation(stage=patient, due_minutes=1440, text="Measure again")

    page = desk.get(f"/pipelines/{draft.id}/map").text

    assert "2 days · Patient" in page and "48 h · Laboratory" in page
    assert "Call the patient (within 1 day)" in page
    assert "Measure again (within 24 h)" in page


def test_the_map_takes_lengths_as_people_write_them(desk):
    draft = make.a_draft_pipeline(kind="track")
    stage = make.a_stage(pipeline=draft, opens=True)
    at = f"/pipelines/{draft.id}/map"

    desk.send(
        at,
        {"act": "add_automation", "stage": stage.id, "event": "enter", "action": "followup"}
        | {"text": "Call", "delay_minutes": "2 h", "due_minutes": "1 h 30 min"},
    )
    desk.send(
        at,
        {"act": "set_stage", "stage": stage.id, "seen": stage.row_version, "name": "Ask"}
        | {"category": "open", "clock": "lab", "standard_minutes": "1,5 h", "opens": "1"},
    )

    rule = Automation.get()
    assert (rule.delay_minutes, rule.due_minutes) == (120, 90)
    assert Stage.get().standard_minutes == 90
