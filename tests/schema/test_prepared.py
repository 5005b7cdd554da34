"""A statement that was composed once reads and writes what a fresh one does, on both engines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from peewee import IntegrityError

from schema.database import database, one_act
from schema.hours import Absence
from schema.prepared import all_or_none, at_once, prepared, put_row, row_to_put
from schema.skills import Skill
from schema.staff import Staff
from tests.factories import NOW
from tests.factories.hours import an_absence
from tests.factories.skills import a_skill
from tests.factories.staff import a_person


@prepared
def skills_with_their_staff(staff: Any) -> Any:
    return Skill.select(Skill, Staff).join(Staff).where(Skill.staff == staff).order_by(Skill.id)


@prepared
def changed_since(moment: Any) -> Any:
    return Skill.select(Skill.id).where(Skill.created_at >= moment).tuples()


@prepared
def absence_ended(row: Any, day: Any, reason: Any) -> Any:
    return Absence.update(ends_on=day, reason=reason).where(Absence.id == row)


def test_rows_come_with_the_rows_that_they_were_joined_to(house):
    one, other = a_skill(), a_skill()
    for skill in (one, other, one):
        (found,) = skills_with_their_staff(skill.staff)
        assert found == skill
        assert found.__data__ == Skill.get_by_id(skill.id).__data__
        assert found.staff.last_name == skill.staff.last_name


def test_a_row_may_stand_for_its_key_as_beside_any_foreign_key(house):
    skill = a_skill()
    assert skills_with_their_staff(skill.staff) == skills_with_their_staff(skill.staff_id)
    assert skills_with_their_staff.first(skill.staff_id) == skill
    assert skills_with_their_staff.first(skill.staff_id + 1) is None


def test_a_moment_is_converted_as_its_column_asks(house):
    skill = a_skill(created_at=NOW)
    in_bucharest = NOW.astimezone(dt.timezone(dt.timedelta(hours=2)))
    assert changed_since(in_bucharest) == [(skill.id,)]
    assert changed_since(NOW + dt.timedelta(seconds=1)) == []


def test_a_change_tells_how_many_rows_it_touched(house):
    absence = an_absence()
    assert absence_ended(absence.id, absence.starts_on, None) == 1
    assert absence_ended(absence.id + 1, absence.starts_on, "away") == 0
    assert Absence.get_by_id(absence.id).ends_on == absence.starts_on


def test_a_row_that_is_put_is_the_row_that_create_makes(house):
    like = an_absence()
    put = put_row(Absence, staff=like.staff, starts_on=like.starts_on, ends_on=like.ends_on)
    told, made = Absence.get_by_id(put.id).__data__, Absence.get_by_id(like.id).__data__
    assert put.id != like.id
    assert told == {**made, "id": put.id, "created_at": put.created_at}
    assert put.dirty_fields == []


def test_only_fixed_statements_keep_their_plans_in_postgresql(postgres_house):
    skill = a_skill()
    for _ in range(7):
        skills_with_their_staff(skill.staff)
        Skill.select().where(Skill.stage_code.contains(skill.stage_code)).execute()
    kept = database.execute_sql("SELECT statement FROM pg_prepared_statements").fetchall()
    assert [text for (text,) in kept if '"skill"' in text and "LIKE" in text] == []
    assert len([text for (text,) in kept if 'INNER JOIN "staff"' in text]) == 1


def test_what_is_asked_at_once_is_answered_in_its_order(house):
    person = a_person()
    of_name = prepared(lambda key: Staff.select(Staff.last_name).where(Staff.id == key).tuples())
    renamed = prepared(lambda key, name: Staff.update(last_name=name).where(Staff.id == key))

    with one_act():
        before, touched, after = at_once(
            of_name.asked(person.id), renamed.asked(person.id, "Anew"), of_name.asked(person.id)
        )

    assert (before, touched, after) == ([(person.last_name,)], 1, [("Anew",)])


def test_a_refusal_among_many_is_that_of_the_first_and_nothing_is_kept(house):
    person, rows = a_person(), Staff.select().count()
    given = {"last_name": "Twice", "first_name": "A", "email": person.email}
    renamed = prepared(lambda key, name: Staff.update(last_name=name).where(Staff.id == key))

    with pytest.raises(IntegrityError, match="staff.email"), one_act():
        at_once(
            renamed.asked(person.id, "Anew"),
            row_to_put(Staff, **given),
            renamed.asked(person.id, "Late"),
        )

    assert Staff.get_by_id(person.id).last_name == person.last_name
    assert Staff.select().count() == rows


def test_what_is_done_apart_is_done_whole_or_not_at_all_and_the_act_goes_on(house):
    person, rows = a_person(), Staff.select().count()
    twice = {"last_name": "Twice", "first_name": "A", "email": person.email}
    renamed = prepared(lambda key, name: Staff.update(last_name=name).where(Staff.id == key))

    with one_act():
        half = renamed.asked(person.id, "Half"), row_to_put(Staff, **twice)
        done, refusal = all_or_none(half)
        assert done == [] and "staff" in str(refusal)
        once = row_to_put(Staff, **twice | {"email": "once@clinic.test"})
        (kept, touched), refusal = all_or_none([once, renamed.asked(person.id, "Whole")])

    assert Staff.get_by_id(person.id).last_name == "Whole" and (touched, refusal) == (1, None)
    assert Staff.get_by_id(kept.id).email == "once@clinic.test"
    assert Staff.select().count() == rows + 1


def test_what_comes_first_is_done_though_what_follows_is_refused(house):
    person = a_person()
    twice = {"last_name": "Twice", "first_name": "A", "email": person.email}
    renamed = prepared(lambda key, name: Staff.update(last_name=name).where(Staff.id == key))

    with one_act():
        for name in ("First", "Second"):
            first = [renamed.asked(person.id, name)]
            done, refusal = all_or_none([row_to_put(Staff, **twice)], first)
            assert done == [1] and refusal is not None

    assert Staff.get_by_id(person.id).last_name == "Second"


def test_a_refusal_of_what_comes_first_undoes_the_act_also_after_one_that_was_borne(house):
    person = a_person()
    twice = {"last_name": "Twice", "first_name": "A", "email": person.email}
    renamed = prepared(lambda key, name: Staff.update(last_name=name).where(Staff.id == key))

    with pytest.raises(IntegrityError, match="staff"), one_act():
        all_or_none([row_to_put(Staff, **twice)], [renamed.asked(person.id, "Half")])
        all_or_none([renamed.asked(person.id, "Whole")], [row_to_put(Staff, **twice)])

    assert Staff.get_by_id(person.id).last_name == person.last_name
