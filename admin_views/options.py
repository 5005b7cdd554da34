"""The options of a select: a page that shows a list five times draws its options once."""

from __future__ import annotations

from flask import g
from markupsafe import escape

Groups = dict[str, list[tuple[int, str]]]


def options_html(groups: Groups, chosen: int | None) -> str:
    """The options under their headings, the chosen one marked."""
    drawn: dict[int, tuple[Groups, str]] = g.setdefault("drawn_options", {})
    if id(groups) not in drawn:
        drawn[id(groups)] = (groups, "".join(_group(*group) for group in groups.items()))
    text = drawn[id(groups)][1]
    return text if chosen is None else text.replace(_start(chosen), f"{_start(chosen)} selected", 1)


def _group(heading: str, pairs: list[tuple[int, str]]) -> str:
    inner = "".join(f"{_start(key)}>{escape(text)}</option>" for key, text in pairs)
    return f'<optgroup label="{escape(heading)}">{inner}</optgroup>' if heading else inner


def _start(key: int) -> str:
    """So an option begins; no text of a row can look like it, since texts are escaped."""
    return f'<option value="{int(key)}"'
