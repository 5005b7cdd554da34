"""The roles of the house and what each may do, as rows that the admin can change."""

from __future__ import annotations

from schema.rights import FieldGrant, Grant
from schema.staff import Role
from seed.rights_clinical import DENTIST, PHOTO_OPERATOR, SENIOR_DENTIST
from seed.rights_coordination import MARKETING, PATIENT_MANAGER
from seed.rights_front import CALL_CENTRE, RECEPTIONIST
from seed.rights_lab import LAB_SUPERVISOR, TECHNICIAN
from seed.rights_office import ADMIN, MANAGER
from seed.rights_words import Right, RoleRights
from seed.sowing import ids, sow

ROLES: tuple[RoleRights, ...] = (
    RECEPTIONIST,
    CALL_CENTRE,
    DENTIST,
    SENIOR_DENTIST,
    PATIENT_MANAGER,
    PHOTO_OPERATOR,
    LAB_SUPERVISOR,
    TECHNICIAN,
    MARKETING,
    MANAGER,
    ADMIN,
)


def sow_rights() -> None:
    """Roles that are missing come with all their rights; a role that is there keeps its own.

    An admin without any right has never been sown: the matrix itself refuses to make one.
    """
    new = sow(Role, ("code",), ({"code": r.code, "name": r.name, "about": r.about} for r in ROLES))
    codes = {row["code"] for row in new}
    numbers = ids(Role)
    if not Grant.select().where(Grant.role == numbers[ADMIN.code]).exists():
        codes.add(ADMIN.code)
    rights = [
        (numbers[role.code], right) for role in ROLES if role.code in codes for right in role.grants
    ]
    sow(Grant, ("role", "table_name"), [_grant(role, right) for role, right in rights])
    limits = [limit for role, right in rights for limit in _limits(role, right)]
    sow(FieldGrant, ("role", "table_name", "column"), limits)


def _grant(role: int, right: Right) -> dict[str, object]:
    return {
        "role": role,
        "table_name": right.table,
        "may_create": "create" in right.verbs,
        "may_edit": "edit" in right.verbs,
        "may_export": "export" in right.verbs,
        "scope": right.rows,
    }


def _limits(role: int, right: Right) -> list[dict[str, object]]:
    ways = (("hidden", right.hides), ("read", right.fixes))
    return [
        {"role": role, "table_name": right.table, "column": column, "access": access}
        for access, columns in ways
        for column in columns
    ]
