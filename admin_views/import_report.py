"""What a dry run tells a person: its progress line by line, then its figures and findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext, ngettext

from admin_views.import_files import Waiting
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from schema.database import database
from schema.workflow import Refused
from schema.workflow.import_rows import CHANGED, DOUBLE, OUTCOMES, RowResult
from schema.workflow.imports import KINDS, Plan, refused_csv

SHOWN_ROWS = 200
STEP = 500


class Report:
    """A dry run told line by line while it goes on, and its figures afterwards."""

    def __init__(self, plan: Plan, waiting: Waiting) -> None:
        self.plan, self.waiting = plan, waiting
        self.looked_at = note_rows("search", KINDS[plan.kind].model)
        self.problem = ""

    def progress(self) -> Iterator[str]:
        """How far the dry run is, from time to time; keeps the refused rows at its end."""
        # Flask gave the request's connection back before the first line of this page was read.
        opened_here = database.connect(reuse_if_open=True)
        try:
            yield from self._judge()
        except Refused as refusal:
            self.problem = in_words(refusal)
        finally:
            if opened_here:
                database.close()

    def _judge(self) -> Iterator[str]:
        total = len(self.plan.sheet.rows)
        for number, _ in enumerate(self.plan, start=1):
            if number % STEP == 0 or number == total:
                yield ngettext(
                    "%(done)s of %(num)s row", "%(done)s of %(num)s rows", total, done=number
                )
        self.waiting.keep_refused(refused_csv(self.plan))

    def figures(self) -> list[tuple[str, int]]:
        counts = self.plan.counts()
        return [(gettext(words), counts[outcome]) for outcome, words in OUTCOMES.items()]

    def refused(self) -> list[tuple[int, str]]:
        return [(row.number, said(row)) for row in self.plan.refused()[:SHOWN_ROWS]]

    def alike(self) -> list[dict[str, Any]]:
        """Rows that look like somebody known, each with whether it may be created anyway."""
        alike = [row for row in self.plan.results if row.outcome in (CHANGED, DOUBLE)]
        found = alike[:SHOWN_ROWS]
        self.looked_at += [row.like for row in found if row.like is not None]
        return [
            {
                "number": row.number,
                "who": named(row),
                "outcome": gettext(OUTCOMES[row.outcome]),
                "says": said(row),
                "may_create": row.may_create,
            }
            for row in found
        ]

    def ready(self) -> int:
        return sum(self.plan.writes(row) for row in self.plan.results)


def said(row: RowResult) -> str:
    """What is remarked about a row, in the reader's language."""
    return " · ".join(in_words(remark.whole) for remark in row.remarks)


def named(row: RowResult) -> str:
    values = row.values
    names = (values.get("last_name"), values.get("first_name"), values.get("name"))
    return " ".join(name for name in names if name)
