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

import pytest
from playwright.sync_api import Browser, sync_playwright

from schema.base import utcnow
from schema.cards import Card
from schema.database import close_database, database, open_database
from schema.holds import Hold
from schema.migrations import upgrade
from schema.pipelines import Pipeline, Stage
from schema.skills import Skill
from schema.staff import Role, Staff, StaffRole
from schema.tracks import Track
from schema.workflow.assigning import assign
from seed import sow_first_rows
from seed.demo import sow_demo_clinic
from tests.browser.desks import Desk, signed_in_context
from tests.browser.workdays import WIDTHS, Seat
from tests.browser.workers import SECOND, Worker

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
        give_a_work_to_mill()
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


def give_a_work_to_mill() -> None:
    """The first technician has a work at milling, whatever day it is."""
    works = Track.select().join(Card).join(Stage)
    works = works.where(Stage.code == "milling", Card.closed_at.is_null())
    work = works.where(Card.id.not_in(Hold.select(Hold.card).where(Hold.ended_at.is_null()))).get()
    technician = StaffRole.select().join(Role).where(Role.code == "technician")
    first = technician.order_by(StaffRole.staff).get().staff_id
    assign({work.id: first}, by=first, now=utcnow())


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


@pytest.fixture
def worker(request: pytest.FixtureRequest, window: Browser, server: str) -> Iterator[Worker]:
    """Somebody at the seat that the test is asked for (`taken_by`)."""
    seat: Seat = request.param
    context = signed_in_context(
        window,
        server,
        (seat.role, seat.language),
        viewport={"width": seat.width, "height": WIDTHS[seat.width]},
        color_scheme=seat.colours,
        has_touch=seat.width < 500,
    )
    yield Worker(context.new_page(), server, seat)
    context.close()


@pytest.fixture
def other(worker: Worker, window: Browser, server: str) -> Iterator[Desk]:
    """A second person, who may edit the same record and reads the other language.

    What a technician notes is theirs alone, so there it is the same person at another browser.
    """
    seat, role = worker.seat, SECOND.get(worker.seat.role, worker.seat.role)
    language = "ro" if seat.language == "en" else "en"
    language = seat.language if role == "technician" else language
    context = signed_in_context(window, server, (role, language))
    yield Desk(context.new_page(), server)
    context.close()
