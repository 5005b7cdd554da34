"""What stands on the papers of an order: no more than the person who prints them may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup
from peewee import ForeignKeyField, Model

from admin_views import custody_rights
from admin_views.chart import spans_of
from admin_views.details import child_table, facts_by_name
from admin_views.language import row_name
from admin_views.order_state import may_see
from admin_views.people import current_person
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.titles import name_of
from reports import custody
from schema.appointments import Appointment
from schema.cards import Card
from schema.codes import Code, order_code
from schema.components import Component
from schema.orders import VISIT_PURPOSES, LabOrder, OrderVisit
from schema.papers import PaperPrint
from schema.patients import Patient
from schema.pipelines import Stage
from schema.staff import Staff
from schema.workflow.chart import chart_of

NOTHING = "–"  # how a page shows what is empty, or a row that may not be known
HERE_ALONE = {"localhost", "127.0.0.1", "::1"}
TRAVELS = ("clinic", *custody.IN_WORK)
Fact = tuple[str, str]


@dataclass(frozen=True)
class PaperFacts:
    """An order as one person may read it, in plain words; `facts` by the names of columns."""

    order: LabOrder
    printed: PaperPrint
    facts: dict[str, Fact]
    spans: str

    @property
    def code(self) -> Code:
        return order_code(self.order.ticket)

    @property
    def urgent(self) -> bool:
        return "card.priority" in self.facts and self.order.card.priority == "urgent"

    def value(self, name: str) -> str:
        """What a column says; empty where it says nothing or may not be read."""
        return self.facts[name][1] if name in self.facts else ""

    def made_of(self) -> str:
        """The work and its material, as far as they are known."""
        return " · ".join(filter(None, (self.value("work_type"), self.value("material"))))

    def given(self, *names: str) -> list[Fact]:
        """Label and value of those of the columns that say something."""
        return [self.facts[name] for name in names if name in self.facts]

    def titled(self, title: str) -> str:
        """The name of the paper; a further copy says so at the top."""
        number = self.printed.copy_number
        return f"{title} · {gettext('Copy %(number)s', number=number)}" if number > 1 else title

    def foot(self) -> str:
        """Which copy this is, who printed it and when."""
        return gettext(
            "Copy %(number)s · printed %(moment)s · %(who)s",
            number=self.printed.copy_number,
            moment=moment_text(self.printed.at),
            who=name_of(Staff.get_by_id(self.printed.by_id)),
        )


def facts_for(printed: PaperPrint) -> PaperFacts:
    """All that the papers of its order may tell the person at the screen."""
    order = printed.order
    shown, known = facts_by_name(LabOrder, order)
    facts = {
        name: (label, plain(value))
        for name, (label, value, _) in shown.items()
        if name in known and plain(value) not in ("", NOTHING)
    }
    return PaperFacts(order, printed, facts, _spans(order))


def plain(value: Any) -> str:
    """A cell of a page as text on paper."""
    return Markup(value).striptags() if value is not None else ""


def clinic_name() -> str:
    person = current_person()
    return person.clinic if person else ""


def patient_code(order: LabOrder) -> str:
    """The patient's code, which stands at the bench instead of the name; empty when not known."""
    if not can("read", LabOrder, "patient") or not can("read", Patient, "code"):
        return ""
    found = scoped(Patient).where(Patient.id == order.patient_id).first()
    return str(found.code) if found else ""


def rows_below(key: ForeignKeyField, child: type[Model], order: LabOrder) -> list[list[str]]:
    """The rows of a table below the order, as the cells that the person may read."""
    if not can("read", child, key):
        return []
    return [
        [plain(cell) for cell in row["cells"]] for row in child_table(key, child, order)["rows"]
    ]


def components_of(order: LabOrder) -> list[tuple[int, str]]:
    """Number and name of each component that travels with the order, with its pieces if several."""
    if not can("read", Component, "order"):
        return []
    found = list(scoped(Component).where(Component.order == order).order_by(Component.id))
    pieces = _pieces([one.id for one in found])
    return [(one.id, _component(one, pieces.get(one.id, 0))) for one in found]


def _component(one: Component, pieces: int) -> str:
    name = row_name(one.kind.name) if can("read", Component, "kind") else gettext("Component")
    note = one.note if can("read", Component, "note") else None
    words = " · ".join(filter(None, (name, note)))
    return f"{pieces} × {words}" if pieces > 1 else words


def _pieces(components: list[int]) -> dict[int, int]:
    """How many of each are in our hands, on the way or at a firm; what ended is no more."""
    if not components or not custody_rights.may_see():
        return {}
    held = custody.held(components)
    return {part: sum(hands.get(one, 0) for one in TRAVELS) for part, hands in held.items()}


def visits_of(order: LabOrder) -> list[str]:
    """What is done when, the soonest visit first; no name, and no more than the person may know."""
    if not can("read", OrderVisit, "order") or not can("read", Appointment, "starts_at"):
        return []
    known = scoped(Appointment, Appointment.id)
    rows = scoped(OrderVisit, OrderVisit, Appointment).join(Appointment)
    rows = rows.where(OrderVisit.order == order, Appointment.id.in_(known))
    purpose = can("read", OrderVisit, "purpose")
    return [
        " · ".join(
            filter(
                None,
                (
                    gettext(VISIT_PURPOSES[one.purpose]) if purpose else "",
                    moment_text(one.appointment.starts_at),
                ),
            )
        )
        for one in rows.order_by(Appointment.starts_at, OrderVisit.id)
    ]


def is_device(order: LabOrder) -> bool:
    """Whether its label must say that it is a custom-made device (EU 2017/745, Annex I, 23.2)."""
    return bool(can("read", LabOrder, "work_type") and order.work_type.is_device)


def way_of(order: LabOrder) -> list[tuple[str, bool]]:
    """The stages of the order's way, each with whether it lies behind the work or is here."""
    if not can("read", Stage) or not can("read", Card, "stage"):
        return []
    stages = Stage.select().where(
        Stage.pipeline == order.card.pipeline_id, Stage.category != "lost"
    )
    here = order.card.stage.position
    return [(row_name(one.name), one.position <= here) for one in stages.order_by(Stage.position)]


def address_of(code: Code) -> str:
    """What a QR code says: the address that opens the card, where phones reach this house.

    A house that only answers this very machine has the bare code there.
    """
    base = current_app.config["SETTINGS"].base_url
    if (urlsplit(base).hostname or "") in HERE_ALONE:
        return code.plain
    return f"{base}/scan/{code.plain}"


def _spans(order: LabOrder) -> str:
    if not may_see(order):
        return ""
    marks, joins = chart_of(order)
    return ", ".join(spans_of({one.tooth: one for one in marks}, {frozenset(p) for p in joins}))
