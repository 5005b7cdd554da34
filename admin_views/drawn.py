"""Drawn once: what looks alike for all with the same rights and language, or all of a page."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, request

from admin_views.language import language
from admin_views.people import current_person
from admin_views.policy import rights_of

Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")
MOST_KEPT = 200


def drawn_once(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Keep what `draw` returned until a right changes; it may depend on rights and words only.

    The answer is shared between requests, so nobody may change it.
    """

    @wraps(draw)
    def recall(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        person = current_person()
        if person is None or not person.rights_stamp:
            return draw(*args, **kwargs)  # before there is a clinic, nothing counts the changes
        kept = rights_of(person).drawn
        key: tuple[Hashable, ...] = (draw, language(), request.script_root, person.is_admin, args)
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[key] = draw(*args, **kwargs)
        return kept[key]

    return recall


def drawn_once_a_page(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Keep what `draw` returned until this request is answered."""

    @wraps(draw)
    def recall(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        kept: dict[tuple, Any] = g.setdefault("drawn", {})
        if (draw, args) not in kept:
            kept[draw, args] = draw(*args, **kwargs)
        return kept[draw, args]

    return recall
