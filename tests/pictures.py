"""Draws docs/pictures: a demo clinic of the fixed seed, served and photographed page by page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from schema.base import utcnow
from schema.database import close_database, database, open_database
from schema.migrations import upgrade
from schema.staff import Role, Staff, StaffRole
from schema.workflow.first_clinic import set_up_code
from seed import sow_first_rows
from seed.demo import sow_demo_clinic
from seed.demo.people import PASSWORD, PIN
from tests.browser.conftest import QUIET, wait_for
from tests.conftest import BROWSERS

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PATIENTS, COLOURS, LARGEST = 120, 64, 150_000
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
TABLET = {"width": 1024, "height": 768}
SECRET = "the key of a house that is only photographed"
Act = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One picture: its file, who looks at which page, and what they do there first."""

    name: str
    role: str
    path: str
    act: Act | None = None
    language: str = "en"
    phone: bool = False
    tablet: bool = False

    @property
    def size(self) -> dict[str, int]:
        return PHONE if self.phone else TABLET if self.tablet else DESK


def first_row(page: Page) -> None:
    """Open the first record of a list."""
    page.locator("td.name a").first.click()
    page.wait_for_url("**/details/**")


def a_card_in_fabrication(page: Page) -> None:
    """Open an order whose processes are under way."""
    page.locator("[data-lane=fabrication] .card-face a").last.click()
    page.wait_for_url("**/cards/*")


def a_mistake(page: Page) -> None:
    """Send a form with a telephone that is none."""
    page.fill("input[name=last_name]", "Popa")
    page.fill("input[name=first_name]", "Ana")
    page.fill("input[name=phone]", "12")
    page.keyboard.press("Control+Enter")
    page.locator("#mistakes").wait_for()


def the_filters(page: Page) -> None:
    """Open the sheet of filters."""
    page.locator("summary[data-key=f]").click()


def the_names(page: Page, name: str = "The milling room") -> None:
    """Make this browser a shared tablet, which then shows the names."""
    page.fill("#name", name)
    page.get_by_role("button", name="Make it a shared tablet").click()
    page.wait_for_url("**/tablet/")


def a_work_in_hand(page: Page) -> None:
    """Somebody of the bench signs in at the tablet with a PIN and opens the first work."""
    the_names(page, "The bench")
    page.locator(".tablet-name").first.click()
    for digit in PIN:
        page.locator(f"[data-digit='{digit}']").click()
    page.wait_for_url("**/bench/")
    page.locator("[data-open]").first.click()
    page.evaluate("scrollTo(0, 0)")


TAKEN = (
    Picture("home-reception", "receptionist", "/"),
    Picture("home-reception-ro", "receptionist", "/", language="ro"),
    Picture("patients", "receptionist", "/patient/"),
    Picture("patients-ro", "receptionist", "/patient/", language="ro"),
    Picture("patients-filter", "receptionist", "/patient/", the_filters),
    Picture("patients-phone", "receptionist", "/patient/", phone=True),
    Picture("patient", "receptionist", "/patient/", first_row),
    Picture("patient-mistake", "receptionist", "/patient/new/", a_mistake),
    Picture("import", "receptionist", "/imports/"),
    Picture("home-dentist", "dentist", "/"),
    Picture("plan", "dentist", "/treatment-plan/", first_row),
    Picture("leads", "patient_manager", "/lead/"),
    Picture("orders", "lab_supervisor", "/lab-order/"),
    Picture("order-card", "lab_supervisor", "/board/order", a_card_in_fabrication),
    Picture("queue", "lab_supervisor", "/queue/"),
    Picture("tablet-names", "lab_supervisor", "/tablets/", the_names, tablet=True),
    Picture("bench-tablet", "lab_supervisor", "/tablets/", a_work_in_hand, tablet=True),
    Picture("bench-phone", "technician", "/", phone=True),
    Picture("photos", "photo_operator", "/photo/"),
    Picture("home-manager", "manager", "/"),
    Picture("set-up", "admin", "/set-up/"),
    Picture("staff", "admin", "/staff/"),
    Picture("rights", "admin", "/rights/"),
    Picture("skills", "admin", "/skills/"),
    Picture("hours", "admin", "/hours/"),
    Picture("closed-days", "admin", "/closed-days/"),
    Picture("wordings", "admin", "/wordings/"),
)


def draw(only: set[str]) -> None:
    """Draw the pictures of these names; without names all of them."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        if not only or "first-run" in only:
            with served(demo=False) as address:
                draw_first_run(browser, address)
        with served(demo=True) as address:
            for picture in TAKEN:
                if not only or picture.name in only:
                    draw_one(browser, address, picture)
        browser.close()


def draw_one(browser: Browser, address: str, picture: Picture) -> None:
    """One picture, seen by somebody of its role who reads its language."""
    context = browser.new_context(viewport=picture.size)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("input[name=email]", f"{picture.role}.{picture.language}@example.ro")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(address + picture.path)
    if picture.act:
        picture.act(page)
    keep(page, picture.name)
    context.close()


def draw_first_run(browser: Browser, address: str) -> None:
    """The step in which the clinic is named."""
    page = browser.new_page(viewport=DESK)
    page.goto(f"{address}/first-run")
    page.fill("#code", set_up_code(SECRET))
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-run/language")
    page.goto(f"{address}/first-run/clinic")
    page.fill("#name", "Dental Zorilor")
    page.fill("#phone", "0721 000 901")
    keep(page, "first-run")
    page.close()


def keep(page: Page, name: str) -> None:
    """Write the page as a small picture: few colours are enough for flat surfaces."""
    place = PICTURES / f"{name}.png"
    page.screenshot(path=place, animations="disabled", caret="hide")
    with Image.open(place) as full:
        small = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(place, optimize=True)
    size = place.stat().st_size
    print(f"{size:8,} {place.relative_to(ROOT)}{'  TOO LARGE' if size > LARGEST else ''}")


@contextmanager
def served(demo: bool) -> Iterator[str]:
    """The address of a house of its own, as `python app.py` starts it."""
    with tempfile.TemporaryDirectory(prefix="benchside-pictures-") as folder:
        url = f"sqlite:///{folder}/clinic.db"
        if demo:
            sow(url)
        with socket.socket() as spare:
            spare.bind(("127.0.0.1", 0))
            port = spare.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        told = {"DATABASE_URL": url, "VAR_FOLDER": folder, "PORT": str(port), "BASE_URL": address}
        told |= {"SECRET_KEY": SECRET, "TZ": "UTC"}
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **told}, stdout=sys.stderr
        )
        try:
            wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=40)


def sow(url: str) -> None:
    """The demo clinic, in which the first person of a role signs in as role.language."""
    open_database(url)
    database.connect()
    try:
        upgrade()
        sow_first_rows(utcnow())
        sow_demo_clinic(utcnow(), patients=PATIENTS)
        for role in Role.select():
            held = StaffRole.select(StaffRole.staff).where(
                StaffRole.role == role, StaffRole.ended_on.is_null()
            )
            people = Staff.select().where(Staff.id.in_(held)).order_by(Staff.id).limit(2)
            for staff, language in zip(people, ("en", "ro"), strict=False):
                email = f"{role.code}.{language}@example.ro"
                Staff.update(email=email, language=language).where(Staff.id == staff.id).execute()
    finally:
        close_database()


def chromium() -> str:
    """The path of a Chromium that playwright can drive."""
    found = [shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name]
    return next((path for path in found if path), None) or sys.exit("Install Chromium first.")


if __name__ == "__main__":
    draw(set(sys.argv[1:]))
