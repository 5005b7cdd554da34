"""What is meant by a scan into the search of lots: a maker's label, our own paper, or a word."""

from __future__ import annotations

import datetime as dt

from schema.codes import read_code
from schema.labels import read_label
from schema.sayings import Unfit
from schema.workflow.lot_labels import SHORTEST_LABEL


def meant_by(typed: str, today: dt.date) -> str:
    """The lot on a maker's label, the ticket of a paper of ours, else what was typed."""
    try:
        code = read_code(typed)
        return f"{code.body[:2]}-{code.body[2:]}" if code.kind == "O" else typed
    except Unfit:
        pass
    if len(typed) < SHORTEST_LABEL and not typed.startswith("+"):
        return typed
    try:
        label = read_label(typed, today)
    except Unfit:
        return typed
    return label.lot or label.serial or typed
