"""A house whose roles are older than the moving of cards: its upgrade gives them their rights."""

from __future__ import annotations

import pytest

from schema.migrations import _runner, upgrade
from schema.rights import FieldGrant, Grant
from schema.settings import PROJECT
from schema.staff import Role
from schema.workflow.rights import TableWish, set_rights
from seed.rights import sow_rights
from tests.factories.staff import a_clinic, a_role
from tests.refusals import raw

NAME = "0020_who_moves_cards"
TABLES = ("card_step", "tick", "stage_role", "automation_run")
COLUMNS = (Grant.may_create, Grant.may_edit, Grant.may_export, Grant.scope)


def rights():
    """What each role may do with these four tables, and the columns that it meets less."""
    found = Grant.select(Role.code, Grant.table_name, *COLUMNS).join(Role)
    limits = FieldGrant.select(Role.code, FieldGrant.column, FieldGrant.access).join(Role)
    return (
        set(found.where(Grant.table_name.in_(TABLES)).tuples()),
        set(limits.where(FieldGrant.table_name.in_(TABLES)).tuples()),
    )


@pytest.fixture
def old(house):
    """Rights as they were sown before cards moved, and the rights of today's first rows."""
    a_clinic()
    sow_rights()
    today = rights()
    Grant.update(may_create=False).where(Grant.table_name.in_(TABLES[:2])).execute()
    Grant.delete().where(Grant.table_name.in_(TABLES[2:])).execute()
    FieldGrant.delete().where(FieldGrant.table_name == "card_step").execute()
    raw(f"DELETE FROM {_runner().History._meta.table_name} WHERE name = ?", NAME)
    return today


def test_old_roles_receive_the_rights_of_todays_first_rows(old):
    assert rights() != old
    assert upgrade() == [NAME]
    assert rights() == old


def test_what_the_admin_decided_stays_and_new_roles_are_theirs_to_fill(old):
    own = a_role("hygienist")
    Grant.create(role=own, table_name="card_step", scope="own")
    technician = Role.get(Role.code == "technician")
    set_rights(technician, [TableWish("card_step", read=True, scope="all"), TableWish("tick")])
    supervisor = Role.get(Role.code == "lab_supervisor")
    set_rights(supervisor, [TableWish("stage_role", read=True, scope="all")])

    upgrade()

    granted, limits = rights()
    assert ("technician", "card_step", False, False, False, "all") in granted
    assert not [one for one in granted if one[:2] == ("technician", "tick")]
    assert not [one for one in limits if one[0] == "technician"]
    assert ("hygienist", "card_step", False, False, False, "own") in granted
    assert [one[0] for one in granted if one[1] == "stage_role"] == ["lab_supervisor"]
    assert ("receptionist", "card_step", True, False, False, "location") in granted


def test_a_second_upgrade_and_a_later_decision_are_left_alone(old):
    upgrade()
    reception = Role.get(Role.code == "receptionist")
    set_rights(reception, [TableWish("card_step", read=True, scope="location")])

    assert upgrade() == []
    assert ("receptionist", "card_step", False, False, False, "location") in rights()[0]


FLOOR = ("queue_mark", "stage_capacity", "bench_act", "machine_run", "machine_run_work")
OF_THE_FLOOR = "0019_rights_of_the_floor"


def rights_on_the_floor():
    found = Grant.select(Role.code, Grant.table_name, *COLUMNS).join(Role)
    return set(found.where(Grant.table_name.in_(FLOOR)).tuples())


def test_old_roles_receive_the_rights_on_the_queue_and_the_bench(house):
    a_clinic()
    sow_rights()
    today = rights_on_the_floor()
    Grant.delete().where(Grant.table_name.in_(FLOOR)).execute()
    raw(f"DELETE FROM {_runner().History._meta.table_name} WHERE name = ?", OF_THE_FLOOR)

    assert upgrade() == [OF_THE_FLOOR]
    assert rights_on_the_floor() == today


PAPERS = ("paper_print", "paper_check", "paper_finding")
OF_PAPERS = "0026_who_prints_papers"


def rights_on_papers():
    found = Grant.select(Role.code, Grant.table_name, *COLUMNS).join(Role)
    return set(found.where(Grant.table_name.in_(PAPERS)).tuples())


@pytest.fixture
def before_papers(house):
    """Rights as they were sown before papers were printed, and those of today's first rows."""
    a_clinic()
    sow_rights()
    today = rights_on_papers()
    Grant.delete().where(Grant.table_name.in_(PAPERS)).execute()
    raw(f"DELETE FROM {_runner().History._meta.table_name} WHERE name = ?", OF_PAPERS)
    return today


def test_old_roles_receive_the_rights_on_papers_of_todays_first_rows(before_papers):
    assert upgrade() == [OF_PAPERS]
    assert rights_on_papers() == before_papers


def test_who_prints_stays_as_the_admin_decided(before_papers):
    supervisor = Role.get(Role.code == "lab_supervisor")
    set_rights(supervisor, [TableWish(table, read=True, scope="all") for table in PAPERS])

    upgrade()

    assert {one[0] for one in rights_on_papers()} == {"lab_supervisor"}


TABLETS = ("shared_device", "staff_pin")


def rights_on_tablets():
    found = Grant.select(Role.code, Grant.table_name, *COLUMNS).join(Role)
    return set(found.where(Grant.table_name.in_(TABLETS)).tuples())


def test_old_roles_receive_the_rights_on_shared_tablets(house):
    """The migration itself makes the tables, so only its last two statements are run again."""
    a_clinic()
    sow_rights()
    today = rights_on_tablets()
    Grant.delete().where(Grant.table_name.in_(TABLETS)).execute()
    file = PROJECT / f"schema/migrations/0028_shared_tablets.{house.engine}.sql"
    found = [one for one in file.read_text().split("\n\n") if "INTO role_grant" in one]

    for statement in found * 2:
        raw(statement)

    assert rights_on_tablets() == today and len(today) == 7


WISHES, OF_WISHES = "dentist_preference", "0032_who_reads_preferences"


def test_old_roles_receive_the_rights_on_preferences_of_todays_first_rows(house):
    a_clinic()
    sow_rights()
    granted = Grant.select(Role.code, *COLUMNS).join(Role).where(Grant.table_name == WISHES)
    today = set(granted.clone().tuples())
    Grant.delete().where(Grant.table_name == WISHES).execute()
    raw(f"DELETE FROM {_runner().History._meta.table_name} WHERE name = ?", OF_WISHES)

    assert upgrade() == [OF_WISHES]
    assert set(granted.clone().tuples()) == today and len(today) == 5
