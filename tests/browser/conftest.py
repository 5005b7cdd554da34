"""A real server over a small demo clinic, and a real browser in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from schema.base import utcnow
from schema.database import close_database, database, open_database
from schema.migrations import upgrade
from schema.pipelines import Pipeline, Stage
from schema.skills import Skill
from schema.staff import Role, Staff, StaffRole
from seed import sow_first_rows
from seed.demo import demo_logins, sow_demo_clinic

PROJECT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the demo clinic of these tests lies: the settings of every server over it."""
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder / 'clinic.db'}"
    sow(url)
    return {"DATABASE_URL": url, "VAR_FOLDER": str(folder)}


@pytest.fixture(scope="session")
def server(served: dict[str, str]) -> Iterator[str]:
    """The address of a running house: web and worker as `python app.py` starts them."""
    with running(served, "app.py") as address:
        yield address


@pytest.fixture(scope="session")
def failing(served: dict[str, str]) -> Iterator[str]:
    """The same house with a page that breaks; see `tests/browser/breaking.py`."""
    with running(served, "-m", "tests.browser.breaking") as address:
        yield address


@contextmanager
def running(served: dict[str, str], *program: str) -> Iterator[str]:
    """A server in a process of its own, at a free port, until the block ends."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    told = {**served, "PORT": str(port), "BASE_URL": address, "TZ": "UTC"}
    process = subprocess.Popen([sys.executable, *program], cwd=PROJECT, env={**os.environ, **told})
    try:
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=40)


def sow(url: str) -> None:
    open_database(url)
    database.connect()
    try:
        upgrade()
        sow_first_rows(utcnow())
        sow_demo_clinic(utcnow(), patients=40)
        seat_those_who_read_romanian()
    finally:
        close_database()


def seat_those_who_read_romanian() -> None:
    """The second person of each role reads Romanian and signs in as role.ro; the first, English.

    Both work at one place, so that they meet the same rows.
    """
    for role in Role.select():
        held = StaffRole.select(StaffRole.staff).where(StaffRole.role == role)
        first, *others = Staff.select().where(Staff.id.in_(held)).order_by(Staff.id).limit(2)
        second = others[0] if others else one_more(role, first)
        told = {"email": f"{role.code}.ro@example.ro", "language": "ro", "location": first.location}
        Staff.update(**told).where(Staff.id == second.id).execute()
        if role.code == "technician":
            teach_every_step(first, second)


def teach_every_step(*technicians: Staff) -> None:
    """Either may be given a work, whatever the step."""
    steps = Stage.select(Stage.code).join(Pipeline)
    steps = steps.where(Pipeline.kind == "track", Stage.category == "open").distinct().tuples()
    for technician in technicians:
        known = {skill.stage_code for skill in technician.skills}
        for (code,) in steps:
            if code not in known:
                Skill.create(staff=technician, stage_code=code)


def one_more(role: Role, first: Staff) -> Staff:
    """A second person of a role that only one holds."""
    second = Staff.create(
        last_name="Moraru",
        first_name="Vlad",
        email=f"{role.code}.second@example.ro",
        password_hash=first.password_hash,
    )
    StaffRole.create(staff=second, role=role)
    return second


def wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def window(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


class Desk:
    """One person at a browser; what the page complained about is kept."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", lambda m: m.type in ("error", "warning") and self.note(m.text))
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("requestfailed", self.failed)
        page.on("request", lambda request: self.watch(request.url))

    def note(self, words: str) -> None:
        self.complaints.append(words)

    def failed(self, request: Request) -> None:
        """What the next page or a newer question cut short was not refused by anybody."""
        if request.failure != "net::ERR_ABORTED":
            self.note(f"failed: {request.url} {request.failure}")

    def watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.note(f"left the house: {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, role: str, language: str = "en") -> Desk:
        login: Any = next(one for one in demo_logins() if one["role"] == role)
        page = self.go("/sign-in")
        page.fill(
            "input[name=email]", f"{role}.ro@example.ro" if language == "ro" else login["email"]
        )
        page.fill("input[name=password]", login["password"])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return self


KEPT: dict[tuple[str, str, str], Any] = {}


def signed_in_context(
    window: Browser, address: str, who: tuple[str, str], **looks: Any
) -> BrowserContext:
    """A browser in which this role, in this language, is signed in; it signs in but once."""
    if (address, *who) not in KEPT:
        context = window.new_context()
        Desk(context.new_page(), address).sign_in(*who)
        KEPT[address, *who] = context.storage_state()
        context.close()
    return window.new_context(storage_state=KEPT[address, *who], **looks)


@pytest.fixture
def desk(window: Browser, server: str) -> Iterator[Desk]:
    context = window.new_context(viewport={"width": 1440, "height": 900})
    yield Desk(context.new_page(), server)
    context.close()


@pytest.fixture
def phone(window: Browser, server: str) -> Iterator[Desk]:
    context = window.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield Desk(context.new_page(), server)
    context.close()
