"""Showing photos to the public: only what the patient agreed to, and what must be taken down."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.people import my_key
from admin_views.photo_pairs import photo_card
from admin_views.photo_rights import may_publish
from admin_views.plain_words import day_text, local
from admin_views.policy import scoped
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from reports import publishing
from reports.publishing import Showable
from schema.base import utcnow
from schema.lab import WorkType
from schema.photos import MOMENTS, Photo
from schema.publications import USES, Publication
from schema.workflow import Refused
from schema.workflow.photos import publish, take_down

LAST = 10_000  # pages


class PublishingView(BaseView):
    """Photos of patients who agreed, without a name; the archive itself stays closed."""

    def is_accessible(self) -> bool:
        return may_publish()

    @expose("/")
    def index(self) -> str:
        return self._draw()

    @expose("/show", methods=("POST",))
    def show(self) -> ResponseReturnValue:
        photo = number_in(request.form.get("photo")) or 0
        use = request.form.get("use", "")
        if not _offered(photo, use):
            return self._draw(
                gettext("The patient has not agreed to this photo for this use.")
            ), 422
        today = local(utcnow()).date()
        try:
            publish(photo, use, by=my_key(), today=today, link=request.form.get("link"))
        except Refused as refusal:
            return self._draw(in_words(refusal)), 422
        flash(gettext("Noted as shown: %(use)s", use=gettext(USES[use])), "good")
        return redirect(self.get_url(".index", **_asked()))

    @expose("/take-down", methods=("POST",))
    def take_down(self) -> ResponseReturnValue:
        key = number_in(request.form.get("publication")) or 0
        if not scoped(Publication).where(Publication.id == key).exists():
            abort(404)
        take_down(key, today=local(utcnow()).date())
        flash(gettext("Noted as taken down"), "good")
        return redirect(self.get_url(".index"))

    def _draw(self, mistake: str = "") -> str:
        asked = _asked()
        use, page = asked["use"], asked["page"] or 0
        rows = publishing.showable(Photo.select(), use=use, page=page)
        found, more = rows[: publishing.MOST], len(rows) > publishing.MOST
        mates = publishing.counterparts(found, use=use)
        down = publishing.to_take_down(scoped(Publication))
        told = [one.photo.id for one in found] + [one.id for one in mates.values()]
        note_rows("list", Photo, sorted(set(told)))
        works = dict(WorkType.select(WorkType.id, WorkType.name).tuples())
        return self.render(
            "photos/publishing.html",
            crumbs=crumbs_of(Publication),
            uses={code: gettext(words) for code, words in USES.items()},
            use=use,
            photos=[_photo(one, works, mates.get(one.photo.id)) for one in found],
            down=[_shown(one) for one in down],
            mistake=mistake,
            newer_url=self.get_url(".index", use=use, page=page - 1 or None) if page else None,
            older_url=self.get_url(".index", use=use, page=page + 1) if more else None,
            show_url=self.get_url(".show", **asked),
        )


def _asked() -> dict[str, Any]:
    """The use and the page that the address names; the first page has no number."""
    use, page = request.args.get("use"), number_in(request.args.get("page")) or 0
    return {"use": use if use in USES else None, "page": min(page, LAST) or None}


def _offered(photo: int, use: str) -> bool:
    """Whether the page itself would offer this photo for this use; the database asks once more."""
    if use not in USES:
        return False
    return bool(publishing.showable(Photo.select().where(Photo.id == photo), use=use))


def _photo(one: Showable, works: dict[int, str], mate: Photo | None) -> dict[str, Any]:
    work = one.photo.order and works.get(one.photo.order.work_type_id)
    return photo_card(one.photo) | {
        "shot": row_name(one.photo.shot.name),
        "moment": gettext(MOMENTS[one.photo.shot.moment]),
        "mate": mate and photo_card(mate) | {"moment": gettext(MOMENTS[mate.shot.moment])},
        "work": row_name(work) if work else "",
        "uses": [(use, gettext(USES[use]), use in one.shown) for use in one.uses],
    }


def _shown(one: Publication) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.photo_id,
        "use": gettext(USES[one.use]),
        "since": day_text(one.published_on),
        "link": one.link,
    }
