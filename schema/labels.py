"""What a maker's label says, whichever of the two systems printed it; or why it cannot be used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from schema.gs1 import day_in, elements, looks_like_gs1
from schema.hibc import looks_like_hibc, read_hibc
from schema.sayings import Unfit

LONGEST = 300


@dataclass(frozen=True)
class Label:
    """A maker's label. `product` is the GTIN, or the HIBC code of maker and item."""

    system: str
    product: str | None = None
    lot: str | None = None
    serial: str | None = None
    made_on: dt.date | None = None
    expires_on: dt.date | None = None
    quantity: int | None = None
    further: str | None = None
    check: str | None = None
    link: str | None = None


def read_label(text: str, today: dt.date) -> Label:
    """The label behind a scanned or typed string. Raises Unfit in words that say what is wrong.

    `today` tells the century of years with two digits; whether it expired, `refuse_expired` says.
    """
    said = text.lstrip().rstrip("\r\n\t\0")  # a blank at the end may be HIBC's check
    if not said.strip():
        raise Unfit("Scan the maker's label.")
    if len(said) > LONGEST:
        raise Unfit("This is longer than any label.")
    if looks_like_hibc(said):
        return Label("hibc", **vars(read_hibc(said, today)))
    if looks_like_gs1(said):
        return _gs1(elements(said), today)
    raise Unfit("This is no label of a maker: neither GS1 nor HIBC.")


def _gs1(found: dict[str, str], today: dt.date) -> Label:
    count = found.get("30") or found.get("37")
    expires = found.get("17")
    return Label(
        "gs1",
        product=found.get("01") or found.get("02"),
        lot=found.get("10"),
        serial=found.get("21"),
        made_on=day_in(found["11"], today) if "11" in found else None,
        expires_on=day_in(expires, today) if expires else None,
        quantity=int(count) if count else None,
        further=found.get("240"),
    )


def together(first: Label, second: Label) -> Label:
    """One label of two that were scanned one after the other. Raises Unfit when they differ.

    Of HIBC's two, the second names the check character of the first.
    """
    if first.product is None and second.product is not None:
        first, second = second, first
    if first.system != second.system:
        raise Unfit("These two labels are of different systems; scan both of one pack.")
    if second.link is not None and second.link != first.check:
        raise Unfit("The second label belongs to another product; scan both of one pack.")
    told = {name: value for name, value in vars(second).items() if value is not None}
    for name, value in told.items():
        known = getattr(first, name)
        if name not in ("system", "check", "link") and known not in (None, value):
            raise Unfit("The two labels contradict each other; scan both of one pack.")
    kept = {name: value for name, value in told.items() if name not in ("check", "link")}
    return replace(first, **kept)


def refuse_expired(label: Label, today: dt.date) -> None:
    """Raises Unfit for a label whose last day of use is over; the printed day still counts."""
    if label.expires_on is not None and label.expires_on < today:
        raise Unfit("This lot has expired on %(day)s. Take another one.", day=label.expires_on)


def refuse_incomplete(label: Label) -> None:
    """Raises Unfit when the label names no lot, or no product: the other one is still to scan."""
    if label.product is None:
        raise Unfit("This label does not name the product; scan the other label of the pack too.")
    if label.lot is None and label.serial is None:
        raise Unfit("This label names no lot; scan the other label of the pack too.")
