"""Where else the rows of a list are seen or set: boards, maps, a page of Set-up, the rights."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.acts import is_admin
from admin_views.card_rights import may_see_cards
from admin_views.columns import supertype_of
from admin_views.hours_desk import open_here as hours_open
from admin_views.pipeline_rights import PARTS, may_look
from admin_views.policy import can
from admin_views.rights import open_here as rights_open
from admin_views.setting_up import TOOLS
from schema.audit import AuditChange, AuditEntry
from schema.cards import Card
from schema.hours import Holiday, OpeningHours
from schema.messages import Wording
from schema.pipelines import Pipeline, Stage
from schema.rights import FieldGrant, Grant
from schema.skills import Skill
from schema.staff import Location, Role
from schema.tablets import SharedDevice, StaffPin

SET_UP: dict[type[Model], str] = {
    OpeningHours: "hours",
    Holiday: "closed_days",
    Skill: "skills_matrix",
    Wording: "wording_desk",
    SharedDevice: "tablet_desk",
    StaffPin: "tablet_desk",
}


def elsewhere_of(model: type[Model]) -> tuple[str, str] | None:
    """Words and address of the page on which these rows are easier seen or set, if it is open."""
    if (model is Card or supertype_of(model) is not None) and may_see_cards():
        return gettext("Boards"), url_for("board.index")
    if model in PARTS and may_look():
        return gettext("Maps of pipelines"), url_for("pipelines.index")
    for tool in TOOLS:
        if tool.endpoint == SET_UP.get(model) and tool.open_here():
            return str(tool.label), url_for(f"{tool.endpoint}.index")
    if model in (Role, Grant, FieldGrant) and rights_open():
        return gettext("Rights of roles"), url_for("rights.index")
    if model in (AuditEntry, AuditChange) and is_admin() and can("read", AuditEntry):
        return gettext("Proof of the audit"), url_for("auditing.index")
    return None


def ways_on(row: Any) -> list[tuple[str, str]]:
    """Words and address of the page of Set-up on which this very row is set."""
    if isinstance(row, Pipeline) and may_look():
        return [(gettext("Map"), url_for("pipelines.map", number=row.id))]
    if isinstance(row, Stage) and may_look():
        at = url_for("pipelines.map", number=row.pipeline_id, _anchor=f"stage-{row.id}")
        return [(gettext("Map"), at)]
    if isinstance(row, Role) and rights_open() and row.ended_on is None:
        return [(gettext("Rights"), url_for("rights.index", role=row.id))]
    if isinstance(row, Location) and hours_open() and row.ended_on is None:
        return [(gettext("Week of a location"), url_for("hours.index", location=row.id))]
    return []
