"""Who works with what: the records that each role makes, changes and finds, and at which seats."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from playwright.sync_api import Locator, Page

WIDTHS = {1440: 900, 1024: 768, 390: 844}
LANGUAGES, COLOURS = ("en", "ro"), ("light", "dark")
STEPS = ("make", "change", "find", "many")
Fields = dict[str, str]


class Work(NamedTuple):
    """One role's table: what is typed, what the database refuses of it, and what mends that.

    `over` ends the record, where the next one could not be made beside it.
    """

    table: str
    typed: Fields
    refused: Fields
    mended: Fields
    changed: str
    filtered: str
    many: str
    found: str
    over: Fields = {}


WORKS = {
    "receptionist": Work(
        "patient",
        {"last_name": "Proba", "first_name": "Ana", "address": "Strada Lungă 1"},
        {"national_id": "123"},
        {"national_id": ""},
        changed="address",
        filtered="language",
        many="preferred_channel",
        found="patient",
    ),
    "dentist": Work(
        "appointment",
        {"patient": "", "type": "", "note": "Vine cu tatăl", "starts_at": "{day} 09:30"},
        {"ends_at": "{day} 09:00"},
        {"ends_at": "{day} 10:00"},
        changed="note",
        filtered="wants_sooner",
        many="note",
        found="patient",
    ),
    "technician": Work(
        "hold",
        {"card": "", "clock": "", "started_at": "02.11.2026 10:00"},
        {"reason": "other"},
        {"note": "Vine freza nouă"},
        changed="note",
        filtered="reason",
        many="note",
        found="track",
        over={"ended_at": "{day} 11:00"},
    ),
    "admin": Work(
        "staff",
        {"last_name": "Proba", "first_name": "Ion", "phone": "0722 418 330"},
        {"email": "razvan.balan@example.ro"},
        {"email": "ion.proba.{place}@example.ro"},
        changed="phone",
        filtered="language",
        many="phone",
        found="staff",
    ),
}


class Seat(NamedTuple):
    """Somebody at a screen: who, in which language and colours, how wide."""

    role: str
    language: str
    colours: str
    width: int

    def __str__(self) -> str:
        return f"{self.role}-{self.language}-{self.colours}-{self.width}"

    @property
    def work(self) -> Work:
        return WORKS[self.role]

    @property
    def place(self) -> int:
        """A number that no other seat has."""
        return ALL_SEATS.index(self)


ALL_SEATS = [Seat(*one) for one in product(WORKS, LANGUAGES, COLOURS, WIDTHS)]


def seats(step: str) -> list[Seat]:
    """Who takes this step: each role at each width in each language; each seat takes two steps."""
    return [one for one in ALL_SEATS if (STEPS.index(step) - _turn(one)) % 2 == 0]


def _turn(seat: Seat) -> int:
    looks = list(product(LANGUAGES, COLOURS)).index((seat.language, seat.colours))
    return looks + list(WIDTHS).index(seat.width) + list(WORKS).index(seat.role)


def fill(page: Page, fields: Fields, seat: Seat) -> None:
    """Type into a form; a picker or a select without a value takes its first choice."""
    for name, value in fields.items():
        field = page.locator(f"form[data-guard] [name='{name}']")
        if field.get_attribute("type") == "hidden":
            pick(page, name)
        elif field.evaluate("field => field.tagName") != "SELECT":
            field.fill(filled(value, seat))
        elif value:
            field.select_option(value)
        else:
            field.select_option(index=1)


def filled(value: str, seat: Seat) -> str:
    """Each seat has a day of its own, on which nobody else has an appointment."""
    day = f"{1 + seat.place % 28:02}.{1 + seat.place // 28:02}.2031"
    return value.format(place=seat.place, day=day)


def pick(page: Page, name: str) -> None:
    """Choose the first record that a picker offers by more than a number: an own one."""
    page.locator(f".picker:has(input[name='{name}']) .picker-text").click()
    page.locator("[role=listbox]:popover-open [role=option][data-text*=' ']").first.click()


def said_of(page: Page, rows: int) -> set[str]:
    """What the cells of the first rows of a list say."""
    cells = page.locator(f"tbody tr:nth-child(-n+{rows}) td")
    return {text.strip() for text in cells.all_inner_texts()}


def choose_another(select: Locator, taken: set[str]) -> None:
    """A value that none of the rows has yet, whatever earlier tests gave them."""
    offered = select.locator("option").all_inner_texts()[1:]
    select.select_option(label=next(one for one in offered if one.strip() not in taken))
