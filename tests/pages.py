"""Reads a page as a browser does: which fields a form would post, which rows a list shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any


class FormReader(HTMLParser):
    """Collects what the form marked data-guard would send when a person just presses Save."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.inside = 0
        self.template = 0
        self.select: str | None = None
        self.chosen: str | None = None
        self.first: str | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form" and "data-guard" in found:
            self.inside = 1
        if tag == "template":
            self.template += 1
        if not self.inside or self.template:
            return
        if tag == "input" and found.get("name"):
            self._input(found)
        elif tag == "select":
            self.select, self.chosen, self.first = found["name"], None, None
        elif tag == "option" and self.select:
            self.first = found.get("value", "") if self.first is None else self.first
            if "selected" in found:
                self.chosen = found.get("value", "")
        elif tag == "textarea":
            self.area, self.text = found["name"], ""

    def _input(self, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in found:
            return
        if kind not in ("submit", "button", "file"):
            usual = "on" if kind == "checkbox" else ""
            self.fields.append((found["name"], found.get("value", usual)))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.template -= 1
        if tag == "form":
            self.inside = 0
        if tag == "select" and self.select:
            value = self.chosen if self.chosen is not None else self.first
            self.fields.append((self.select, value or ""))
            self.select = None
        if tag == "textarea" and self.area is not None:
            self.fields.append((self.area, self.text.removeprefix("\n").removeprefix("\r\n")))
            self.area = None


def posted(page: str) -> dict[str, list[str]]:
    """What pressing Save on this page sends."""
    reader = FormReader()
    reader.feed(page)
    sent: dict[str, list[str]] = {}
    for name, value in reader.fields:
        sent.setdefault(name, []).append(value)
    return sent


def publish_as_shown(browser: Any, pipeline: Any) -> Any:
    """Look at what publishing a draft changes, then publish it."""
    path = f"/pipelines/{pipeline.id}/publish"
    [seen] = re.findall(r'name="seen" value="(\w+)"', browser.get(path).text)
    return browser.send(path, {"seen": seen})
