"""Marketing shows a photo under a consent alone, and takes it down when the patient says no."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Browser, Page, expect

from seed.demo import demo_logins
from tests.browser.desks import Desk
from tests.browser.findings import grave_findings, too_wide

pytestmark = pytest.mark.browser
REFUSED = "The patient has not agreed to this photo for this use."


def of_the_front_desk(url: str, photos: list[int]) -> tuple[int, int]:
    """One of the photos, and its patient, whom the receptionist knows."""
    desk = next(one["email"] for one in demo_logins() if one["role"] == "receptionist")
    asked = (
        "SELECT f.id, f.patient_id FROM photo f JOIN patient p ON p.id = f.patient_id "
        "JOIN staff s ON s.location_id = p.location_id WHERE s.email = ? ORDER BY f.id"
    )
    with sqlite3.connect(url.removeprefix("sqlite:///")) as kept:
        return next(row for row in kept.execute(asked, (desk,)) if row[0] in photos)


def note_consent(page: Page, *, given: bool) -> None:
    """What the patient says at the desk of photos on the website."""
    page.select_option("[name=purpose]", "photo_website")
    page.set_checked("[name=given]", given)
    page.fill("[name=text_version]", "FOTO 2026-01" if given else "")
    page.select_option("[name=channel]", "in_person")
    page.locator("form[data-guard] .foot .btn.main").click()
    page.wait_for_url("**/details/**")


def test_a_photo_is_shown_under_a_consent_and_taken_down_after_its_withdrawal(
    desk: Desk, window: Browser, served: dict[str, str]
):
    page = desk.sign_in("marketing").go("/publishing/?use=website")
    offered = page.locator(".photo-may:has(button[value=website]) [name=photo]")
    keys = offered.evaluate_all("inputs => inputs.map(one => Number(one.value))")
    photo, patient = of_the_front_desk(served["DATABASE_URL"], keys)
    card = page.locator(f".photo-may:has([name=photo][value='{photo}'])")
    context = window.new_context()
    front = Desk(context.new_page(), desk.address).sign_in("receptionist")
    told = f"/consent/new/?patient={patient}"

    note_consent(front.go(told), given=False)
    card.get_by_role("button", name="Website").click()
    expect(page.get_by_role("alert")).to_have_text(REFUSED)
    expect(card.get_by_role("button", name="Website")).to_have_count(0)

    note_consent(front.go(told), given=True)
    page = desk.go("/publishing/?use=website")
    card.locator("[name=link]").fill("https://www.clinic.test/cases/1")
    card.get_by_role("button", name="Website").click()
    expect(card.locator(".dot.good", has_text="Website")).to_be_visible()
    waiting = page.locator(".take-down li", has_text=f"photo {photo} ")
    expect(waiting).to_have_count(0)

    note_consent(front.go(told), given=False)
    page = desk.go("/publishing/")
    expect(waiting).to_contain_text("Website")
    expect(waiting.get_by_role("link")).to_have_attribute("href", "https://www.clinic.test/cases/1")
    assert grave_findings(page) + too_wide(page) == []
    waiting.get_by_role("button", name="It is taken down").click()
    expect(waiting).to_have_count(0)
    assert [one for one in desk.complaints + front.complaints if "status of 422" not in one] == []
    context.close()
