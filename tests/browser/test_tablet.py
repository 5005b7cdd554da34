"""The shared tablet under fingers: enrolled, opened by a PIN, locked by itself, given on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from seed.demo.people import PIN, WORKERS
from tests.browser.conftest import Desk
from tests.browser.findings import grave_findings, too_wide

pytestmark = pytest.mark.browser
TABLET, PHONE = {"width": 1024, "height": 768}, {"width": 390, "height": 844}
# The first reads English, the second Romanian.
ANA, VLAD = [f"{one.first} {one.last}" for one in WORKERS if one.role == "technician"][:2]
KEPT: list[dict] = []


@pytest.fixture
def tablet(window, server) -> Iterator[Desk]:
    """The laboratory's tablet, on which nobody is signed in; it is enrolled by the first test."""
    state = KEPT[0] if KEPT else None
    context = window.new_context(viewport=TABLET, has_touch=True, storage_state=state)
    yield Desk(context.new_page(), server)
    context.close()


def enter(page: Page, name: str, pin: str = PIN) -> None:
    page.locator(".tablet-name", has_text=name).tap()
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").tap()


def is_at(page: Page, name: str) -> None:
    """The bench of that person, and of nobody else."""
    expect(page.locator("#tablet .who")).to_contain_text(name)
    expect(page.locator("h1")).to_contain_text(name)


def give_back(page: Page) -> None:
    page.locator("#tablet-back button").tap()
    page.wait_for_url("**/tablet/")


def a_work_to_start(page: Page) -> str:
    """A work that the person may start, opened; none of those that other files mill."""
    works = page.locator("[data-sheet]", has_not_text="Milling").evaluate_all(
        "all => all.filter(one => !one.dataset.started).map(one => one.dataset.sheet)"
    )
    for track in reversed(works):
        page.locator(f"[data-open='{track}']").tap()
        if page.locator(f"[data-sheet='{track}'] [data-deed=start]").is_visible():
            return str(track)
    raise AssertionError("no work waits for this person")


def kept_taps(page: Page) -> int:
    """How many taps wait in this browser, of all people together."""
    return int(
        page.evaluate(
            "Object.keys(localStorage).filter(name => name.startsWith('bench-acts-'))"
            ".reduce((sum, name) => sum + JSON.parse(localStorage[name]).length, 0)"
        )
    )


def test_a_supervisor_makes_the_device_a_tablet_and_a_technician_does_a_step(tablet):
    page = tablet.sign_in("lab_supervisor").go("/tablets/")
    page.fill("#name", "Milling room")
    page.get_by_role("button", name="Make it a shared tablet").tap()
    page.wait_for_url("**/tablet/")
    KEPT.append(page.context.storage_state())

    enter(page, ANA, "681937")
    expect(page.get_by_role("alert")).to_contain_text("left: 4")
    for digit in PIN:
        page.locator(f"[data-digit='{digit}']").tap()
    page.wait_for_url("**/bench/")
    is_at(page, ANA)

    track = a_work_to_start(page)
    page.locator(f"[data-sheet='{track}'] [data-deed=start]").tap()
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "0")
    expect(page.locator("#bench-says")).to_be_hidden()
    expect(page.locator(f"[data-sheet='{track}'] [data-deed=done]")).to_be_visible()
    give_back(page)
    assert tablet.go("/bench/").url.endswith("/tablet/"), "the session is over"


def test_untouched_it_warns_locks_and_is_the_next_persons(tablet):
    page = tablet.page
    page.clock.install()
    tablet.go("/tablet/")
    enter(page, ANA)
    page.wait_for_url("**/bench/")
    warning = page.locator("#tablet-warning")

    page.clock.fast_forward(100_000)
    expect(warning).to_be_hidden()
    page.clock.fast_forward(7_000)
    expect(warning).to_contain_text("locks in 13 s")
    warning.get_by_role("button").tap()
    expect(warning).to_be_hidden()
    page.clock.fast_forward(100_000)
    expect(page.locator("main")).to_be_visible()
    page.clock.fast_forward(21_000)
    page.wait_for_url("**/tablet/")

    enter(page, VLAD)
    page.wait_for_url("**/bench/")
    is_at(page, VLAD)
    page.go_back()
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(f"· {ANA}")
    assert tablet.go("/tablet/").url.endswith("/bench/"), "the tablet is in somebody's hands"
    is_at(page, VLAD)


def test_what_a_password_opened_on_it_locks_too(tablet):
    page = tablet.page
    page.clock.install()
    tablet.sign_in("lab_supervisor").go("/queue/")
    expect(page.locator(".side")).to_be_visible()
    page.clock.fast_forward(107_000)
    expect(page.locator("#tablet-warning")).to_contain_text("locks in 13 s")
    page.clock.fast_forward(14_000)
    page.wait_for_url("**/tablet/")
    assert tablet.go("/queue/").url.endswith("/tablet/"), "the session is over"


def test_a_page_that_the_browser_had_kept_is_asked_for_anew(tablet):
    page = tablet.go("/tablet/")
    enter(page, ANA)
    page.wait_for_url("**/bench/")
    page.evaluate("window.old = true")

    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert page.evaluate("window.old") is None


def test_what_one_person_tapped_without_a_line_is_never_sent_as_another(tablet):
    page = tablet.go("/tablet/")
    enter(page, ANA)
    page.wait_for_url("**/bench/")
    page.context.route("**/bench/act", lambda route: route.abort())
    track = a_work_to_start(page)
    page.locator(f"[data-sheet='{track}'] [data-deed=start]").tap()
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "1")
    give_back(page)
    tile = page.locator(".tablet-name", has_text=ANA)
    expect(tile).to_contain_text("Waits to be sent: 1")

    page.context.unroute("**/bench/act")
    sent: list[str] = []
    page.context.on("request", lambda one: "/bench/act" in one.url and sent.append(one.url))
    enter(page, VLAD)
    page.wait_for_url("**/bench/")
    is_at(page, VLAD)
    with page.expect_response("**/bench/works**"):
        page.evaluate("dispatchEvent(new Event('online'))")
    assert (sent, kept_taps(page)) == ([], 1)
    give_back(page)

    enter(page, ANA)
    page.wait_for_url("**/bench/")
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "0", timeout=20_000)
    assert (len(sent), kept_taps(page)) == (1, 0)
    page.goto(f"{tablet.address}/bench/?open={track}")
    expect(page.locator(f"[data-sheet='{track}'] [data-deed=done]")).to_be_visible()


def test_a_page_left_open_in_another_tab_does_not_act_for_the_next_person(tablet):
    old = tablet.go("/tablet/")
    enter(old, ANA)
    old.wait_for_url("**/bench/")
    old.context.route("**/bench/act", lambda route: route.abort())
    track = a_work_to_start(old)
    new = old.context.new_page()
    new.goto(f"{tablet.address}/tablet/")
    give_back(new)
    enter(new, VLAD)
    new.wait_for_url("**/bench/")
    old.context.unroute("**/bench/act")

    with old.expect_response("**/bench/act") as answer:
        old.locator(f"[data-sheet='{track}'] [data-deed=start]").tap()

    assert answer.value.status in (400, 401)
    expect(old.locator("#tablet .who")).to_contain_text(VLAD)
    assert kept_taps(old) == 1
    new.reload()
    is_at(new, VLAD)


def test_without_a_line_it_locks_all_the_same_and_the_names_come_back_with_it(tablet):
    page = tablet.page
    page.clock.install()
    tablet.go("/tablet/")
    enter(page, VLAD)
    page.wait_for_url("**/bench/")
    page.context.set_offline(True)

    page.clock.fast_forward(121_000)
    expect(page.locator("#tablet-locked")).to_contain_text("Fără legătură")
    expect(page.locator("main")).to_be_hidden()

    page.context.set_offline(False)
    page.clock.fast_forward(4_500)
    page.wait_for_url("**/tablet/")


def test_a_password_opens_what_a_pin_does_not(tablet):
    page = tablet.go("/tablet/")
    enter(page, ANA)
    page.wait_for_url("**/bench/")

    tablet.go("/lab-order/")
    expect(page.locator("h1")).to_have_text("Not with a PIN")
    page.get_by_role("link", name="Sign in with a password").tap()
    page.wait_for_url("**/sign-in")


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_every_page_of_the_tablet_is_for_fingers_and_clean(tablet, size):
    page = tablet.page
    page.set_viewport_size(size)
    tablet.go("/tablet/")
    found = check(page, ".tablet-name, .tablet-foot a, .tablet-foot button")
    page.locator(".tablet-name", has_text=ANA).tap()
    expect(page.locator("#pin")).to_be_visible()
    found += check(page, ".tablet-keys .btn, .tablet-pin > .btn")
    for digit in PIN:
        page.locator(f"[data-digit='{digit}']").tap()
    page.wait_for_url("**/bench/")
    for path in ("/bench/", "/machines/", "/queue/", "/custody/", "/scan/", "/staff/"):
        tablet.go(path)
        found += check(page, "#tablet .btn, .fault .btn")
    assert found == []


def check(page: Page, for_fingers: str) -> list[str]:
    small = page.locator(for_fingers).evaluate_all(
        "all => all.filter(one => one.offsetParent && (one.getBoundingClientRect().height < 48"
        " || one.getBoundingClientRect().width < 48)).map(one => one.outerHTML.slice(0, 120))"
    )
    return [*small, *grave_findings(page), *too_wide(page)]


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_the_pages_of_those_who_look_after_tablets_are_clean(window, server, size):
    context = window.new_context(viewport=size)
    desk = Desk(context.new_page(), server).sign_in("lab_supervisor")
    found = []
    for path in ("/tablets/", "/my-pin"):
        page = desk.go(path)
        found += [*grave_findings(page), *too_wide(page)]
    context.close()
    assert found == []
