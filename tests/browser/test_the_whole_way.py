"""A bridge of four in zirconia, screen by screen, from the desk to the dentist's hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desks import Desk, signed_in_context

pytestmark = pytest.mark.browser
TODAY = "2026-03-02T10:00"
LOT_IN_ROMANIAN = "Lotul discului sau al blocului este notat"
STATEMENT = "The statement of the device is issued"
PHOTOS_BEFORE, PHOTOS_AFTER = "Photos before are uploaded", "Photos after are uploaded"


class Clinic:
    """The people of the story, each at a browser of their own."""

    def __init__(self, window: Browser, address: str) -> None:
        self.window, self.address = window, address
        self.desks: dict[tuple[str, str], Desk] = {}

    def at(self, role: str, language: str = "en") -> Desk:
        if (role, language) not in self.desks:
            looks: dict[str, Any] = {"viewport": {"width": 1920, "height": 1000}}
            context = signed_in_context(self.window, self.address, (role, language), **looks)
            context.set_default_timeout(10_000)
            self.desks[role, language] = Desk(context.new_page(), self.address)
        return self.desks[role, language]

    def complaints(self) -> list[str]:
        """All but the browser's own note of an answer that refused."""
        told = [words for desk in self.desks.values() for words in desk.complaints]
        return [words for words in told if "status of 4" not in words]


@pytest.fixture
def clinic_at_work(window: Browser, server: str) -> Iterator[Clinic]:
    people = Clinic(window, server)
    yield people
    for desk in people.desks.values():
        desk.page.context.close()


def pick(page: Page, name: str, typed: str) -> None:
    """Look a row up by typing, and choose the first that is offered."""
    box = page.locator(f".picker:has(input[name='{name}']) .picker-text")
    box.click()
    box.fill(typed)
    found = page.locator(f"[role=listbox]:popover-open [role=option][data-text*='{typed}']")
    found.first.click()


def keep(page: Page) -> None:
    """Save a form, and see that its row is there; else the mistakes are told."""
    with page.expect_navigation():
        page.locator("form[data-guard] .foot .btn.main").first.click()
    assert "/details/" in page.url, page.locator("#mistakes").inner_text()


def tick_all(page: Page) -> None:
    """Tick by hand whatever may be ticked where the card stands."""
    buttons = page.locator("#points form[action$='/tick']:not(.noted form) button")
    while left := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)


def go_on(page: Page, stage: str) -> None:
    """Press the button that leads to a stage; the card then stands there."""
    page.locator(".ways").get_by_role("button", name=stage, exact=True).click()
    expect(page.locator(".way [aria-current=step]")).to_contain_text(stage)


def refused(page: Page, stage: str, *points: str) -> Locator:
    """All that can be ticked is ticked; the page names what still lacks, and offers no step."""
    tick_all(page)
    gate = page.locator("details.gate", has_text=stage).first
    for point in points:
        expect(gate).to_contain_text(point)
    expect(page.locator(".ways").get_by_role("button", name=stage, exact=True)).to_have_count(0)
    return gate


def refused_on_the_board(desk: Desk, board: str, card: str, to: str, words: str) -> None:
    """A card that is dragged past its gate stays, and the board says why."""
    page = desk.go(f"/board/{board}?q={card}")
    face, lane = page.locator("[data-card]"), page.locator(f"[data-lane={to}]")
    here = face.get_attribute("data-stage")
    face.drag_to(lane)
    expect(page.locator("#board-says")).to_contain_text(words)
    expect(page.locator("[data-card]")).to_have_attribute("data-stage", here or "")


def below(page: Page, name: str) -> str:
    """The address of the work below an order whose name has these words."""
    line = page.locator("#kin tbody tr", has_text=name).first
    return line.locator("a").get_attribute("href") or ""


def given_to(desk: Desk, card: str, technician: str, stage: str) -> None:
    """The supervisor sets a technician to a process, at a stage that they know."""
    record = desk.go(card).get_by_role("link", name="Open the record").get_attribute("href") or ""
    page = desk.go(f"/assignment/new/?track={number_in(record)}")
    pick(page, "technician", technician)
    page.select_option("#stage", label=stage)
    keep(page)


def photographed(page: Page, shot: str) -> None:
    """From the control point to the form of a photo, which knows whose it is."""
    page.locator("#points a", has_text="Do it").first.click()
    page.select_option("#shot", label=shot)
    if not page.input_value("input[name=photographed_by]"):
        pick(page, "photographed_by", "Ghi")
    page.fill("#photographed_at", TODAY)
    page.fill("#uploaded_at", TODAY)
    page.fill("#link", "https://photos.example.ro/bridge")
    keep(page)


def linked(page: Page, kind: str) -> None:
    """A file of another system is noted as ready."""
    page.locator("details.gate a", has_text="Do it").first.click()
    page.select_option("#system", index=1)
    page.select_option("#kind", label=kind)
    page.fill("#file_name", "bridge.stl")
    page.fill("#ready_at", TODAY)
    keep(page)


def ledger(desk: Desk, card: str) -> Page:
    """The page of the components of the order on a card."""
    page = desk.go(card)
    page.locator("#parts a", has_text="Ledger").click()
    expect(page.locator("h1")).to_contain_text("Components of")
    return page


def two_screws_in_the_laboratory(desk: Desk, card: str) -> None:
    """Components of the order that the laboratory took from its stock."""
    page = ledger(desk, card)
    page.get_by_text("Add a component…").click()
    page.select_option("#add-kind", label="Laboratory screw")
    page.fill("#add-number", "2")
    page.select_option("#add-source", "stock")
    page.select_option("#add-holder", "lab")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#open-parts")).to_contain_text("2 pieces are not accounted for")


def one_screw_handed_to(giver: Desk, taker: Desk, card: str) -> None:
    """One side gives, the other takes; in between the piece is on the way."""
    page = ledger(giver, card)
    page.get_by_label("Pieces of Laboratory screw").fill("1")
    page.select_option("#hand-to", "clinic")
    page.get_by_role("button", name="Hand over what is ticked").click()
    expect(page.locator("#on-the-way")).to_contain_text("1 × Laboratory screw")
    theirs = ledger(taker, card)
    theirs.get_by_role("button", name="Take what is ticked").click()
    expect(theirs.locator("#on-the-way")).to_have_count(0)


def a_missing_screw(desk: Desk, card: str) -> None:
    """The other screw cannot be found; the incident names who had it last."""
    page = ledger(desk, card)
    page.get_by_text("Something is missing…").click()
    page.select_option("#missing-line", label="Laboratory screw · Laboratory")
    page.get_by_role("button", name="Note the loss").click()
    incident = page.locator(".incident")
    expect(incident).to_contain_text("1 × Laboratory screw")
    expect(incident).to_contain_text("Last held by: Laboratory, Neagu Sorin")


def written_off(desk: Desk, card: str, reason: str) -> None:
    page = ledger(desk, card)
    page.get_by_text("Write off…").click()
    page.locator(".incident input[name=reason]").fill(reason)
    page.get_by_role("button", name="Write off", exact=True).click()
    expect(page.locator(".notice-good").last).to_contain_text("accounted for")
    expect(page.locator(".notice-good").last).to_have_css("opacity", "1")
    expect(page.locator("aside")).to_contain_text(reason)


def signed(desk: Desk, card: str) -> None:
    """From the gate to the statement of the device; another's name does not sign it."""
    page = desk.go(card)
    page.locator("details.gate a", has_text="Do it").first.click()
    page.fill("#signed", "Somebody Else")
    page.get_by_role("button", name="Sign version 1").click()
    expect(page.get_by_role("alert")).to_contain_text("Sign with your own name: Neagu Sorin.")
    page.fill("#signed", "neagu sorin")
    page.get_by_role("button", name="Sign version 1").click()
    expect(page.locator("#versions li")).to_contain_text("In force")
    expect(page.locator("#versions li")).to_contain_text("Neagu Sorin")


def number_in(address: str) -> str:
    found = re.search(r"id=(\d+)", address)
    assert found, address
    return found[1]


def registered_at_the_desk(desk: Desk) -> tuple[str, str]:
    """Reception registers the bridge; the ticket, and the address of the order's card."""
    page = desk.go("/lab-order/new/")
    pick(page, "patient", "a")
    pick(page, "dentist", "Bălan")
    page.select_option("#work_type", label="Bridge")
    page.select_option("#material", label="Zirconia, monolithic")
    page.select_option("#shade", index=3)
    page.fill("#card__due_at", "2031-03-09T16:00")
    keep(page)
    ticket = page.locator("h1").inner_text()
    card = page.get_by_role("link", name="On its way").get_attribute("href") or ""
    desk.go(card)
    refused(page, "Taken into lab production", "the order is a draft")
    page.get_by_role("link", name="Open the record").click()
    page.get_by_role("link", name="Teeth and registration").click()
    page.get_by_role("button", name="Register").click()
    expect(page.locator("#mistakes")).to_contain_text("the teeth are chosen on the chart")
    for part, teeth in (("crown", (12, 22)), ("pontic", (11, 21))):
        page.check(f"[name=tool][value={part}]")
        for tooth in teeth:
            page.click(f"[data-tooth='{tooth}']")
    expect(page.locator("[data-spans]")).to_have_text("12=11=21=22")
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/details/**")
    return ticket, card


def test_a_bridge_of_four_goes_its_whole_way_by_the_screens(clinic_at_work):
    people: Clinic = clinic_at_work
    reception, supervisor = people.at("receptionist"), people.at("lab_supervisor")
    photographer, dentist = people.at("photo_operator"), people.at("dentist")
    bench, workshop = people.at("technician"), people.at("technician", "ro")

    ticket, card = registered_at_the_desk(reception)
    page = reception.go(card)
    tick_all(page)
    go_on(page, "Taken into lab production")

    page = supervisor.go(card)
    refused_on_the_board(supervisor, "order", ticket, "validation", "Components are counted")
    page = supervisor.go(card)
    tick_all(page)
    go_on(page, "Validation")
    refused(page, "Framework", PHOTOS_BEFORE)
    refused_on_the_board(supervisor, "order", ticket, "framework", PHOTOS_BEFORE)

    for shot in ("Smile, front Before", "Retracted, front Before"):
        photographed(photographer.go(card), shot)
    page = photographer.go(card)
    page.get_by_role("button", name=f"Tick: {PHOTOS_BEFORE}").click()
    page.locator("#points summary:not(.noted summary)").click()
    expect(page.get_by_role("button", name=f"Take back: {PHOTOS_BEFORE}")).to_be_visible()
    page = supervisor.go(card)
    go_on(page, "Framework")

    zirconia = below(page, "Zirconia works")
    given_to(supervisor, zirconia, "Crăciun", "Scanning")
    page = bench.go(zirconia)
    refused(page, "Casting and articulator mounting", "Arrival is photographed")
    photographed(page, "Impression or scan on arrival Laboratory")
    page = bench.go(zirconia)
    for stage in ("Casting and articulator mounting", "Scanning"):
        tick_all(page)
        go_on(page, stage)
    refused(page, "CAD modelling", "Scan is in its folder")
    linked(supervisor.go(zirconia), "Scan")
    page = bench.go(zirconia)
    tick_all(page)
    go_on(page, "CAD modelling")
    refused(page, "Online consultation with the dentist", "CAD model is in its folder")
    linked(supervisor.go(zirconia), "CAD model")
    page = bench.go(zirconia)
    tick_all(page)
    go_on(page, "Online consultation with the dentist")
    page = dentist.go(zirconia)
    refused_on_the_board(dentist, "zirconia", ticket, "production", "approved the design")
    page = dentist.go(zirconia)
    tick_all(page)
    go_on(page, "Production")

    page = supervisor.go(card)
    tick_all(page)
    go_on(page, "Fabrication")
    unit = below(page, "12–22")
    refused(page, "Handed over to dentist", "All units are finished")
    given_to(supervisor, unit, "Tănase", "Milling")
    page = workshop.go(unit)
    refused(page, "Sinterizare", LOT_IN_ROMANIAN)
    page.locator("details.gate a", has_text="Rezolvă").first.click()
    pick(page, "lot", "L0200")
    keep(page)
    page = workshop.go(unit)
    for stage in ("Sinterizare", "Individualizare", "Cimentare", "Făcut"):
        tick_all(page)
        go_on(page, stage)
    refused(supervisor.go(card), "Handed over to dentist", "All units are finished")
    page = bench.go(zirconia)
    tick_all(page)
    go_on(page, "Done")

    two_screws_in_the_laboratory(supervisor, card)
    page = supervisor.go(card)
    refused(page, "Handed over to dentist", STATEMENT)
    signed(supervisor, card)
    page = supervisor.go(card)
    tick_all(page)
    go_on(page, "Handed over to dentist")
    page = dentist.go(card)
    refused(page, "Closed", "Components are accounted for", PHOTOS_AFTER)
    for shot in ("Smile, front After", "Retracted, front After"):
        photographed(photographer.go(card), shot)
    page = dentist.go(card)
    refused(page, "Closed", "Components are accounted for")
    one_screw_handed_to(supervisor, dentist, card)
    a_missing_screw(supervisor, card)
    refused(dentist.go(card), "Closed", "Components are accounted for")
    written_off(supervisor, card, "Fell down a drain")
    page = dentist.go(card)
    tick_all(page)
    go_on(page, "Closed")

    expect(page.get_by_text("This card is closed.")).to_be_visible()
    assert people.complaints() == []
