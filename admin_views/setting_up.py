"""The hand-made pages of Set-up: their names, their addresses and whom they are open to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_admin import Admin
from flask_admin.base import BaseView
from flask_babel import lazy_gettext

from admin_views import (
    closed_days,
    hours_desk,
    setup_state,
    skills_matrix,
    tablet_desk,
    wording_desk,
)
from admin_views.pipeline_rights import may_look
from admin_views.pipelines import PipelinesView


@dataclass(frozen=True)
class Tool:
    """One page: its words in the side bar, where it stands, its view and who may open it."""

    label: Any
    endpoint: str
    url: str
    view: type[BaseView]
    open_here: Callable[[], bool]


STATE = Tool(
    lazy_gettext("Set-up state"),
    "set_up",
    "/set-up",
    setup_state.SetupStateView,
    setup_state.open_here,
)
TOOLS = (
    Tool(
        lazy_gettext("Maps of pipelines"),
        "pipelines",
        "/pipelines",
        PipelinesView,
        may_look,
    ),
    Tool(
        lazy_gettext("Week of a location"),
        "hours",
        "/hours",
        hours_desk.HoursView,
        hours_desk.open_here,
    ),
    Tool(
        lazy_gettext("Closed days"),
        "closed_days",
        "/closed-days",
        closed_days.ClosedDaysView,
        closed_days.open_here,
    ),
    Tool(
        lazy_gettext("Skills at the bench"),
        "skills_matrix",
        "/skills",
        skills_matrix.SkillsView,
        skills_matrix.open_here,
    ),
    Tool(
        lazy_gettext("What messages say"),
        "wording_desk",
        "/wordings",
        wording_desk.WordingView,
        wording_desk.open_here,
    ),
    Tool(
        lazy_gettext("Tablets and locked PINs"),
        "tablet_desk",
        "/tablets",
        tablet_desk.TabletDesk,
        tablet_desk.open_here,
    ),
)


def add_tools(admin: Admin) -> None:
    """Give the panel a view for each page."""
    for tool in (STATE, *TOOLS):
        admin.add_view(tool.view(name=tool.endpoint, endpoint=tool.endpoint, url=tool.url))
