"""The pipeline editor: maps that are drawn, versions that are made and published, cards moved."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext

from admin_views.evidence_words import about_sayer
from admin_views.language import row_name
from admin_views.people import my_key
from admin_views.pipeline_acts import draw, why_not
from admin_views.pipeline_drawing import drawing_of
from admin_views.pipeline_forms import about_groups, change_of, choices_of, said_words
from admin_views.pipeline_moving import Takeover, takeover_of
from admin_views.pipeline_rights import may_draw, may_look, may_transfer
from admin_views.pipeline_rows import by_kind, lasts, open_cards, places_of
from admin_views.pipeline_words import change_words
from admin_views.policy import can, scoped
from admin_views.sentences import in_words
from admin_views.spans import span_text
from schema.base import utcnow
from schema.cards import Card
from schema.pipeline_terms import KINDS
from schema.pipelines import Pipeline
from schema.workflow.pipeline_changes import changes, mark_of
from schema.workflow.pipeline_endings import discard, retire
from schema.workflow.pipeline_flaws import flaws
from schema.workflow.pipeline_publishing import publish
from schema.workflow.pipelines import draft_of, in_use, new_pipeline, next_version
from schema.workflow.transfers import transfer


class PipelinesView(BaseView):
    """All pipelines, and for each version its map, its publishing and the taking over of cards."""

    def is_accessible(self) -> bool:
        return may_look()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        if request.method == "POST":
            return self._new()
        return self._list({})

    def _new(self) -> Any:
        _only(may_draw())
        made: list[Pipeline] = []
        sent = request.form
        why = why_not(lambda: made.append(new_pipeline(sent.get("kind", ""), sent.get("name", ""))))
        if why is not None:
            flash(why, "error")
            return self._list(sent), 422
        flash(gettext("Now draw its stages, then publish it."), "good")
        return redirect(self.get_url(".map", number=made[0].id))

    def _list(self, sent: Any) -> str:
        rows = scoped(Pipeline).order_by(Pipeline.kind, Pipeline.name, Pipeline.version.desc())
        cards = dict(open_cards(True, Card.pipeline)) if can("read", Card) else {}
        return self.render(
            "pipelines/index.html",
            kinds=by_kind(rows),
            cards=cards,
            sent=sent,
            choices=[(code, gettext(word)) for code, word in KINDS.items()],
            draws=may_draw(),
            row_name=row_name,
        )

    @expose("/<int:number>/map", methods=("GET", "POST"))
    def map(self, number: int) -> Any:
        pipeline = _pipeline(number)
        if request.method == "GET":
            return self._map(pipeline, {})
        _only(may_draw())
        act = draw(pipeline.id, request.form)
        if act is None:
            abort(400)
        why = why_not(act)
        if why is not None:
            return self._map(pipeline, request.form, why), 422
        anchor = request.form.get("stage", "")
        here = f"stage-{anchor}" if anchor.isdigit() else "stages"
        return redirect(self.get_url(".map", number=number, _anchor=here))

    def _map(self, pipeline: Pipeline, sent: Any, why: str = "") -> str:
        places = places_of(pipeline)
        draws = may_draw() and pipeline.published_at is None
        return self.render(
            "pipelines/map.html",
            pipeline=pipeline,
            title=_title(pipeline),
            places=places,
            drawing=drawing_of(places),
            sent=sent,
            why=why,
            draws=draws,
            choices=choices_of(pipeline, places) if draws else None,
            abouts=about_groups(pipeline) if draws else (),
            change=change_of(places, request.args.get("change", ""), sent) if draws else None,
            draft=draft_of(pipeline.code),
            current=in_use(pipeline.code),
            shapes=may_draw(),
            transfers=may_transfer(),
            row_name=row_name,
            span=span_text,
            lasts=lasts,
            about=about_sayer(),
            **said_words(),
        )

    @expose("/<int:number>/next", methods=("POST",))
    def next(self, number: int) -> Any:
        _only(may_draw())
        pipeline, made = _pipeline(number), []
        why = why_not(lambda: made.append(next_version(pipeline.id, by=my_key(), now=utcnow())))
        if why is not None:
            flash(why, "error")
            return redirect(self.get_url(".map", number=number))
        flash(
            gettext("This is a draft. Nothing changes for anybody until it is published."), "good"
        )
        return redirect(self.get_url(".map", number=made[0].id))

    @expose("/<int:number>/discard", methods=("POST",))
    def discard(self, number: int) -> Any:
        _only(may_draw())
        draft = _pipeline(number)
        title, current = _title(draft), in_use(draft.code)
        why = why_not(lambda: discard(draft.id, by=my_key(), now=utcnow()))
        if why is not None:
            flash(why, "error")
            return redirect(self.get_url(".map", number=number))
        flash(gettext("Discarded: %(name)s", name=title), "good")
        if current is None:
            return redirect(self.get_url(".index"))
        return redirect(self.get_url(".map", number=current.id))

    @expose("/<int:number>/retire", methods=("POST",))
    def retire(self, number: int) -> Any:
        _only(may_draw())
        way = _pipeline(number)
        why = why_not(lambda: retire(way.id, by=my_key(), now=utcnow()))
        if why is not None:
            flash(why, "error")
        else:
            flash(gettext("Retired: %(name)s. Cards on their way go on.", name=_title(way)), "good")
        return redirect(self.get_url(".map", number=number))

    @expose("/<int:number>/publish", methods=("GET", "POST"))
    def publish(self, number: int) -> Any:
        _only(may_draw())
        pipeline = _pipeline(number)
        if pipeline.published_at is not None:
            return redirect(self.get_url(".map", number=number))
        if request.method == "POST":
            seen = request.form.get("seen", "")
            why = why_not(lambda: publish(pipeline.id, by=my_key(), now=utcnow(), seen=seen))
            if why is None:
                flash(gettext("In use from now on: %(name)s", name=_title(pipeline)), "good")
                return redirect(self.get_url(".map", number=number))
            flash(why, "error")
        before = in_use(pipeline.code)
        running = _running(pipeline)
        shown = changes(pipeline)
        page = self.render(
            "pipelines/publish.html",
            pipeline=pipeline,
            title=_title(pipeline),
            before=before,
            flaws=[in_words(flaw) for flaw in flaws(pipeline)],
            groups=change_words(shown),
            seen=mark_of(shown),
            running=running,
        )
        return (page, 422) if request.method == "POST" else page

    @expose("/<int:number>/move", methods=("GET", "POST"))
    def move(self, number: int) -> Any:
        _only(may_transfer())
        found = takeover_of(_pipeline(number), request.values)
        if found is None:
            abort(404)
        if request.method == "GET":
            return self._move(found)
        return self._take_over(found)

    def _take_over(self, found: Takeover) -> Any:
        moved: list[int] = []
        why = why_not(
            lambda: moved.append(
                transfer(
                    found.cards(),
                    found.target.id,
                    found.mapping(),
                    by=my_key(),
                    now=utcnow(),
                    reason=found.reason,
                )
            )
        )
        if why is not None:
            flash(why, "error")
            return self._move(found), 422
        said = ngettext("%(num)s card taken over.", "%(num)s cards taken over.", moved[0])
        flash(said, "good")
        return redirect(self.get_url(".map", number=found.target.id))

    def _move(self, found: Takeover) -> str:
        return self.render(
            "pipelines/move.html",
            found=found,
            title=_title(found.target),
            names=[(one.id, _title(one), number) for one, number in found.sources],
        )


def _only(allowed: bool) -> None:
    if not allowed:
        abort(403)


def _pipeline(number: int) -> Pipeline:
    found = scoped(Pipeline).where(Pipeline.id == number).first() if number < 2**31 else None
    if found is None:
        abort(404)
    return found


def _title(pipeline: Pipeline) -> str:
    name = row_name(pipeline.name)
    return gettext("%(name)s, version %(version)s", name=name, version=pipeline.version)


def _running(pipeline: Pipeline) -> int | None:
    """How many open cards travel other versions of this pipeline; None for who may not know."""
    if not can("read", Card):
        return None
    versions = Pipeline.select(Pipeline.id).where(Pipeline.code == pipeline.code)
    return sum(number for _, number in open_cards(Card.pipeline.in_(versions), Card.pipeline))
