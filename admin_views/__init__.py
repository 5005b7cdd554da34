"""SCREENS: who may see and do what; every table gets its view from the schema, none by hand."""

from __future__ import annotations

import admin_views.lean  # noqa: F401  (before anything loads Flask-Admin)

# isort: split
from flask import Flask
from flask_admin import Admin
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
    admin.add_view(RightsView(name="Rights", endpoint="rights", url="/rights"))
    admin.add_view(ImportView(name="Import", endpoint="imports", url="/imports"))
    admin.add_view(BulkView(name="Change fields", endpoint="bulk", url="/bulk"))
    admin.add_view(ViewsView(name="Saved views", endpoint="views", url="/views"))
    admin.add_view(FindView(name="Find", endpoint="find", url="/find"))
    admin.add_view(BoardView(name="Boards", endpoint="board", url="/board"))
    admin.add_view(BenchView(name="Bench", endpoint="bench", url="/bench"))
    admin.add_view(MachinesView(name="Machines", endpoint="machines", url="/machines"))
    admin.add_view(QueueView(name="Queue", endpoint="queue", url="/queue"))
    admin.add_view(CallingOffView(name="Call off", endpoint="calling_off", url="/cancel-visit"))
    admin.add_view(HandingOverView(name="Hand over", endpoint="handing_over", url="/hand-over"))
    admin.add_view(TakingOverView(name="Take over", endpoint="taking_over", url="/take-over"))
    admin.add_view(CardPage(name="Card", endpoint="card_page", url="/cards"))
    admin.add_view(CustodyView(name="Components", endpoint="custody", url="/custody"))
    admin.add_view(OutsideView(name="Outside", endpoint="outside", url="/outside"))
    admin.add_view(LotDesk(name="Lots and labels", endpoint="lot_desk", url="/lots"))
    admin.add_view(RegisteringView(name="Registering", endpoint="registering", url="/register"))
    admin.add_view(HowLongView(name="How long", endpoint="how_long", url="/how-long"))
    admin.add_view(ShotsView(name="Shots due", endpoint="shots", url="/shots"))
    admin.add_view(
        PhotoPairsView(name="Before, after", endpoint="photo_pairs", url="/before-after")
    )
    admin.add_view(PublishingView(name="Publishing", endpoint="publishing", url="/publishing"))
    admin.add_view(TicketView(name="Job ticket", endpoint="ticket", url="/ticket"))
    admin.add_view(PapersView(name="Papers", endpoint="papers", url="/papers"))
    admin.add_view(StatementsView(name="Statements", endpoint="statements", url="/statement"))
    checks = PaperChecksView(name="Papers and screen", endpoint="paper_checks", url="/paper-checks")
    admin.add_view(checks)
    admin.add_view(ScanView(name="Scan", endpoint="scan", url="/scan"))
    admin.add_view(WallView(name="Wall board", endpoint="wall", url="/wall"))
    add_tools(admin)
    admin.add_view(AuditView(name="Audit", endpoint="auditing", url="/audit"))
    admin.add_view(LookedView(name="Who looked?", endpoint="looked", url="/looked"))
    menu.install(app)
    app.jinja_env.globals["widget"] = widget
