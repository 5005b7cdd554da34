"""Roles that are older than statements of devices: their upgrade gives them today's rights."""

from __future__ import annotations

from pathlib import Path

import schema.migrations
from schema.rights import Grant
from schema.staff import Role
from seed.rights import sow_rights
from tests.factories.staff import a_clinic
from tests.refusals import raw

FOLDER = Path(schema.migrations.__file__).parent
COLUMNS = (Grant.may_create, Grant.may_edit, Grant.may_export, Grant.scope)


def rights():
    """What each role may do with statements."""
    found = Grant.select(Role.code, *COLUMNS).join(Role)
    return set(found.where(Grant.table_name == "device_statement").tuples())


def upgrade_rights(engine):
    """The last statement of the migration, as an old house meets it."""
    text = (FOLDER / f"0029_statements_of_devices.{engine}.sql").read_text()
    raw(text.rstrip().rstrip(";").split(";\n\n")[-1])


def test_old_roles_receive_the_rights_of_todays_first_rows(house, engine):
    a_clinic()
    sow_rights()
    today = rights()
    Grant.delete().where(Grant.table_name == "device_statement").execute()

    upgrade_rights(engine)

    assert rights() == today
    assert ("lab_supervisor", True, False, True, "all") in today
    assert not [one for one in today if one[0] in ("marketing", "call_centre", "photo_operator")]


def test_what_the_admin_decided_stays(house, engine):
    a_clinic()
    sow_rights()
    mine = Grant.table_name == "device_statement"
    Grant.delete().where(mine & (Grant.scope != "location")).execute()
    decided = rights()

    upgrade_rights(engine)

    assert rights() == decided
