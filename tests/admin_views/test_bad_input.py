"""Nothing that can be typed or sent breaks a page, is kept by halves, or is lost from the form."""

from __future__ import annotations

import os
import re
import time
from urllib.parse import quote, urlencode

import pytest

from schema import TABLES
from schema.base import Act, option, table_name
from tests.admin_views.nasty import (
    EVERYTHING,
    Attacker,
    as_kept,
    every_name,
    everything,
    spread,
    typed_names,
)
from tests.pages import posted
from tests.refusals import raw

NAMES = [name for name in map(table_name, TABLES) if name != "sign_in"]
WRITABLE = [model for model in TABLES if not option(model, "verbs_only")]
ROUNDS = int(os.environ.get("BAD_INPUT_ROUNDS", "1"))


def address(model, page=""):
    return f"/{table_name(model).replace('_', '-')}/{page}"


@pytest.fixture
def attacker(manager):
    attacker = Attacker(manager)
    start = time.process_time()
    yield attacker
    print(f"\n{attacker.asked} requests {dict(attacker.statuses)}, {time.process_time() - start:.1f} s")
    assert not attacker.holes, "\n".join(attacker.holes[:60])


def text(answer):
    return answer.get_data(as_text=True)


def lost(answer, sent, typed):
    """Typed texts that the answered form does not show again."""
    shown = posted(text(answer))
    return [
        (name, sent[name][0][:50], shown.get(name))
        for name in typed & sent.keys()
        if as_kept(sent[name][0]) not in map(as_kept, shown.get(name, [""]))
    ]


def ways_to_fill(page, seed):
    """Forms to send: wholly nasty ones, and good ones with one bad field each."""
    good = every_name(page)
    values = spread(seed)
    names = [name for name in good if name not in ("csrf_token", "row_version")]
    for _ in range(ROUNDS):
        yield {name: [next(values)] for name in names}
        for name in names:
            yield good | {name: [next(values)]}
    yield {}
    yield {name: value * 3 for name, value in good.items()}
    yield good | {f"x{number}": ["1"] for number in range(1100)}


def attack(attacker, path, page, seed, problems):
    typed = typed_names(page)
    before = everything(NAMES)
    for sent in ways_to_fill(page, seed):
        sent.pop("csrf_token", None)
        answer = attacker.send(path, sent)
        if answer is None:
            continue
        if answer.status_code == 302:
            before = None
        elif answer.status_code == 422:
            problems += [(path, *one) for one in lost(answer, sent, typed)]
        if before is None:
            before = everything(NAMES)
    for name, rows in everything(NAMES).items():
        if rows != before[name]:
            problems.append((path, name, "changed by a refused form"))


@pytest.mark.timeout(600)
def test_no_form_breaks(attacker):
    problems = []
    for model in WRITABLE:
        page = attacker.get(address(model, "new/"))
        attack(attacker, address(model, "new/"), text(page), f"new {model}", problems)
        row = raw(f'SELECT MIN(id) FROM "{table_name(model)}"').fetchone()[0]
        if row is None or issubclass(model, Act):
            continue
        path = address(model, f"edit/?id={row}")
        page = attacker.get(path)
        if page.status_code == 200:
            attack(attacker, path, text(page), f"edit {model}", problems)
    assert not problems, "\n".join(map(str, problems[:60]))
