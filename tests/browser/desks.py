"""One person at a browser: what they open, what the page complains about, how they sign in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request

from seed.demo import demo_logins


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
