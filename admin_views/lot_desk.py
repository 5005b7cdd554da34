"""Lots by their labels: scanned and registered, opened and finished, traced to patients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.language import row_name
from admin_views.lot_scans import meant_by
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone, day_text, scaled_text
from admin_views.policy import can, may_touch, scoped
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.titles import TitleBook, named_like
from reports import lot_trace
from schema.base import utcnow
from schema.lab import Material
from schema.lots import LotUse, MaterialLot
from schema.orders import LabOrder
from schema.patients import Patient
from schema.workflow import Refused
from schema.workflow.lots import finish_piece, known_product, open_piece, register_lot, scanned
from schema.workflow.value_days import parse_day

SHELF = 60


def may_see() -> bool:
    """Whether the person may know of lots and what they are."""
    told = ("material", "maker", "lot_number")
    return can("read", Material) and all(can("read", MaterialLot, name) for name in told)


def may_register() -> bool:
    return all(can("create", MaterialLot, name) for name in ("material", "maker", "lot_number"))


def may_trace() -> bool:
    return may_see() and can("read", LotUse, "lot") and can("read", LotUse, "order")


class LotDesk(BaseView):
    """One page to scan and to see the shelf, one to search from lots to patients and back."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return may_see()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """Read the labels of a pack; with «Register» put one more piece on the shelf."""
        form = request.form if request.method == "POST" else {}
        if form and not may_register():
            abort(403)
        if form.get("act") == "register":
            return self._register()
        # Whoever scanned it at a work comes here with the label in the address.
        asked = form or (request.args if may_register() else {})
        label, says = None, ""
        if asked.get("first") or form:
            try:
                label = scanned(asked.get("first", ""), asked.get("second", ""), _today())
            except Refused as refusal:
                says = in_words(refusal)
        page = self.render(
            "lots/index.html", **_shelf(), label=_told(label), says=says, typed=asked
        )
        return (page, 422) if says else page

    def _register(self) -> Any:
        person, form = current_person() or abort(401), request.form
        try:
            lot = register_lot(
                number_in(form.get("material")) or 0,
                form.get("maker", "")[:80],
                form.get("lot", "")[:60],
                by=person.staff_id,
                now=utcnow(),
                today=_today(),
                expires_on=parse_day(form.get("expires")),
                product=form.get("product", "")[:40],
                serial=form.get("serial", "")[:40],
                shade=form.get("shade", "").strip()[:20],
                height_tenths=_scaled(form.get("height", ""), 10),
                enlargement=_scaled(form.get("factor", ""), 10_000),
            )
            words = gettext(
                "Registered: lot %(lot)s, piece %(piece)s.", lot=lot.lot_number, piece=lot.piece
            )
            flash(words, "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".index"))

    @expose("/<int:key>/<act>", methods=("POST",))
    def act(self, key: int, act: str) -> Any:
        """Open or finish a piece."""
        does, column = ACTS.get(act) or abort(404)
        lot = scoped(MaterialLot).where(MaterialLot.id == key).first() or abort(404)
        person = current_person() or abort(401)
        if not can("edit", MaterialLot, column) or not may_touch("edit", lot):
            abort(403)
        try:
            does(lot.id, by=person.staff_id, now=utcnow())
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".index"))

    @expose("/trace")
    def trace(self) -> Any:
        """A lot leads to its patients, a ticket or a patient to the lots."""
        if not may_trace():
            abort(403)
        term = meant_by(" ".join(request.args.get("q", "").split())[:300], _today())[:60]
        found = _uses(term) if len(term) >= 2 else []
        return self.render("lots/trace.html", term=term, rows=found, most=lot_trace.MOST)


ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "open": (open_piece, "opened_at"),
    "finish": (finish_piece, "finished_at"),
}


PRINTED = ("expires_on", "shade_printed", "height_tenths", "enlargement")


def _today() -> Any:
    return utcnow().astimezone(clinic_zone()).date()


def _scaled(text: str, times: int) -> int | None:
    """A printed decimal such as 1.2350 or 14,5 in whole parts. Raises Refused."""
    said = text.strip().replace(",", ".")
    if not said:
        return None
    whole, _, part = said.partition(".")
    digits = len(str(times)) - 1
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(part) > digits:
        raise Refused("Write the number as it is printed, such as 1.2350.")
    return int(whole or 0) * times + int(part.ljust(digits, "0") or 0)


def _told(label: Any) -> dict[str, Any] | None:
    """What the form is filled with; a product that was here before knows its material."""
    if label is None:
        return None
    known = known_product(label.product)
    return {
        "product": label.product,
        "lot": label.lot or label.serial,
        "serial": label.serial or "",
        "expires": label.expires_on.strftime("%d.%m.%Y") if label.expires_on else "",
        "material": known.material_id if known else None,
        "maker": known.maker if known else "",
        "shade": (known.shade_printed if known else None) or "",
    }


def _shelf() -> dict[str, Any]:
    """Usable pieces, the open ones first, and what is to be ordered."""
    today = _today()
    asked = scoped(MaterialLot, MaterialLot, Material).join(Material)
    rows = asked.where(MaterialLot.finished_at.is_null(), MaterialLot.withdrawn_at.is_null())
    order = (MaterialLot.opened_at.is_null(), MaterialLot.expires_on, MaterialLot.id)
    names = {one.id: row_name(one.name) for one in scoped(Material).order_by(Material.name)}
    ended = {one.id for one in scoped(Material).where(Material.ended_on.is_null(False))}
    told = {name: can("read", MaterialLot, name) for name in PRINTED}
    return {
        "lots": [
            {
                "id": one.id,
                "name": names[one.material_id],
                "maker": one.maker,
                "lot": one.lot_number,
                "piece": one.piece,
                "printed": _printed(one, told),
                "expires": day_text(one.expires_on)
                if one.expires_on and told["expires_on"]
                else "",
                "late": bool(one.expires_on and one.expires_on < today),
                "open": one.opened_at is not None,
            }
            for one in rows.order_by(*order).limit(SHELF)
        ],
        "orders": [(names[key], left, below) for key, left, below in _to_order(today, names)],
        "materials": [(key, name) for key, name in names.items() if key not in ended],
        "may_register": may_register(),
        "may_open": can("edit", MaterialLot, "opened_at"),
        "may_trace": may_trace(),
    }


def _printed(one: MaterialLot, told: dict[str, bool]) -> list[str]:
    """Shade, height and enlargement factor of a piece, as its maker printed them."""
    height, factor = one.height_tenths, one.enlargement
    facts = {
        "shade_printed": one.shade_printed,
        "height_tenths": scaled_text(MaterialLot.height_tenths, height) if height else "",
        "enlargement": f"× {scaled_text(MaterialLot.enlargement, factor)}" if factor else "",
    }
    return [str(words) for name, words in facts.items() if words and told[name]]


def _to_order(today: Any, names: dict[int, str]) -> list[tuple[int, int, int]]:
    if not can("read", Material, "order_below"):
        return []
    return [row for row in lot_trace.to_order(today) if row[0] in names]


def _uses(term: str) -> list[dict[str, Any]]:
    patients = named_like(Patient, term) if can("read", LabOrder, "patient") else None
    found = lot_trace.uses(scoped(LotUse), term, patients)
    orders, book = {one.order_id for one in found}, TitleBook()
    people = {one.patient_id for one in found} if can("read", LabOrder, "patient") else set()
    book.learn({LabOrder: orders, Patient: people, Material: {one.material_id for one in found}})
    note_rows("list", LabOrder, orders)
    expiry = can("read", MaterialLot, "expires_on")
    return [
        {
            "order": one.order_id,
            "ticket": book.name(LabOrder, one.order_id),
            "patient": book.name(Patient, one.patient_id),
            "material": book.name(Material, one.material_id),
            "maker": one.maker,
            "lot": one.lot_number,
            "piece": one.piece,
            "expires": day_text(one.expires_on) if one.expires_on and expiry else "",
            "used": day_text(one.used_on),
        }
        for one in found
    ]
