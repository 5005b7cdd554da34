"""The matrix in which the admin says what each role may do, table by table and column by column."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views.columns import HOUSEKEEPING
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import can
from admin_views.sentences import in_words
from schema import TABLES
from schema.base import AREAS, label, option, plural, table_name
from schema.rights import SCOPES, FieldGrant, Grant
from schema.staff import Role
from schema.workflow import Refused
from schema.workflow.rights import TableWish, set_rights
from schema.workflow.roles import copy_role


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    person = current_person()
    return person is not None and person.is_admin and can("edit", Grant)


class RightsView(BaseView):
    """One role at a time: every table with its verbs, its rows and its columns."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        roles = list(Role.select().where(Role.ended_on.is_null()).order_by(Role.name))
        chosen = self._chosen(roles)
        if request.method == "POST" and chosen is not None:
            return self._keep(chosen)
        page = {"roles": roles, "chosen": chosen, "scopes": self._scopes()}
        return self.render("panel/matrix.html", areas=areas_of(chosen), **page)

    @expose("/copy", methods=("POST",))
    def copy(self) -> Any:
        """A new role that begins with the rights of another."""
        source = Role.get_or_none(Role.id == number_in(request.form.get("role"))) or abort(404)
        if not can("create", Role):
            abort(403)
        try:
            role = copy_role(source, request.form.get("name", ""))
        except Refused as refusal:
            flash(in_words(refusal), "late")
            return redirect(self.get_url(".index", role=source.id))
        flash(gettext("Saved: %(name)s", name=role.name), "good")
        return redirect(self.get_url(".index", role=role.id))

    def _chosen(self, roles: list[Role]) -> Role | None:
        wanted = request.values.get("role", "")
        if not wanted:
            return roles[0] if roles else None
        for role in roles:
            if str(role.id) == wanted:
                return role
        abort(404)

    def _keep(self, role: Role) -> Any:
        wishes = [read_wish(model, request.form) for model in TABLES]
        try:
            set_rights(role, wishes)
        except Refused as refusal:
            flash(in_words(refusal), "late")
        else:
            flash(
                gettext(
                    "The rights of %(role)s are kept and hold at once.", role=row_name(role.name)
                ),
                "good",
            )
        return redirect(self.get_url(".index", role=role.id))

    def _scopes(self) -> list[tuple[str, str]]:
        return [(code, gettext(words)) for code, words in SCOPES.items()]


def read_wish(model: type[Model], form: Any) -> TableWish:
    """What the matrix says of one table."""
    name = table_name(model)
    columns = {
        column: form.get(f"column.{name}.{column}", "visible") for column in columns_named(model)
    }
    return TableWish(
        table=name,
        read=f"read.{name}" in form,
        create=f"create.{name}" in form,
        edit=f"edit.{name}" in form,
        export=f"export.{name}" in form,
        scope=form.get(f"scope.{name}", "own"),
        columns={c: a for c, a in columns.items() if a in ("hidden", "read")},
    )


def columns_named(model: type[Model]) -> list[str]:
    """Columns that a right can speak of; secrets are shown to nobody anyway."""
    secret = option(model, "secret", ())
    names = [field.name for field in model._meta.sorted_fields]
    return [name for name in names if name not in (*HOUSEKEEPING, *secret)]


def areas_of(role: Role | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """The matrix of a role as the template draws it."""
    if role is None:
        return []
    grants = {grant.table_name: grant for grant in Grant.select().where(Grant.role == role)}
    limits = {
        (limit.table_name, limit.column): limit.access
        for limit in FieldGrant.select().where(FieldGrant.role == role)
    }
    return [
        (
            gettext(area),
            [_line(m, grants.get(table_name(m)), limits) for m in TABLES if _in(m, area)],
        )
        for area in AREAS
    ]


def _in(model: type[Model], area: str) -> bool:
    return option(model, "area") == area


def _line(model: type[Model], grant: Grant | None, limits: dict) -> dict[str, Any]:
    name = table_name(model)
    columns = [
        {
            "name": column,
            "label": gettext(label(model._meta.fields[column])),
            "access": limits.get((name, column), "visible"),
        }
        for column in columns_named(model)
    ]
    return {
        "table": name,
        "label": gettext(plural(model)),
        "right": {
            "read": grant is not None,
            "create": bool(grant and grant.may_create),
            "edit": bool(grant and grant.may_edit),
            "export": bool(grant and grant.may_export),
            "scope": grant.scope if grant else "own",
        },
        "columns": columns,
    }
