"""Setting the rights of a role: the whole matrix of a role in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schema.database import one_act
from schema.rights import SCOPES, FieldGrant, Grant
from schema.staff import ADMIN, Role
from schema.workflow import Refused

NEEDED_BY_ADMIN = ("role", "role_grant", "field_grant", "staff", "staff_role")


@dataclass(frozen=True)
class TableWish:
    """What a role shall be able to do with one table."""

    table: str
    read: bool = False
    create: bool = False
    edit: bool = False
    export: bool = False
    scope: str = "own"
    columns: Mapping[str, str] = field(default_factory=dict)


def set_rights(role: Role, wishes: Iterable[TableWish]) -> None:
    """Make the rights of `role` exactly these. Refused when the admin would lock everyone out."""
    wishes = list(wishes)
    if role.code == ADMIN:
        _refuse_locking_out(wishes)
    with one_act():
        for wish in wishes:
            if wish.scope not in SCOPES:
                raise Refused("Choose which rows the role sees: own, own location or all.")
            _set_grant(role, wish)
            _set_columns(role, wish)


def _refuse_locking_out(wishes: list[TableWish]) -> None:
    able = {wish.table for wish in wishes if wish.read and wish.edit and wish.scope == "all"}
    if not able.issuperset(NEEDED_BY_ADMIN):
        raise Refused("The admin must keep reading and editing all staff, roles and rights.")


def _set_grant(role: Role, wish: TableWish) -> None:
    mine = (Grant.role == role) & (Grant.table_name == wish.table)
    if not wish.read:
        Grant.delete().where(mine).execute()
        return
    verbs = {"may_create": wish.create, "may_edit": wish.edit, "may_export": wish.export}
    wanted = {**verbs, "scope": wish.scope}
    grant = Grant.get_or_none(mine)
    if grant is None:
        Grant.create(role=role, table_name=wish.table, **wanted)
    elif any(getattr(grant, name) != value for name, value in wanted.items()):
        Grant.update(**wanted, row_version=Grant.row_version + 1).where(mine).execute()


def _set_columns(role: Role, wish: TableWish) -> None:
    mine = (FieldGrant.role == role) & (FieldGrant.table_name == wish.table)
    now = dict(FieldGrant.select(FieldGrant.column, FieldGrant.access).where(mine).tuples())
    wanted = dict(wish.columns) if wish.read else {}
    for column in now.keys() - wanted.keys():
        FieldGrant.delete().where(mine, FieldGrant.column == column).execute()
    for column, access in wanted.items():
        if column not in now:
            FieldGrant.create(role=role, table_name=wish.table, column=column, access=access)
        elif now[column] != access:
            FieldGrant.update(access=access).where(mine, FieldGrant.column == column).execute()
