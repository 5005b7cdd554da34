"""The pages of Set-up: hours, closed days, skills, wordings, roles, and what is still missing."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.hours import Holiday, OpeningHours
from schema.messages import Wording
from schema.rights import FieldGrant, Grant
from schema.skills import Skill
from schema.staff import Role, Staff
from tests.factories.staff import a_location, a_person
from tests.web import a_web


@pytest.fixture
def admin(clinic):
    """The demo clinic's admin at a browser."""
    staff = Staff.get(Staff.email == "iulia.hancu@example.ro")
    Staff.update(language="en").where(Staff.id == staff.id).execute()
    return a_web(clinic).as_(staff)


def test_the_state_names_what_is_missing_and_leads_there(admin):
    a_person(last_name="Fărărol")
    page = admin.get("/set-up/").text
    assert "People without a role" in page and "Fărărol" in page
    assert 'href="/skills/"' in page or "skills" in page


def test_the_week_of_a_place_is_kept_as_it_is_typed(admin):
    place = a_location(name="Nou")
    week = {f"h.{place.id}.1.0.from": "08:00", f"h.{place.id}.1.0.to": "16:00"}
    copied = admin.send(f"/hours/?location={place.id}", week | {"act": "days"})
    assert copied.text.count('value="08:00"') == 5
    assert not OpeningHours.select().where(OpeningHours.location == place).exists()

    assert admin.send(f"/hours/?location={place.id}", week).status_code == 302
    [row] = OpeningHours.select().where(OpeningHours.location == place)
    assert (row.weekday, row.opens_at, row.closes_at) == (1, 480, 960)

    wrong = week | {f"h.{place.id}.1.0.to": "07:00"}
    answer = admin.send(f"/hours/?location={place.id}", wrong)
    assert answer.status_code == 422 and 'value="07:00"' in answer.text
    assert OpeningHours.get_by_id(row.id).closes_at == 960


def test_a_year_is_filled_in_and_corrected(admin):
    year = dt.date.today().year + 3
    Holiday.delete().where(Holiday.day >= dt.date(year, 1, 1)).execute()
    page = admin.send(f"/closed-days/?year={year}", {"act": "fill"}).text
    assert f"25.12.{year}" in page
    assert not Holiday.select().where(Holiday.day == dt.date(year, 12, 25)).exists()

    days = {"k.0": "1", "d.0": f"{year}-05-09", "n.0": "Ziua noastră", "d.1": f"{year}-12-25"}
    admin.send(f"/closed-days/?year={year}", days | {"n.1": "Crăciun"})
    kept = Holiday.select().where(
        Holiday.day >= dt.date(year, 1, 1), Holiday.day < dt.date(year + 1, 1, 1)
    )
    assert [(row.day, row.name) for row in kept] == [(dt.date(year, 5, 9), "Ziua noastră")]


def test_a_skill_is_given_raised_and_ended(admin):
    held = Skill.get(Skill.ended_on.is_null(), Skill.level == "mid")
    name = f"s.{held.staff_id}.{held.stage_code}"
    assert f'name="{name}"' in admin.get("/skills/").text

    admin.send("/skills/", {name: "senior"})
    assert Skill.get_by_id(held.id).level == "senior"
    admin.send("/skills/", {name: ""})
    assert Skill.get_by_id(held.id).ended_on is not None
    admin.send("/skills/", {name: "junior"})
    again = Skill.select().where(Skill.staff == held.staff_id, Skill.stage_code == held.stage_code)
    assert again.count() == 2


def test_stages_and_roles_are_named_in_the_language_of_the_reader(admin):
    Staff.update(language="ro").where(Staff.email == "iulia.hancu@example.ro").execute()
    skills, rights = admin.get("/skills/").text, admin.get("/rights/").text
    assert "Frezare" in skills and "Milling" not in skills
    assert "fără date ale pacienților" in rights and "no data of patients" not in rights


def test_a_level_that_nobody_knows_changes_nothing(admin):
    held = Skill.get(Skill.ended_on.is_null())
    admin.send("/skills/", {f"s.{held.staff_id}.{held.stage_code}": "wizard"})
    assert Skill.get_by_id(held.id).level == held.level


def said(row: Wording, **instead) -> dict[str, object]:
    good = {"wording": row.id, "version": row.row_version, "text": row.text, "active": "1"}
    return good | {"subject": row.subject or ""} | instead


def test_a_wording_is_changed_with_a_preview_first(admin):
    row = Wording.get(Wording.event == "order_ready", Wording.channel == "sms")
    page = admin.send(
        "/wordings/?event=order_ready", said(row, text="Dear {first_name}!", act="try")
    ).text
    assert "Dear Maria!" in page and "{clinic_phone}" in page
    assert Wording.get_by_id(row.id).text == row.text

    admin.send("/wordings/?event=order_ready", said(row, text="Dear {first_name}!"))
    assert Wording.get_by_id(row.id).text == "Dear {first_name}!"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear {frist_name}", "is not known here"),
        ("Dear {first_name", "stands alone"),
        ("", "Write a text"),
    ],
)
def test_a_placeholder_that_nobody_fills_in_is_refused_in_words(admin, text, words):
    row = Wording.get(Wording.event == "order_ready", Wording.channel == "sms")
    answer = admin.send("/wordings/?event=order_ready", said(row, text=text))
    assert answer.status_code == 422 and words in answer.text
    assert Wording.get_by_id(row.id).text == row.text


def test_the_second_of_two_editors_of_a_wording_is_told(admin):
    row = Wording.get(Wording.event == "order_ready", Wording.channel == "sms")
    admin.send("/wordings/?event=order_ready", said(row, text="One {first_name}"))
    answer = admin.send("/wordings/?event=order_ready", said(row, text="Two {first_name}"))
    assert answer.status_code == 422 and "Someone else" in answer.text
    assert "Two {first_name}" in answer.text, "nothing typed is lost"


def test_a_new_role_begins_with_the_rights_of_another(admin):
    source = Role.get(Role.code == "receptionist")
    admin.send("/rights/copy", {"role": source.id, "name": "Tura de noapte"})

    role = Role.get(Role.code == "tura_de_noapte")
    for table in (Grant, FieldGrant):
        rows = table.select().where(table.role == role).count()
        assert rows == table.select().where(table.role == source).count()
    admin.send("/rights/copy", {"role": source.id, "name": "Tura de noapte"})
    assert Role.select().where(Role.name == "Tura de noapte").count() == 1


def test_a_retired_role_leaves_the_matrix(admin):
    source = Role.get(Role.code == "receptionist")
    admin.send("/rights/copy", {"role": source.id, "name": "Stagiar"})
    role = Role.get(Role.code == "stagiar")
    assert "Stagiar" in admin.get("/rights/").text
    admin.send("/role/end/", {"id": role.id})
    assert Role.get_by_id(role.id).ended_on is not None
    assert ">Stagiar</a>" not in admin.get("/rights/").text


def test_hours_are_typed_and_read_as_a_clock_says_them(admin):
    place = a_location(name="Nou")
    said = {"location": place.id, "weekday": 7, "opens_at": "8:30", "closes_at": "24:00"}
    assert admin.send("/opening-hours/new/", said).status_code == 302
    row = OpeningHours.get(OpeningHours.location == place)
    assert (row.opens_at, row.closes_at) == (510, 1440)

    page = admin.get(f"/opening-hours/details/?id={row.id}").text
    assert "Sunday" in page and "08:30" in page and "24:00" in page
    wrong = admin.send("/opening-hours/new/", said | {"weekday": 6, "opens_at": "half past"})
    assert wrong.status_code == 422 and 'value="half past"' in wrong.text
