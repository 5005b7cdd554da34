"""The boards: one for each pipeline in use, with a column for each stage."""

from __future__ import annotations

import zlib
from typing import Any

from flask import abort, jsonify, render_template, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext
from peewee import Model

from admin_views.board_faces import faces_of
from admin_views.board_needs import may_know_blocked
from admin_views.board_rows import (
    Lane,
    Question,
    boards,
    fill,
    lanes_of,
    pipeline_of,
    read_question,
)
from admin_views.by_name import BY_NAME
from admin_views.card_rights import cards_within, may_move, may_see_cards
from admin_views.giving_up import refuse_unexplained
from admin_views.kinds import of_kind
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.opening import beginnings, list_address
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, scoped
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.titles import name_of
from admin_views.today_blocks import Now
from schema.base import plural, utcnow
from schema.cards import Card, CardStep
from schema.pipeline_terms import KINDS
from schema.pipelines import Pipeline, StageStep
from schema.staff import Location, Staff
from schema.workflow import Refused
from schema.workflow.steps import move


class BoardView(BaseView):
    """Open cards in the columns of their stages; what others move is followed."""

    def is_accessible(self) -> bool:
        return may_see_cards()

    @expose("/")
    def index(self) -> str:
        """The boards that there are, with how many cards are open on each."""
        found = [
            {
                "kind": gettext(KINDS[kind]),
                "name": row_name(name),
                "url": self.get_url(".show", code=code),
                "count": count,
            }
            for kind, code, name, count in boards()
        ]
        return str(self.render("boards/index.html", boards=found))

    @expose("/<code>")
    def show(self, code: str) -> str:
        pipeline = pipeline_of(code) or abort(404)
        asked, stands_on_them = _asked(), of_kind(pipeline.kind)
        lanes = _drawn(pipeline, asked)
        for lane in lanes:
            note_rows("list", Card, lane["keys"])
        return str(
            self.render(
                "boards/board.html",
                name=row_name(pipeline.name),
                kind=gettext(KINDS[pipeline.kind]),
                code=code,
                lanes=lanes,
                asked=asked,
                total=_total(lanes),
                map=_map(pipeline, lanes),
                ways=_ways(pipeline) if may_move() else {},
                people=_people(pipeline) if can("read", Card, "responsible") else [],
                places=_places() if can("read", Card, "location") else [],
                now_url=self.get_url(".now", code=code, **request.args.to_dict(flat=False)),
                due_known=can("read", Card, "due_at"),
                blocked_known=may_know_blocked(),
                rows=_rows(stands_on_them),
                begins=beginnings([stands_on_them]),
            )
        )

    @expose("/<code>/now")
    def now(self, code: str) -> Any:
        """The columns that differ from those with the stamps in `have`, as JSON, and the map."""
        pipeline = pipeline_of(code) or abort(404)
        have = set(request.args.get("have", "").split(","))
        lanes = _drawn(pipeline, _asked())
        changed = [lane for lane in lanes if f"{lane['code']}:{lane['stamp']}" not in have]
        for lane in changed:
            note_rows("list", Card, lane["keys"])
        return jsonify(
            lanes={lane["code"]: lane["html"] for lane in changed},
            total=_total(lanes),
            map=_map(pipeline, lanes),
        )

    @expose("/<code>/move", methods=("POST",))
    def move(self, code: str) -> Any:
        """Move a card that was dragged or sent here; the answer says in words why it stays."""
        pipeline_of(code) or abort(404)
        key, to, seen = (number_in(request.form.get(name)) for name in ("card", "to", "seen"))
        here = Card.pipeline.in_(Pipeline.select(Pipeline.id).where(Pipeline.code == code))
        card = scoped(Card).where(Card.id == key, here).first() or abort(404)
        person = current_person()
        if person is None or not may_move() or not cards_within(CardStep, "create", [card.id]):
            abort(403)
        page = {"url": url_for("card_page.page", key=card.id), "words": gettext("Open the card")}
        reason = request.form.get("reason", "").strip()[:500]
        try:
            refuse_unexplained(to or 0, reason)
            told: dict[str, Any] = {"seen": seen, "reason": reason or None}
            move(card.id, to or 0, by=person.staff_id, now=utcnow(), **told)
        except Refused as refusal:
            return jsonify(ok=False, says=in_words(refusal), **page), 409
        return jsonify(ok=True, says=_gone(card), **page)


def _total(lanes: list[dict[str, Any]]) -> str:
    count = sum(lane["count"] for lane in lanes)
    return str(ngettext("%(num)s open card", "%(num)s open cards", count))


def _map(pipeline: Pipeline, lanes: list[dict[str, Any]]) -> str:
    """Another word for another version or other columns: then the page is drawn anew."""
    return "-".join((str(pipeline.id), *(lane["code"] for lane in lanes)))


def _gone(card: Card) -> str:
    """What to say of a card that its step took off the board; nothing while it stands there."""
    now = Card.get_by_id(card.id)
    if now.closed_at is None:
        return ""
    name, stage = name_of(now), row_name(now.stage.name)
    return gettext("Closed: %(name)s, %(stage)s.", name=name, stage=stage)


def _rows(model: type[Model]) -> tuple[str, str] | None:
    """The list of what stands on the cards of a board: its name and address."""
    return (gettext(plural(model)), list_address(model)) if can("read", model) else None


def _asked() -> Question:
    return read_question(request.args, request.args.getlist("all"))


def _drawn(pipeline: Pipeline, asked: Question) -> list[dict[str, Any]]:
    """Each column as its HTML, with a stamp that changes with what it shows."""
    person, moment = current_person(), utcnow()
    if person is None:
        abort(401)
    lanes = lanes_of(pipeline)
    fill(lanes, pipeline, asked, person.staff_id, moment)
    keys = [key for lane in lanes for key in lane.keys]
    faces = faces_of(keys, pipeline.kind, Now(person, moment, clinic_zone()))
    return [_lane(lane, faces, pipeline.code) for lane in lanes]


def _lane(lane: Lane, faces: dict[int, Any], board: str) -> dict[str, Any]:
    args: dict[str, Any] = request.args.to_dict(flat=False)
    args.pop("have", None)
    args["all"] = [*args.get("all", []), lane.code]
    html = render_template(
        "boards/lane.html",
        lane=lane,
        name=row_name(lane.name),
        faces=[faces[key] for key in lane.keys if key in faces],
        all_url=url_for("board.show", code=board, **args),
    )
    stamp = f"{zlib.crc32(html.encode()):x}"
    html = html.replace('data-stamp=""', f'data-stamp="{lane.code}:{stamp}"', 1)
    return {
        "code": lane.code,
        "html": html,
        "stamp": stamp,
        "count": lane.count,
        "keys": lane.keys,
    }


def _ways(pipeline: Pipeline) -> dict[int, list[dict[str, Any]]]:
    """For each stage of any version of the pipeline where its cards may go: the page's data."""
    there = StageStep.to_stage.rel_model
    versions = Pipeline.select(Pipeline.id).where(Pipeline.code == pipeline.code)
    steps = (
        StageStep.select(StageStep, there)
        .join(there, on=StageStep.to_stage)
        .where(StageStep.pipeline.in_(versions))
        .order_by(there.category == "lost", StageStep.back, there.position)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for step in steps:
        stage = step.to_stage
        way = {"to": stage.id, "lane": stage.code, "name": row_name(stage.name)}
        way["back"], way["ends"] = bool(step.back), stage.category == "lost"
        found.setdefault(step.from_stage_id, []).append(way)
    return found


def _people(pipeline: Pipeline) -> list[tuple[int, str]]:
    """Those who hold an open card of this board, by name."""
    holders = scoped(Card, Card.responsible).where(
        Card.kind == pipeline.kind, Card.closed_at.is_null()
    )
    found = scoped(Staff).where(Staff.id.in_(holders)).order_by(*BY_NAME)
    return [(one.id, f"{one.last_name} {one.first_name}") for one in found]


def _places() -> list[tuple[int, str]]:
    found = scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name)
    return [(one.id, one.name) for one in found]
