"""A browser without a window: test clients over a test's house, strangers or signed in."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from admin_views import people, policy
from app import create_app
from schema.base import utcnow
from schema.settings import Settings
from schema.staff import Staff
from schema.workflow.sign_in import begin_session

SECRET = "a key that only the tests use, long enough"


class Browser(FlaskClient):
    """A test client that sends forms as our own pages do, with their token."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Read the whole answer, as a browser does, so that what follows an answer is done."""
        kwargs.setdefault("buffered", True)
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", self.base_url)
        return super().open(*args, **kwargs)

    @property
    def base_url(self) -> str:
        """Where this house says that it stands."""
        return str(self.application.config["SETTINGS"].base_url)

    def session_transaction(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", self.base_url)
        return super().session_transaction(*args, **kwargs)

    def send(self, path: str, fields: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST a form with a good token."""
        return self.post(path, data={"csrf_token": self.form_token(), **(fields or {})}, **kwargs)

    def form_token(self) -> str:
        with self.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", "0" * 40)
        return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw))

    def take(self, token: str) -> Browser:
        """Carry the cookie of a session."""
        with self.session_transaction() as kept:
            kept.clear()
            kept["_user_id"] = token
        return self


class Web:
    """The application over the open house."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def stranger(self) -> Browser:
        """A browser in which nobody is signed in."""
        base = self.app.config["SETTINGS"].base_url
        browser = self.app.test_client()
        browser.environ_base["wsgi.url_scheme"] = base.split(":")[0]
        return browser

    def as_(self, staff: Staff) -> Browser:
        """A browser in which that person is signed in, by the verb that signs people in."""
        return self.stranger().take(begin_session(staff, "127.0.0.1", "A test", utcnow()))


def a_web(house: Any, base_url: str = "http://localhost") -> Web:
    """The application over a house; it is built once, and forgets what it knew of other houses."""
    app = the_app(base_url)
    people.forget_roles()
    policy._rights.cache_clear()
    return Web(app)


@cache
def the_app(base_url: str) -> Flask:
    folder = Path(tempfile.gettempdir())
    app = create_app(
        Settings(
            database_url="sqlite:////nowhere/the-house-is-open-already.db",
            secret_key=SECRET,
            base_url=base_url,
            folder=folder,
        )
    )
    app.test_client_class = Browser
    app.testing = True
    return app


@pytest.fixture
def web(house: Any) -> Web:
    """The application over an empty house, on each engine."""
    return a_web(house)
