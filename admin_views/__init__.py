"""SCREENS: who may see and do what; every table gets its view from the schema, none by hand."""

from __future__ import annotations

import admin_views.lean  # noqa: F401  (before anything loads Flask-Admin)

# isort: split
from flask import Flask
from flask_admin import Admin
from flask_admin.base import BaseView
from flask_admin.theme import Bootstrap4Theme

from admin_views import menu
from admin_views.auditing import AuditView
from admin_views.bench import BenchView
from admin_views.board import BoardView
from admin_views.bulk import BulkView
from admin_views.calling_off import CallingOffView
from admin_views.card_page import CardPage
from admin_views.custody import CustodyView
from admin_views.find import FindView
from admin_views.handing_over import HandingOverView
from admin_views.home import Home
from admin_views.how_long import HowLongView
from admin_views.imports import ImportView
from admin_views.looked import LookedView
from admin_views.lot_desk import LotDesk
from admin_views.machines import MachinesView
from admin_views.options import widget
from admin_views.outside import OutsideView
from admin_views.paper_checks import PaperChecksView
from admin_views.papers import PapersView
from admin_views.photo_pairs import PhotoPairsView
from admin_views.publishing import PublishingView
from admin_views.queue import QueueView
from admin_views.registering import RegisteringView
from admin_views.rights import RightsView
from admin_views.safety import nonce
from admin_views.scanning import ScanView
from admin_views.schema_view import SchemaView
from admin_views.setting_up import add_tools
from admin_views.shots import ShotsView
from admin_views.statements import StatementsView
from admin_views.taking_over import TakingOverView
from admin_views.ticket import TicketView
from admin_views.views import ViewsView
from admin_views.wall import WallView
from schema import TABLES

# Each with the name of its page, its endpoint and its address.
DESKS: tuple[tuple[type[BaseView], str, str, str], ...] = (
    (RightsView, "Rights", "rights", "/rights"),
    (ImportView, "Import", "imports", "/imports"),
    (BulkView, "Change fields", "bulk", "/bulk"),
    (ViewsView, "Saved views", "views", "/views"),
    (FindView, "Find", "find", "/find"),
    (BoardView, "Boards", "board", "/board"),
    (BenchView, "Bench", "bench", "/bench"),
    (MachinesView, "Machines", "machines", "/machines"),
    (QueueView, "Queue", "queue", "/queue"),
    (CallingOffView, "Call off", "calling_off", "/cancel-visit"),
    (HandingOverView, "Hand over", "handing_over", "/hand-over"),
    (TakingOverView, "Take over", "taking_over", "/take-over"),
    (CardPage, "Card", "card_page", "/cards"),
    (CustodyView, "Components", "custody", "/custody"),
    (OutsideView, "Outside", "outside", "/outside"),
    (LotDesk, "Lots and labels", "lot_desk", "/lots"),
    (RegisteringView, "Registering", "registering", "/register"),
    (HowLongView, "How long", "how_long", "/how-long"),
    (ShotsView, "Shots due", "shots", "/shots"),
    (PhotoPairsView, "Before, after", "photo_pairs", "/before-after"),
    (PublishingView, "Publishing", "publishing", "/publishing"),
    (TicketView, "Job ticket", "ticket", "/ticket"),
    (PapersView, "Papers", "papers", "/papers"),
    (StatementsView, "Statements", "statements", "/statement"),
    (PaperChecksView, "Papers and screen", "paper_checks", "/paper-checks"),
    (ScanView, "Scan", "scan", "/scan"),
    (WallView, "Wall board", "wall", "/wall"),
    (AuditView, "Audit", "auditing", "/audit"),
    (LookedView, "Who looked?", "looked", "/looked"),
)


def build_panel(app: Flask) -> None:
    """Register a view for every table and the hand-made screens, and the side bar's entries."""
    admin = Admin(
        app,
        name="Benchside",
        index_view=Home(name="Home", endpoint="admin", url="/"),
        theme=Bootstrap4Theme(base_template="layout.html"),
        csp_nonce_generator=nonce,
    )
    for model in TABLES:
        admin.add_view(SchemaView(model))
    for desk, name, endpoint, address in DESKS:
        admin.add_view(desk(name=name, endpoint=endpoint, url=address))
    add_tools(admin)
    menu.install(app)
    app.jinja_env.globals["widget"] = widget
