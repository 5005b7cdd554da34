"""New roles from old ones."""

from __future__ import annotations

from schema.database import one_act
from schema.rights import FieldGrant, Grant
from schema.staff import Role
from schema.workflow import Refused
from schema.workflow.short_codes import short_code


def copy_role(source: Role, name: str) -> Role:
    """Make a role of that name with all the rights of `source`; nobody holds it yet."""
    name = " ".join(name.split())
    if not name:
        raise Refused("Write the name of the new role.")
    if len(name) > Role.name.max_length:
        raise Refused("At most %(most)d characters fit here.", most=Role.name.max_length)
    with one_act():
        if Role.select().where(Role.name == name).exists():
            raise Refused("A role has this name already.")
        taken = {code for (code,) in Role.select(Role.code).tuples()}
        role = Role.create(code=short_code(name, taken, "role"), name=name, about=source.about)
        for grant in Grant.select().where(Grant.role == source).dicts():
            Grant.create(**_copied(grant, role))
        for limit in FieldGrant.select().where(FieldGrant.role == source).dicts():
            FieldGrant.create(**_copied(limit, role))
    return role


def _copied(row: dict, role: Role) -> dict:
    return {
        name: value
        for name, value in row.items()
        if name not in ("id", "row_version", "created_at")
    } | {"role": role}
