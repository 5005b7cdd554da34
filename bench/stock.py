"""The same list and form as stock Flask-Admin draws them, with its documented settings."""

from __future__ import annotations

from typing import Any

from flask import Flask, session
from flask_admin import Admin
from flask_admin.contrib.peewee import ModelView
from flask_admin.contrib.peewee.filters import BasePeeweeFilter
from flask_babel import Babel

from bench.by_hand import close_connection, open_connection
from schema.cards import Card
from schema.orders import LabOrder
from schema.patients import Patient
from schema.sessions import SignIn
from schema.staff import Staff
from schema.workflow.sign_in import sha


class AtStage(BasePeeweeFilter):
    """Flask-Admin has no filter for a reference; its manual shows how to write one."""

    def apply(self, query: Any, value: Any) -> Any:
        return query.where(LabOrder.card.in_(Card.select(Card.id).where(Card.stage == value)))

    def operation(self) -> str:
        return "equals"


class StockView(ModelView):
    """Lab orders: searchable, filterable, with look-ups in the form."""

    page_size = 50
    column_default_sort = ("id", True)
    column_list = (
        "ticket", "patient", "dentist", "work_type", "material", "shade", "received_on",
        "card.stage", "card.responsible", "card.due_at", "card.priority",
    )  # fmt: skip
    column_sortable_list = ("id", "ticket", "received_on", ("card.due_at", Card.due_at))
    column_searchable_list = ("ticket", Patient.last_name, Patient.first_name)
    column_filters = ("ticket", "is_draft", AtStage(Card.stage, "Stage"))
    form_ajax_refs = {
        "patient": {"fields": (Patient.last_name, Patient.first_name)},
        "dentist": {"fields": (Staff.last_name, Staff.first_name)},
        "card": {"fields": (Card.kind,)},
    }

    def is_accessible(self) -> bool:
        token = sha(session.get("_user_id", ""))
        found = SignIn.select(SignIn, Staff).join(Staff).where(SignIn.token_sha == token).first()
        return found is not None and found.ended_at is None


def stock_app(secret: str) -> Flask:
    app = Flask("stock")
    app.secret_key = secret
    Babel(app)
    app.before_request(open_connection)
    app.teardown_request(close_connection)
    Admin(app, name="Stock").add_view(StockView(LabOrder, endpoint="order"))
    return app
