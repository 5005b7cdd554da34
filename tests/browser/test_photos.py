"""A year old and among 100,000 others: the first photo of a case is found from the home page."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from schema import TABLES
from schema.base import utcnow
from schema.database import close_database, database, open_database
from schema.guards import install_guards
from schema.patients import Patient
from schema.photos import Photo, Shot
from schema.staff import Staff
from seed.demo import demo_logins
from tests.browser.conftest import running, sow
from tests.browser.desks import Desk
from tests.browser.findings import grave_findings, too_wide

pytestmark = pytest.mark.browser
MANY = 100_000
TEN_SECONDS = 10
LINK = "https://photos.clinic.test/initial.jpg"
DOT = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with 100,000 photos, and one that somebody looks for."""
    folder = tmp_path_factory.mktemp("archive")
    url = f"sqlite:///{folder / 'clinic.db'}"
    sow(url)
    open_database(url)
    database.connect()
    try:
        many_photos()
        the_initial_photo()
    finally:
        close_database()
    told = {
        "DATABASE_URL": url,
        "VAR_FOLDER": str(folder),
        "PICTURE_HOSTS": "https://photos.clinic.test",
    }
    with running(told, "app.py") as address:
        yield address


def many_photos() -> None:
    """Written past the guards of their table, which stand again afterwards."""
    chance, now = random.Random(7), utcnow().replace(tzinfo=None)
    patients = [row.id for row in Patient.select(Patient.id)]
    shots = [row.id for row in Shot.select(Shot.id).where(Shot.moment.in_(("before", "after")))]
    [by] = Staff.select(Staff.id).limit(1)
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'photo'"
    for (name,) in database.execute_sql(triggers).fetchall():
        database.execute_sql(f"DROP TRIGGER {name}")
    rows = (
        (
            chance.choice(patients),
            chance.choice(shots),
            11 + number % 8,
            by.id,
            at,
            at,
            f"{LINK}{number}",
        )
        for number in range(MANY)
        for at in [f"{now - dt.timedelta(minutes=chance.randrange(2_000_000)):%Y-%m-%d %H:%M:%S}"]
    )
    with database.atomic():
        database.connection().cursor().executemany(
            "INSERT INTO photo (row_version, created_at, patient_id, shot_id, tooth, "
            "photographed_by_id, photographed_at, uploaded_at, link) "
            "VALUES (1, '2026-01-01 00:00:00', ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    install_guards(TABLES)


def the_initial_photo() -> None:
    """A year old, of a patient of the dentist who will look for it."""
    login = next(one for one in demo_logins() if one["role"] == "dentist")
    dentist = Staff.get(Staff.email == login["email"])
    patient = Patient.select().where(Patient.dentist == dentist).first()
    Patient.update(last_name="Zvorișteanu").where(Patient.id == patient.id).execute()
    shot = Shot.get(Shot.view == "retracted_front", Shot.moment == "before")
    taken = utcnow() - dt.timedelta(days=365)
    Photo.delete().where(Photo.patient == patient).execute()
    Photo.create(patient=patient, shot=shot, tooth=21, photographed_at=taken, uploaded_at=taken,
                 photographed_by=dentist, link=LINK)  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_the_initial_photo_is_found_in_ten_seconds(window: Browser, archive: str, width: int):
    context = window.new_context(viewport={"width": width, "height": 900})
    context.route(
        "https://photos.clinic.test/**",
        svg,
    )
    desk = Desk(context.new_page(), archive).sign_in("dentist")
    page = desk.page
    ways = [page.get_by_role("link", name="Before and after").first.click]
    if width == 390:
        ways.insert(0, page.get_by_role("link", name="Menu", exact=True).click)
    steps = [
        lambda: page.goto(f"{archive}/"),
        *ways,
        lambda: page.fill("#ask-q", "zvoristeanu"),
        lambda: page.keyboard.press("Enter"),
        page.locator(f"img[src='{LINK}']").wait_for,
    ]
    ends = time.monotonic() + TEN_SECONDS
    for step in steps:  # all of them together
        page.set_default_timeout(max(1, 1000 * (ends - time.monotonic())))
        step()
    assert page.locator(".photo-case").count() == 1
    assert "Retracted, front" in page.locator(".photo-pair").inner_text()
    assert grave_findings(page) + too_wide(page) == []
    context.close()


def test_the_operator_notes_a_photo_with_the_fingerprint_of_its_file(
    window: Browser, archive: str, tmp_path
):
    file = tmp_path / "smile.jpg"
    file.write_bytes(b"a photo")
    context = window.new_context(viewport={"width": 390, "height": 844})
    desk = Desk(context.new_page(), archive).sign_in("photo_operator")
    page = desk.go("/shots/")
    form = page.locator("form.shots-order").first
    line = form.locator(".shots li").first
    line.locator("input[type=url]").fill("https://photos.clinic.test/smile.jpg")
    line.locator("input[type=file]").set_input_files(file)
    line.locator("output", has_text="smile.jpg").wait_for()
    before = page.locator(".shots li").count()
    assert grave_findings(page) + too_wide(page) == []
    form.locator(".btn.main").click()
    page.wait_for_load_state()
    assert "1 photo noted" in page.locator("main").inner_text()
    assert page.locator(".shots li").count() == before - 1
    assert desk.complaints == []
    context.close()


def svg(route: Route) -> None:
    route.fulfill(body=DOT, content_type="image/svg+xml")
