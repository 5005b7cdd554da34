"""All open cards of one person given to another in one act: before leave, or on a sick day."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext
from peewee import Expression

from admin_views.by_name import BY_NAME
from admin_views.card_rights import may_reassign, may_see_cards
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import local
from admin_views.policy import can, scope, scoped
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.titles import name_of
from schema.base import utcnow
from schema.cards import Card
from schema.hours import Absence
from schema.pipelines import Pipeline
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.reassigning import reassign_all


def may_hand_over() -> bool:
    """Whether the person may make others responsible for cards, and knows of people."""
    return may_see_cards() and may_reassign() and can("read", Staff)


class HandingOverView(BaseView):
    """Shows how much somebody holds on each pipeline, and gives all of it to somebody else."""

    def is_accessible(self) -> bool:
        return may_hand_over()

    @expose("/")
    def index(self) -> Any:
        return redirect(url_for("staff.index_view"))

    @expose("/begin", methods=("POST",))
    def begin(self) -> Any:
        """The button on a person's page leads here."""
        return redirect(self.get_url(".person", key=number_in(request.form.get("staff_id")) or 0))

    @expose("/<int:key>", methods=("GET", "POST"))
    def person(self, key: int) -> Any:
        holder = scoped(Staff).where(Staff.id == key).first() or abort(404)
        if request.method == "GET":
            return self._page(holder)
        return self._give(holder)

    def _give(self, holder: Staff) -> Any:
        person, to = current_person(), number_in(request.form.get("staff"))
        if person is None:
            abort(401)
        taker = scoped(Staff).where(Staff.id == to).first()
        try:
            if taker is None or taker.id == holder.id:
                raise Refused("Choose somebody else who works here.")
            many = reassign_all(
                holder.id, taker.id, by=person.staff_id, now=utcnow(), among=_mine()
            )
        except Refused as refusal:
            return self._page(holder, in_words(refusal)), 422
        said = ngettext(
            "%(num)s card is with %(name)s now.",
            "%(num)s cards are with %(name)s now.",
            many,
            name=name_of(taker),
        )
        flash(said, "good")
        return redirect(url_for("staff.details_view", id=holder.id))

    def _page(self, holder: Staff, mistake: str = "") -> str:
        held = _held(holder)
        note_rows("list", Card, [key for key, *_ in held])
        ways: dict[str, int] = {}
        for _, name in held:
            ways[row_name(name)] = ways.get(row_name(name), 0) + 1
        return str(
            self.render(
                "panel/hand_over.html",
                holder=name_of(holder),
                back=url_for("staff.details_view", id=holder.id),
                ways=sorted(ways.items()),
                total=len(held),
                people=_people(holder),
                chosen=number_in(request.form.get("staff")),
                mistake=mistake,
            )
        )


def _mine() -> Expression | None:
    """Which cards the person may give to others; None: all."""
    return scope(Card, "edit")


def _held(holder: Staff) -> list[tuple[int, str]]:
    """Keys of the open cards that the person may give away, with the name of their pipeline."""
    cards = scoped(Card, Card.id, Pipeline.name).join(Pipeline)
    cards = cards.where(Card.responsible == holder, Card.closed_at.is_null())
    mine = _mine()
    return list((cards if mine is None else cards.where(mine)).tuples())


def _people(holder: Staff) -> list[tuple[int, str]]:
    """Everybody else who works here, and who of them is away today."""
    found = scoped(Staff).where(Staff.ended_on.is_null(), Staff.id != holder.id)
    away = _away() if can("read", Absence) else set()
    return [
        (one.id, gettext("%(name)s (away)", name=name_of(one)) if one.id in away else name_of(one))
        for one in found.order_by(*BY_NAME)
    ]


def _away() -> set[int]:
    today = local(utcnow()).date()
    leave = scoped(Absence, Absence.staff).where(
        Absence.starts_on <= today, Absence.ends_on >= today
    )
    return {key for (key,) in leave.tuples()}
