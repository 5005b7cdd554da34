"""Inquiries from a file, such as a web form's or an advertisement's list: each opens a card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from schema.cards import Card
from schema.leads import SLOTS, InquiryReason, InquirySource, Lead
from schema.pipelines import Pipeline
from schema.staff import LANGUAGES
from schema.workflow import Refused
from schema.workflow.cards import opening_of
from schema.workflow.import_own import missing, own_of
from schema.workflow.import_patients import LANGUAGE_WORDS, email, phone
from schema.workflow.import_people import People, Person
from schema.workflow.import_rows import (
    Importer,
    Names,
    RowResult,
    Target,
    Twin,
    Values,
    choice_of,
    column_target,
    default_location,
    inserted,
    location_names,
    look_up,
    staff_names,
)
from schema.workflow.import_words import LEAD
from schema.workflow.own_fields import keep_many
from schema.workflow.sheet_rows import Cell
from schema.workflow.value_days import at_clinic, parse_day, parse_moment
from schema.workflow.values import clean_lines, parse_amount

SLOT_WORDS = {"dimineata": "morning", "dupa amiaza": "afternoon", "seara": "evening"}
SOURCES_BY_DEFAULT = ("import", "other")
OWN = ("name", "phone", "email", "language", "source", "reason", "inquiry_at", "preferred_days",
       "preferred_slot", "expected_value", "currency", "note")  # fmt: skip


def asked_at(cell: Cell, zone: ZoneInfo) -> dt.datetime | None:
    """When somebody asked; a day without a time counts from its midnight."""
    try:
        return parse_moment(cell, zone)
    except Refused:
        day = parse_day(cell)
        return at_clinic(dt.datetime.combine(day, dt.time()), zone) if day else None


class LeadImport(Importer):
    """Columns of a list of inquiries and how its rows become leads with their cards."""

    kind = "leads"
    label = "Inquiries"
    model = Lead
    card_kind = "lead"
    needs = (("name", "last_name"), ("phone", "email"))
    targets = (
        column_target(Lead, "name", LEAD),
        Target("last_name", "Last name", LEAD["last_name"]),
        Target("first_name", "First name", LEAD["first_name"]),
        column_target(Lead, "phone", LEAD, phone),
        column_target(Lead, "email", LEAD, email),
        column_target(Lead, "language", LEAD, choice_of(LANGUAGES, **LANGUAGE_WORDS)),
        column_target(Lead, "source", LEAD),
        column_target(Lead, "reason", LEAD),
        column_target(Lead, "inquiry_at", LEAD, asked_at, zoned=True),
        column_target(Lead, "preferred_days", LEAD),
        column_target(Lead, "preferred_slot", LEAD, choice_of(SLOTS, **SLOT_WORDS)),
        column_target(Lead, "expected_value", LEAD, parse_amount),
        column_target(Lead, "currency", LEAD),
        column_target(Lead, "note", LEAD, clean_lines),
        Target("responsible", "Responsible", LEAD["responsible"]),
        Target("location", "Location", LEAD["location"]),
    )

    def load(self, mapped: frozenset[str]) -> None:
        super().load(mapped)
        self.locations, self.staff = location_names(), staff_names()
        self.home = default_location(self.locations, self.by)
        self.pipeline, self.stage = opening_of("lead")
        self.sources, self.reasons = Names("Sources"), Names("Reasons")
        for key, code, name in _open(InquirySource, InquirySource.code, InquirySource.name):
            self.sources.add(key, code, name)
        for key, name in _open(InquiryReason, InquiryReason.name):
            self.reasons.add(key, name)
        self.own = own_of("lead")
        way = Pipeline.get_by_id(self.pipeline)
        self.lacks = missing(self.own, self.stage, way.code)
        self.source = self._usual_source()
        self._load_people()

    def _load_people(self) -> None:
        labels = {target.name: target.label for target in self.targets if target.name in OWN}
        self.people = People(sure=(), hints=("phone", "email"), labels=labels, naming=("name",))
        for key, *row in Lead.select(Lead.id, *(getattr(Lead, name) for name in OWN)).tuples():
            values = dict(zip(OWN, row, strict=True))
            self.people.add(Person(0, Refused("inquiry %(number)d", number=key), values, key))

    def _usual_source(self) -> int | None:
        for code in SOURCES_BY_DEFAULT:
            try:
                return self.sources.find(code)
            except Refused:
                continue
        return None

    def complete(self, values: Values) -> list[tuple[str, Refused]]:
        problems: list[tuple[str, Refused]] = []
        parts = (values.pop("last_name", None), values.pop("first_name", None))
        values["name"] = values.get("name") or " ".join(part for part in parts if part)
        if not 0 < len(values["name"]) <= 120:
            problems.append(("name", Refused("A name has 1 to 120 characters.")))
        if not values.get("phone") and not values.get("email"):
            problems.append(
                ("phone", Refused("Write a telephone or an e-mail, or nobody can answer."))
            )
        look_up(values, "source", self.sources, problems)
        look_up(values, "reason", self.reasons, problems)
        look_up(values, "location", self.locations, problems)
        look_up(values, "responsible", self.staff, problems)
        self._check(values, problems)
        return [*problems, *self.lacks(values)]

    def _check(self, values: Values, problems: list[tuple[str, Refused]]) -> None:
        if values.get("source") is None and self.source is None:
            problems.append(("source", Refused("Write how they found the clinic.")))
        if values.get("inquiry_at") and values["inquiry_at"] > self.now:
            problems.append(("inquiry_at", Refused("This moment lies in the future.")))
        if (values.get("expected_value") or 0) < 0:
            problems.append(("expected_value", Refused("The amount cannot be negative.")))
        currency = values["currency"] = (
            (values.get("currency") or "RON").upper().replace("LEI", "RON")
        )
        if len(currency) != 3:
            problems.append(
                ("currency", Refused("A currency is three capital letters, such as RON or EUR."))
            )

    def twin(self, number: int, values: Values) -> Twin | None:
        found = self.people.twin(values)
        if found is None or found.may_create:
            self.people.add(Person(number, f"row {number}", dict(values)))
        return found

    def write(self, rows: Sequence[RowResult]) -> list[int]:
        """Open a card for each inquiry, then write the inquiries."""
        cards = inserted(Card, [self._card(result.values) for result in rows])
        keep_many(
            (card, {own: result.values.get(name) for name, own in self.own.items()})
            for card, result in zip(cards, rows, strict=True)
        )
        leads = []
        for card, result in zip(cards, rows, strict=True):
            lead = {name: result.values.get(name) for name in OWN} | {"card": card}
            lead["language"] = lead["language"] or "ro"
            lead["source"] = lead["source"] or self.source
            lead["inquiry_at"] = lead["inquiry_at"] or self.now
            leads.append(lead | {"created_at": self.now})
        return inserted(Lead, leads)

    def _card(self, values: Values) -> Values:
        return {
            "kind": "lead",
            "pipeline": self.pipeline,
            "stage": self.stage,
            "responsible": values.get("responsible"),
            "location": values.get("location") or self.home,
            "opened_at": values.get("inquiry_at") or self.now,
            "opened_by": self.by,
            "created_at": self.now,
        }


def _open(
    model: type[InquirySource] | type[InquiryReason], *columns: object
) -> Iterable[tuple[Any, ...]]:
    return model.select(model.id, *columns).where(model.ended_on.is_null()).tuples()
