"""The lists of Set-up: in the order in which people look for a row, in words, with a way on."""

from __future__ import annotations

import re

import pytest

from schema.acting import acting
from schema.database import one_act
from schema.sessions import SignIn
from schema.staff import Role, Staff, StaffRole
from tests.admin_views.seats import a_seat
from tests.factories import pipelines as make
from tests.factories.appointments import a_chair, an_appointment, an_appointment_type
from tests.factories.custom import a_custom_field
from tests.factories.hours import opening_hours
from tests.factories.recall import a_recall_rule
from tests.factories.staff import a_location, a_person, a_role


def column(desk, path, number=1):
    """What a list shows in one column, from the top."""
    rows = re.findall(r"<tr data-row>(.*?)</tr>", desk.get(path).text, re.S)
    cells = [re.findall(r"<td(?: class=\"name\")?>(.*?)</td>", row, re.S) for row in rows]
    return [re.sub(r"<[^>]*>", "", row[number - 1]) for row in cells]


def test_a_short_list_stands_by_the_names_of_its_rows(desk):
    place = a_location()
    for name in ("Unit 2", "Unit 10", "Unit 1", "Ambulatory"):
        a_chair(name=name, location=place)

    assert column(desk, "/chair/") == ["Ambulatory", "Unit 1", "Unit 10", "Unit 2"]


def test_staff_stand_by_name_and_opening_hours_by_day(desk):
    a_person(last_name="Șerban", first_name="Bianca")
    a_person(last_name="Albu", first_name="Corina")
    place = a_location()
    for day in (3, 1, 2):
        opening_hours(location=place, weekday=day)

    names = column(desk, "/staff/")
    assert names.index("Albu") < names.index("Șerban")
    assert column(desk, "/opening-hours/", 2) == ["Monday", "Tuesday", "Wednesday"]


def test_a_session_names_its_device_in_words(desk):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    SignIn.update(device=agent).execute()

    assert "Firefox, Linux" in column(desk, "/sign-in/", 6)


@pytest.mark.parametrize(
    ("path", "words", "leads_to"),
    [
        ("/opening-hours/", "Week of a location", "/hours/"),
        ("/holiday/", "Closed days", "/closed-days/"),
        ("/skill/", "Skills at the bench", "/skills/"),
        ("/wording/", "What messages say", "/wordings/"),
        ("/shared-device/", "Tablets and locked PINs", "/tablets/"),
        ("/stage/", "Maps of pipelines", "/pipelines/"),
    ],
)
def test_a_list_leads_to_the_page_on_which_its_rows_are_set(desk, path, words, leads_to):
    assert f'<a class="btn" href="{leads_to}">{words}</a>' in desk.get(path).text


def test_a_list_leads_nowhere_that_is_closed_to_its_reader(house):
    browser, _ = a_seat(house, {"opening_hours": "all", "location": "all", "role_grant": "all"})

    assert "Week of a location" not in browser.get("/opening-hours/").text
    assert "Rights of roles" not in browser.get("/role-grant/").text


def test_the_parts_of_a_title_stand_apart(desk):
    way = make.a_draft_pipeline(kind="track")
    ask, do = (make.a_stage(pipeline=way, name=name) for name in ("Ask", "Do"))
    step = make.a_stage_step(ask, do)
    rule = make.an_automation(stage=ask)

    assert "<h1>Ask → Do</h1>" in desk.get(f"/stage-step/details/?id={step.id}").text
    page = desk.get(f"/automation/details/?id={rule.id}").text
    assert "<h1>Ask · A card enters the stage · Make a follow-up</h1>" in page


def test_a_map_says_what_a_point_asks_for_in_words(desk):
    draft = make.a_draft_pipeline(kind="track")
    stage = make.a_stage(pipeline=draft, opens=True)
    a_custom_field(kind="track", code="articulator", label="Which articulator")
    for evidence, about in (
        ("field", "work_type"),
        ("field", "articulator"),
        ("photos", "before"),
        ("children", f"{draft.code}:cad_modelling"),
    ):
        make.a_control_point(stage=stage, evidence=evidence, about=about)
    make.a_control_point(stage=stage, name="Bite checked")

    page = desk.get(f"/pipelines/{draft.id}/map").text

    for words in ("(Work type)", "(Which articulator)", "(Before)", "Cad modelling)"):
        assert words in page
    assert "work_type)" not in page and "A tick" not in page.split("Add a control point")[0]


def test_codes_of_other_rows_are_said_by_the_names_of_those_rows(desk):
    rule = a_recall_rule(code="six_months", name="Preventive visit")
    way = make.a_pipeline(kind="track", name="Zirconia works")
    told = make.an_automation(action="recall", recall_rule_code=rule.code)
    opens = make.an_automation(
        action="child", child_pipeline_code=way.code, only_route="ZR", text=None
    )

    assert "<dd>Preventive visit</dd>" in desk.get(f"/automation/details/?id={told.id}").text
    page = desk.get(f"/automation/details/?id={opens.id}").text
    assert "<dd>Zirconia works</dd>" in page and "<dd>ZR</dd>" in page


def test_parts_of_a_record_stand_before_what_refers_to_it(desk):
    person = a_person("dentist", last_name="Albu")
    an_appointment(provider=person)

    page = desk.get(f"/staff/details/?id={person.id}").text

    assert page.index("<h2>Roles</h2>") < page.index("<h2>Appointments</h2>")


def test_a_work_of_the_clock_is_named_in_words(desk):
    with acting(door="clock", reason="run_visits"), one_act():
        kind = an_appointment_type(minutes=30)
    page = desk.get(f"/appointment-type/history/?id={kind.id}").text

    assert "<h2>Clock</h2>" in page and "Run visits" in page and "Nobody named" not in page


def test_only_the_usual_columns_give_way_on_a_tablet(desk):
    a_chair()

    assert 'class="rows cards labelled usual' in desk.get("/chair/").text
    assert "labelled usual" not in desk.get("/chair/?columns=name,location").text


def test_an_unknown_code_is_said_at_its_field(desk):
    answer = desk.get("/looked/?code=P-404")

    assert answer.status_code == 404 and 'value="P-404"' in answer.text
    assert 'id="error-code" role="alert">There is no patient with this code.' in answer.text


def test_a_record_leads_to_the_page_on_which_it_is_set(desk):
    stage, place = make.a_stage(), a_location()

    at = f'<a class="btn" href="/pipelines/{stage.pipeline_id}/map#stage-{stage.id}">Map</a>'
    assert at in desk.get(f"/stage/details/?id={stage.id}").text
    at = f'<a class="btn" href="/hours/?location={place.id}">Week of a location</a>'
    assert at in desk.get(f"/location/details/?id={place.id}").text
    role = Role.get(Role.code == "everything")
    at = f'<a class="btn" href="/rights/?role={role.id}">Rights</a>'
    assert at not in desk.get(f"/role/details/?id={role.id}").text, "the rights are the admin's"
    StaffRole.create(staff=Staff.get(), role=a_role("admin"))
    assert at in desk.get(f"/role/details/?id={role.id}").text
