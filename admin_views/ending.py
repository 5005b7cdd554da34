"""Ending is an act: the row stays and tells the day; one row at a time, or all that were chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import expose
from flask_babel import gettext, ngettext
from peewee import Model

from admin_views.form_pages import build_form
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, may_touch
from admin_views.titles import name_of
from admin_views.writing import Keeper
from schema.base import Act, option
from schema.database import one_act

AT_ONCE = 200


class Ending:
    """The acts of a view that end rows."""

    model: type[Model]
    form_class: Any
    get_url: Any
    _row_or_404: Any
    _page_of: Any

    @expose("/end/", methods=("POST",))
    def end_view(self) -> Any:
        """Ending is an act: the row stays, with the day on which it ended."""
        row = self._row_or_404(request.values.get("id"))
        allowed = ends_by_hand(self.model) and can("edit", self.model, option(self.model, "ends"))
        if not allowed or not may_touch("edit", row):
            abort(403)
        done, words = self._end(row)
        flash(words, "good" if done else "late")
        return redirect(self._page_of(row))

    def _end(self, row: Model) -> tuple[bool, str]:
        form = build_form(self.model, self.form_class, row, submitted=False)
        column = option(self.model, "ends")
        form[column].data = dt.datetime.now(clinic_zone()).date()
        keeper = Keeper(self.model, form)
        if keeper.update(row) is not None:
            return True, gettext("Ended: %(name)s", name=name_of(row))
        return False, "; ".join(words for _, words in keeper.problems)

    @expose("/action/", methods=("POST",))
    def action_view(self) -> Any:
        """One act on many chosen rows: all of them, or none and the reason."""
        known = {name for name, *_ in self.acts()}
        if request.form.get("action") not in known:
            abort(403)
        rows = [self._row_or_404(key) for key in request.form.getlist("rowid")[:AT_ONCE]]
        if not all(may_touch("edit", row) for row in rows):
            abort(403)
        outcome = self._end_all(rows)
        flash(outcome[1], "good" if outcome[0] else "late")
        return redirect(self.get_url(".index_view"))

    def _end_all(self, rows: list[Model]) -> tuple[bool, str]:
        if not rows:
            return False, gettext("Choose at least one row.")
        with one_act() as act:
            for row in rows:
                done, words = self._end(row)
                if not done:
                    act.rollback()
                    return False, f"{name_of(row)}: {words}"
        return True, ngettext("One record ended.", "%(num)s records ended.", len(rows))

    def acts(self) -> list[tuple[str, str, str]]:
        """Acts on chosen rows that this person may do: (name, label, question to confirm)."""
        if ends_by_hand(self.model) and can("edit", self.model, option(self.model, "ends")):
            return [("end", gettext("End"), gettext("End the chosen records today?"))]
        return []


def ends_by_hand(model: type[Model]) -> bool:
    """Whether a person ends rows of this table by setting a day."""
    name = option(model, "ends")
    closed = name in option(model, "verb_owned", ()) or option(model, "verbs_only")
    return bool(name and not closed and not issubclass(model, Act) and name.endswith("_on"))
