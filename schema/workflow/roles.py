"""New roles from old ones."""

from __future__ import annotations

import re
from itertools import count

from schema.database import fold, one_act
from schema.rights import FieldGrant, Grant
from schema.staff import Role
from schema.workflow import Refused


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
        role = Role.create(code=_code(name), name=name, about=source.about)
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


def _code(name: str) -> str:
    """A free short name for programs: `night_shift` for «Night shift»."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name) or "").strip("_")[:30] or "role"
    taken = {code for (code,) in Role.select(Role.code).tuples()}
    return next(c for n in count(1) if (c := plain if n == 1 else f"{plain}_{n}") not in taken)
