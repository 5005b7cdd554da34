"""Every page made by hand where somebody works: in both languages, light and dark, at any width."""

from __future__ import annotations

import pytest

from tests.browser.desks import Desk, signed_in_context
from tests.browser.findings import OF_COLOURS, grave_findings, too_wide
from tests.browser.workdays import WIDTHS

pytestmark = pytest.mark.browser
DESKS = {
    "receptionist": ("/find/?search=al", "/views/"),
    "dentist": ("/how-long/", "/before-after/"),
    "technician": ("/bench/", "/queue/", "/custody/", "/machines/"),
    "lab_supervisor": ("/queue/", "/wall/", "/custody/loans", "/lots/", "/lots/trace", "/outside/"),
    "photo_operator": ("/shots/", "/publishing/"),
    "admin": (
        "/set-up/",
        "/hours/",
        "/closed-days/",
        "/skills/",
        "/wordings/",
        "/audit/",
        "/looked/",
        "/system-key/",
        "/tablets/",
    ),
}
PAGES = [(role, path) for role, paths in DESKS.items() for path in paths]


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_no_desk_is_complained_about(window, server, role, path, language):
    context = signed_in_context(window, server, (role, language))
    desk = Desk(context.new_page(), server)
    page = desk.go(path)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator(".fault").count() == 0
    wrong = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        wrong += too_wide(page)
        if width != 1024:  # a narrow desk, made of the same parts
            page.emulate_media(color_scheme="light")
            wrong += grave_findings(page)
            page.emulate_media(color_scheme="dark")
            wrong += [f"dark {one}" for one in grave_findings(page, *OF_COLOURS)]
    context.close()
    assert wrong + desk.complaints == []


def test_the_wall_draws_itself_anew_without_being_opened_again(window, server):
    context = signed_in_context(window, server, ("lab_supervisor", "en"))
    desk = Desk(context.new_page(), server)
    desk.page.clock.install()
    page = desk.go("/wall/")
    page.evaluate("document.querySelector('.wall-lines').replaceChildren()")
    page.evaluate("window.stays = true")
    page.clock.fast_forward(31_000)
    page.locator(".wall-lines li").first.wait_for()
    assert page.evaluate("window.stays") and desk.complaints == []
    context.close()
