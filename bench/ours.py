"""Our own application over the bench house, and a browser of somebody signed in there."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench.small_rows import EVERYTHING
from schema.base import utcnow
from schema.database import database
from schema.settings import Settings
from schema.staff import Role, Staff, StaffRole
from schema.workflow.sign_in import begin_session

SECRET = "a key that only the bench uses, long enough"


def our_app(url: str) -> Flask:
    return create_app(Settings(database_url=url, secret_key=SECRET, base_url="http://localhost"))


def token_of(role: str = EVERYTHING) -> str:
    """A fresh session of somebody in that role."""
    with database.connection_context():
        person = Staff.select().join(StaffRole).join(Role).where(Role.code == role).get()
        return begin_session(person, "127.0.0.1", "The bench", utcnow())


def signed_in(app: Flask, token: str) -> FlaskClient:
    """A client that carries the cookie of a session."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = token
    return client
