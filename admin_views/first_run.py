"""The first-run pages: who has the set-up code answers step by step; one act makes the clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from admin_views.closed_boxes import lines_in
from admin_views.first_run_draft import Draft, as_typed, drop_draft, keep_draft, read_draft
from admin_views.first_run_steps import (
    MOST_ROWS,
    READERS,
    STEPS,
    beginnings,
    first_clinic,
    places_of,
    rows_in,
    understand,
)
from admin_views.people import remember
from admin_views.plain_words import local
from admin_views.sentences import in_words
from admin_views.typed import Typed
from admin_views.weeks import copy_monday, copy_week, grid
from schema.base import utcnow
from schema.staff import LANGUAGES, Staff
from schema.workflow import Refused
from schema.workflow.first_clinic import begin_clinic, refuse_wrong_code, set_up_code
from schema.workflow.sign_in import begin_session
from schema.zones import ZONES

first_run = Blueprint("first_run", __name__)
NAMES = list(STEPS)
NOT_KEPT = ("csrf_token", "act", "password", "again")
OWN_NAMES = {"ro": "Română", "en": "English"}


@first_run.before_request
def closed_for_ever() -> None:
    """Once anybody works here, these pages are gone."""
    if Staff.select().exists():
        abort(404)


@first_run.route("/first-run", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    """Ask for the code that only somebody at the server's own terminal knows."""
    if request.method == "POST":
        secret = current_app.config["SECRET_KEY"]
        try:
            refuse_wrong_code(secret, request.form.get("code", ""))
        except Refused as error:
            return render_template("setup/code.html", error=in_words(error)), 422
        session["first_run"] = set_up_code(secret)
    if proven():
        draft = read_draft()
        return redirect(
            url_for(".step", step=next((s for s in NAMES if s not in draft), NAMES[-1]))
        )
    return render_template("setup/code.html")


@first_run.route("/first-run/<step>", methods=["GET", "POST"])
def step(step: str) -> ResponseReturnValue:
    """One step: shown as it was typed, kept on every way out, judged on the way forward."""
    if not proven():
        return redirect(url_for(".begin"))
    if step not in STEPS:
        abort(404)
    draft = read_draft()
    if step == "summary":
        return summary(draft)
    if request.method == "GET":
        return draw(step, draft, beginnings(step, draft, this_year()), {})
    typed = Typed(request.form)
    draft[step] = as_typed(request.form, NOT_KEPT) | kept_of(step, draft)
    if step == "hours":
        draft[step] |= {f"seen.{row}": "1" for row, _ in places_of(draft)}
    READERS[step](typed, draft)
    act = request.form.get("act", "next")
    reshape(step, draft[step], act, draft)
    keep_draft(draft)
    if step == "language" and not typed.mistakes:
        session["language"] = typed.text("language")
    if act == "back":
        return redirect(url_for(".step", step=NAMES[max(NAMES.index(step) - 1, 0)]))
    if act != "next":
        return redirect(url_for(".step", step=step))
    if typed.mistakes:
        return draw(step, draft, draft[step], typed.mistakes), 422
    return redirect(url_for(".step", step=NAMES[NAMES.index(step) + 1]))


def summary(draft: Draft) -> ResponseReturnValue:
    """All answers on one page; the button makes the clinic."""
    if request.method == "POST" and request.form.get("act") == "back":
        return redirect(url_for(".step", step=NAMES[-2]))
    said, missing = understand(draft)
    if missing:
        flash(gettext("This step is not answered yet."), "warning")
        return redirect(url_for(".step", step=missing))
    if request.method == "POST":
        return finish(said)
    return draw("summary", draft, {}, {}, said=said)


def finish(said: dict[str, Any]) -> ResponseReturnValue:
    """Make the clinic in one act, and let its admin in."""
    now = utcnow()
    demo = sower("seed.demo.sow_demo_clinic") if said["start"] == "demo" else None
    try:
        staff = begin_clinic(
            first_clinic(said, this_year()), sower("seed.sow_first_rows"), demo, now
        )
    except Refused as error:
        flash(in_words(error), "error")
        return redirect(url_for(".step", step="admin"))
    drop_draft()
    remember(begin_session(staff, request.remote_addr or "", request.user_agent.string, now))
    flash(gettext("The clinic stands. What is still missing is listed here."), "good")
    return redirect("/set-up/")


def sower(name: str) -> Callable[[datetime], None]:
    """The front door knows the seeds; this floor does not."""
    sow: Callable[[str, datetime], None] = current_app.extensions["sow"]
    return lambda now: sow(name, now)


def draw(
    step: str, draft: Draft, texts: dict[str, str], mistakes: dict[str, str], **more: Any
) -> str:
    """The page of a step."""
    return render_template(
        f"setup/{step}.html",
        step=step,
        steps=STEPS,
        done=set(draft),
        texts=texts,
        mistakes=mistakes,
        languages=OWN_NAMES,
        zones=ZONES,
        rows=rows_in(texts),
        most_rows=MOST_ROWS,
        days=lines_in(texts),
        year=this_year(),
        places=[
            (row, place, grid(row, texts, mistakes))
            for row, place in (places_of(draft) if step == "hours" else [])
        ],
        has_password=bool(draft.get("admin", {}).get("hash")),
        **more,
    )


def reshape(step: str, texts: dict[str, str], act: str, draft: Draft) -> None:
    """More rows, or hours copied: what a button does to the form itself."""
    if act == "more":
        texts["rows"] = str(min(rows_in(texts) + 2, MOST_ROWS))
    rows = [row for row, _ in places_of(draft)] if step == "hours" else []
    for row in rows:
        if act == f"days.{row}":
            copy_monday(texts, row)
        if act == "places" and row != rows[0]:
            copy_week(texts, rows[0], row)


def kept_of(step: str, draft: Draft) -> dict[str, str]:
    """The password's hash stays while the rest of its step is typed anew."""
    known = draft.get(step, {})
    return {"hash": known["hash"]} if step == "admin" and "hash" in known else {}


def proven() -> bool:
    return bool(session.get("first_run") == set_up_code(current_app.config["SECRET_KEY"]))


def this_year() -> int:
    return local(utcnow()).year


def spoken_language() -> str | None:
    """The language chosen in the first step, before there are people."""
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else None
