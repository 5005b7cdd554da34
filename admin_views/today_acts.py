"""What a line of the first page offers in place; one question a panel, not one a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.card_rights import may_see_cards
from admin_views.deeds import DEEDS
from admin_views.policy import can, scope
from admin_views.today_blocks import Found, LineAct
from schema.base import table_name


def deeds_on(model: type[Model], rows: list[Found]) -> dict[int, tuple[LineAct, ...]]:
    """By the key of each row the deeds that the person may do on it now, the main one last."""
    here = [(name, deed) for name, deed in DEEDS.items() if deed.model is model and deed.on_lines]
    open_ones = [(name, deed) for name, deed in here if deed.may()]
    keys = [row.key for row in rows]
    near = {verb: reached(verb, model, keys) for verb in {deed.reaches for _, deed in open_ones}}
    told = {}
    for row in rows:
        fitting = [
            LineAct(deed.label, url_for("admin.act", act=name), row.key, deed.main)
            for name, deed in open_ones
            if row.key in near[deed.reaches] and deed.fits(row.get)
        ]
        told[row.key] = tuple(sorted(fitting, key=lambda act: act.main))
    return told


def reached(verb: str, model: type[Model], keys: Iterable[int]) -> set[int]:
    """Those of the rows that the person sees to which a verb of theirs reaches."""
    wanted, limit = set(keys), scope(model, verb)
    if limit is None or verb == "read" or not wanted:
        return wanted
    primary: Any = model._meta.primary_key
    return {key for (key,) in model.select(primary).where(primary.in_(wanted), limit).tuples()}


def begin(model: type[Model], label: str, **given: Any) -> tuple[LineAct, ...]:
    """A link to the form of a new record that knows already what led to it."""
    if not can("create", model) or None in given.values():
        return ()
    return (LineAct(label, url_for(f"{table_name(model)}.create_view", **given)),)


def lead_to(endpoint: str, label: str, **given: Any) -> tuple[LineAct, ...]:
    """A link to the page where the act of a line is done."""
    return (LineAct(label, url_for(endpoint, **given)),)


def on_their_way(
    model: type[Model], rows: list[Found], label: str = ""
) -> dict[int, tuple[LineAct, ...]]:
    """By the key of each row a link to the page of its card, where it is moved on."""
    if not may_see_cards():
        return {}
    label, primary = label or gettext("Move on"), model._meta.primary_key
    keys = [row.key for row in rows]
    cards = model.select(primary, model.card).where(primary.in_(keys)).tuples() if keys else ()  # type: ignore[attr-defined]
    return {key: lead_to("card_page.page", label, key=card) for key, card in cards}
