"""The side bar: the tables that a person may read, under their areas."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from peewee import Model

from admin_views import custody_rights, outside_rights
from admin_views.acts import is_admin
from admin_views.bench import may_work
from admin_views.card_rights import may_see_cards
from admin_views.drawn import drawn_once
from admin_views.how_long_rights import may_ask
from admin_views.imports import open_kinds
from admin_views.inlines import children_of
from admin_views.language import row_name
from admin_views.lot_desk import may_see as may_see_lots
from admin_views.machines import may_run
from admin_views.opening import list_address
from admin_views.paper_checks import may_look as may_compare_papers
from admin_views.people import current_person
from admin_views.photo_rights import may_compare, may_publish, may_shoot
from admin_views.plain_words import local
from admin_views.policy import can
from admin_views.queue_rows import may_see_queue
from admin_views.setting_up import STATE, TOOLS
from admin_views.view_counts import count_text, counts_of, forget_counts, pinned_views
from admin_views.view_rows import View
from schema import TABLES
from schema.appointments import Appointment
from schema.audit import AuditEntry, ReadEntry
from schema.base import AREAS, option, plural, table_name, utcnow
from schema.leads import Lead
from schema.orders import LabOrder
from schema.outside import Outsourcing
from schema.patients import Patient
from schema.rights import Grant
from schema.staff import Role, Staff
from schema.tracks import Track

SELDOM = 99
AT_THE_CHAIR = (Appointment, Patient)
ELSEWHERE = (Track, LabOrder, Lead, Staff, Role)
INSIDE = frozenset(child for model in TABLES for _, _, child in children_of(model))


def install(app: Flask) -> None:
    """Give every template the side bar and the person."""
    app.context_processor(_frame)
    app.after_request(_count_anew)


def _count_anew(answer: Response) -> Response:
    """What a person just wrote shows in their own numbers at once."""
    if request.method == "POST" and g.get("_login_user") is not None:
        forget_counts()
    return answer


def _frame() -> dict[str, Any]:
    person = current_person()
    if person is None:
        return {"person": None, "side": "", "clinic_name": "", "clinic_day": local(utcnow()).date()}
    return {
        "person": person,
        "clinic_day": local(utcnow()).date(),
        "side": "" if person.tablet_id else side_with_views(),
        "clinic_name": person.clinic,
        "search_url": url_for("find.index"),
    }


def side_with_views() -> Markup:
    """The side bar with the person's pinned views and what they hold, under their tables."""
    views = pinned_views()
    if not views:
        return side_bar(request.blueprint)
    tables = tuple(dict.fromkeys(view.table for view in views))
    at_view = any(_is_open(view) for view in views)
    side = side_bar(None if at_view else request.blueprint, tables)
    counts = counts_of(views)
    for table in tables:
        lines = [_view_line(one, counts.get(one.id)) for one in views if one.table == table]
        side = Markup(side.replace(_slot(table), Markup("").join(lines), 1))
    return side


def _view_line(view: View, count: int | None) -> Markup:
    number = Markup("")
    if count:
        late = " late" if view.warns else ""
        number = Markup('<span class="count{}">{}</span>').format(late, count_text(count))
    mark = Markup(' aria-current="page"') if _is_open(view) else ""
    address = url_for(f"{view.table}.index_view", view=view.id)
    return Markup('<a class="of-view" href="{}"{}>{}{}</a>').format(
        address, mark, row_name(view.name), number
    )


def _is_open(view: View) -> bool:
    here = request.endpoint == f"{view.table}.index_view"
    return here and request.args.get("view") == str(view.id)


def _slot(table: str) -> Markup:
    """Where the views of a table go in a side bar that is drawn once for many people."""
    return Markup(f"<!--views of {table}-->")


@drawn_once
def side_bar(here: str | None, with_views: tuple[str, ...] = ()) -> Markup:
    """Areas in their fixed order, each with the entries that this person may open."""
    areas = [
        (area, [entry | _now(entry, here, with_views) for entry in entries])
        for area, entries in _entries()
    ]
    # Drawn without Flask's context, which is made of this very side bar.
    template = current_app.jinja_env.get_template("panel/side.html")
    thumb = [entry | {"current": entry["here"] == here} for entry in thumb_entries()]
    return Markup(template.render(menu=areas, thumb=thumb, at_home=here == "admin"))


def _now(entry: dict[str, Any], here: str | None, with_views: tuple[str, ...]) -> dict[str, Any]:
    tables = (entry["here"], entry.get("over"))
    slot = next((_slot(table) for table in tables if table in with_views), "")
    now = {"current": here is not None and here in tables, "views": slot}
    return now | {"seldom": False} if slot else now


@drawn_once
def _entries() -> list[tuple[str, list[dict[str, Any]]]]:
    areas = [(gettext(area), [_entry(m) for m in tables_of(area)]) for area in AREAS]
    areas[0][1][:0] = [_home(), *_boards(), *_scan(), *_photo_tools()]
    areas[-1][1][:0] = _tools()
    laboratory, floor = dict(areas)[gettext("Laboratory")], _floor()
    over = {tool.get("over") for tool in floor}
    laboratory[:] = [*floor, *_checks(), *(one for one in laboratory if one["here"] not in over)]
    laboratory[:0] = [_tool(gettext("How long would it take?"), "how_long")] if may_ask() else []
    return areas


def tables_of(area: str) -> list[type[Model]]:
    """The tables of an area that this person may read; child tables live inside their parents."""
    found = [m for m in TABLES if option(m, "area") == area and _stands_alone(m) and can("read", m)]
    return sorted(found, key=lambda model: option(model, "everyday", SELDOM))


def _stands_alone(model: type[Model]) -> bool:
    """Whether a table has an entry of its own; rows edited inside their parents have none."""
    return model not in INSIDE


def _entry(model: type[Model]) -> dict[str, Any]:
    name = table_name(model)
    url = list_address(model)
    seldom = option(model, "everyday", SELDOM) == SELDOM
    entry = {"label": gettext(plural(model)), "url": url, "here": name, "count": None}
    return entry | {"seldom": seldom}


def _home() -> dict[str, Any]:
    return {"label": gettext("Today"), "url": "/", "here": "admin", "count": None}


def _boards() -> list[dict[str, Any]]:
    """The boards, for whoever may know where cards stand."""
    return [_tool(gettext("Boards"), "board")] if may_see_cards() else []


def _floor() -> list[dict[str, Any]]:
    """The screens of the laboratory's floor."""
    found = [_tool(gettext("Queue"), "queue")] if may_see_queue() else []
    found += [_tool(gettext("My bench"), "bench")] if may_work() else []
    found += [_tool(gettext("Machines"), "machines")] if may_run() else []
    found += [_tool(gettext("Components"), "custody")] if custody_rights.may_see() else []
    if outside_rights.may_see():  # its page leads to the list of its table, too
        outside = _tool(gettext("Outside works"), "outside")
        found.append(outside | {"over": table_name(Outsourcing)})
    return found + ([_tool(gettext("Lots and labels"), "lot_desk")] if may_see_lots() else [])


def _checks() -> list[dict[str, Any]]:
    """Papers against the screen, while both run in parallel."""
    if not may_compare_papers():
        return []
    return [_tool(gettext("Papers and screen"), "paper_checks") | {"seldom": True}]


def _scan() -> list[dict[str, Any]]:
    """The page that reads codes of papers, for whoever may open what they stand for."""
    return [_tool(gettext("Scan"), "scan")] if can("read", LabOrder) else []


def _photo_tools() -> list[dict[str, Any]]:
    """Pages about photos, each for whoever works on it."""
    tools = (
        (may_shoot(), gettext("Shots due"), "shots"),
        (may_compare(), gettext("Before and after"), "photo_pairs"),
        (may_publish(), gettext("Publishing"), "publishing"),
    )
    return [_tool(words, endpoint) for allowed, words, endpoint in tools if allowed]


@drawn_once
def thumb_entries() -> list[dict[str, Any]]:
    """What stands under the thumb on a phone: the first two lists of this person's work,
    those to which they add before those that they only read."""
    wanted = AT_THE_CHAIR if can("create", Appointment) else ELSEWHERE
    mine = sorted(wanted, key=lambda model: not can("create", model))
    return [_entry(model) for model in mine if can("read", model)][:2]


def crumbs_of(model: type[Model]) -> list[tuple[str, str | None]]:
    """Where the pages of a table stand: its area, then its list."""
    place = (gettext(plural(model)), list_address(model))
    return [(gettext(option(model, "area")), None), place]


def _tools() -> list[dict[str, Any]]:
    """Screens that stand for no table; where somebody works, so they come first."""
    person = current_person()
    found = [_tool(str(tool.label), tool.endpoint) for tool in (STATE, *TOOLS) if tool.open_here()]
    if person is not None and person.is_admin and can("edit", Grant):
        found.append(_tool(gettext("Rights of roles"), "rights"))
    if is_admin() and can("read", AuditEntry):
        found.append(_tool(gettext("Proof of the audit"), "auditing"))
    if can("read", ReadEntry):
        found.append(_tool(gettext("Who looked?"), "looked"))
    if open_kinds():
        found.append(_tool(gettext("Import"), "imports"))
    return found


def _tool(label: str, name: str) -> dict[str, Any]:
    return {"label": label, "url": url_for(f"{name}.index"), "here": name, "count": None}
