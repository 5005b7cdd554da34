"""Keeps what a form says: parent, card and child rows in one act, or nothing and the reason why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_admin.form import BaseForm
from flask_babel import gettext
from peewee import DataError, ForeignKeyField, IntegrityError, Model
from wtforms import Field

from admin_views.columns import supertype_of
from admin_views.inlines import children_of
from admin_views.near import copied_from_parent
from admin_views.numbers_in import number_in
from admin_views.own_records import card_of, own_changes
from admin_views.people import my_key
from admin_views.policy import can, may_touch, scoped
from admin_views.sentences import in_words, said
from schema import TABLES
from schema.base import Act, option, utcnow
from schema.database import is_sqlite, one_act
from schema.explain import Explainer
from schema.sayings import Noun
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.lasting import give_end
from schema.workflow.numbers import give_code, give_number
from schema.workflow.own_fields import keep_value

CARD = "card__"
explainer = Explainer(TABLES)


class StaleRow(Exception):
    """Someone else changed the row after this form was opened."""


class Keeper:
    """One attempt to keep a form; knows what was being written when the database refused."""

    def __init__(self, model: type[Model], form: BaseForm) -> None:
        self.model, self.form = model, form
        self.row: Model | None = None
        self.writing: Model | None = None
        self.fields: Any = form
        self.problems: list[tuple[Field | None, str]] = []
        self.is_stale = False

    def create(self) -> Model | None:
        """The new row, or None with the reasons in `problems` and at the fields."""
        return self._whole(self._create)

    def update(self, row: Model) -> Model | None:
        """The changed row, or None with the reasons in `problems` and at the fields."""
        return self._whole(lambda: self._update(row))

    def _whole(self, act: Callable[[], Model]) -> Model | None:
        try:
            with one_act():
                return act()
        except IntegrityError as error:
            self._explain(error)
        except StaleRow:
            self.is_stale = True
            self._say(None, gettext("Someone else changed this record; reload it and try again."))
        except Refused as refusal:
            self._say(None, in_words(refusal))
        except (DataError, OverflowError):
            self._say(None, gettext("A value is too large or not of its kind."))
        return None

    def _create(self) -> Model:
        row = self.model()
        self._fill(row, self.form)
        if supertype_of(self.model) is not None:
            row.card = self._open_card()
        if isinstance(row, Act) and "by" in self.model._meta.fields:
            row.by = my_key()
        give_number(row)
        self.writing = row
        row.save(force_insert=True)
        if supertype_of(self.model) is not None:
            self._own_values(row.card, own_changes(self.model, self.form, None))
        self._children(row)
        if not (may_touch("read", row) and may_touch("create", row)):
            raise Refused(
                "This would not be one of your own records; choose yourself or your place."
            )
        return row

    def _open_card(self) -> Model:
        """The card under a new lead, plan, claim, order or track."""
        facts = {
            field.short_name.removeprefix(CARD): field.data
            for field in self.form
            if field.short_name.startswith(CARD) and field.type != "VersionInput"
        }
        kind = option(self.model, "kind")
        return open_card(kind, by=my_key(), now=utcnow(), **facts)

    def _update(self, row: Model) -> Model:
        if self.form["row_version"].data is None:
            raise StaleRow
        card = card_of(self.model, row)
        above = None if card is row else card
        if above is not None:
            wait_for(above)
        own = own_changes(self.model, self.form, card)
        self._save_seen(row, self.form, touched=bool(own) and above is None)
        if above is not None:
            self._update_card(above, touched=bool(own))
        self._own_values(card, own)
        self._children(row)
        return row

    def _own_values(self, card: Any, changes: list) -> None:
        """Keep what the form says in fields of the clinic's own."""
        for field, own, value in changes:
            self.fields = dict.fromkeys(("field", own.column), field)
            keep_value(card._pk, own, value)
        self.fields = self.form

    def _update_card(self, card: Model, touched: bool) -> None:
        card.seen_values = dict(card.__data__)
        named = [f for f in self.form if f.short_name.startswith(CARD)]
        for field in named:
            if field.type != "VersionInput":
                setattr(card, field.short_name.removeprefix(CARD), field.data)
        self._bump(card, self.form[f"{CARD}row_version"].data, touched)

    def _save_seen(self, row: Model, form: BaseForm, touched: bool = False) -> None:
        self._fill(row, form)
        self.writing = row
        self._bump(row, form["row_version"].data, touched)

    def _bump(self, row: Model, seen: int | None, touched: bool = False) -> None:
        """Write the changed columns when the row is still the one that was seen.

        `touched` counts a change of values that hang on the row as a change of the row.
        """
        table = type(row)
        names = {field.name for field in row.dirty_fields} - {"row_version", "id"}
        changed = {
            name: row.__data__[name]
            for name in names
            if row.__data__[name] != self._before(row).get(name)
        }
        if not changed and not touched and seen == row.row_version:
            return
        here = table._meta.primary_key == row._pk
        update = table.update(**changed, row_version=table.row_version + 1)
        if update.where(here, table.row_version == seen).execute() != 1:
            raise StaleRow

    def _before(self, row: Model) -> dict[str, Any]:
        return getattr(row, "seen_values", {})

    def _fill(self, row: Model, form: BaseForm) -> None:
        row.seen_values = dict(row.__data__)
        for field in form:
            name = field.short_name
            if name in row._meta.fields and name not in ("id", "row_version"):
                setattr(row, name, field.data)
        give_code(row)
        give_end(row, row.seen_values)

    def _children(self, parent: Model) -> None:
        for name, key, child in children_of(self.model):
            if name in self.form:
                for entry in self.form[name].filled():
                    self._child(parent, key.name, child, entry.form)
        self.fields = self.form

    def _child(self, parent: Model, key: str, child: type[Model], form: BaseForm) -> None:
        self.fields = form
        number = form["id"].data
        if not number:
            self._new_child(parent, child._meta.fields[key], child, form)
            return
        mine = scoped(child).where(child._meta.primary_key == (number_in(number) or 0))
        row = mine.where(child._meta.fields[key] == parent._pk).first()
        if row is None:
            raise Refused("A row of this form belongs to another record.")
        if can("edit", child) and may_touch("edit", row):
            if form["row_version"].data is None:
                raise StaleRow
            self._save_seen(row, form)

    def _new_child(
        self, parent: Model, key: ForeignKeyField, child: type[Model], form: BaseForm
    ) -> None:
        if not can("create", child):
            raise Refused("You may not add rows here.")
        row = child()
        self._fill(row, form)
        setattr(row, key.name, parent._pk)
        for name, theirs in copied_from_parent(child, key):
            setattr(row, name, parent.__data__[theirs])
        if isinstance(row, Act) and "by" in child._meta.fields:
            row.by = my_key()
        self.writing = row
        row.save(force_insert=True)

    def _explain(self, error: IntegrityError) -> None:
        current_app.logger.info("refused by the database: %s", type(error).__name__)
        told = explainer.explain(error, self.writing)
        field = self._field_for(told.field)
        facts = {"what": Noun(told.what)} if told.what else {}
        self._say(field, said(told.says, facts))

    def _field_for(self, name: str | None) -> Field | None:
        for form in (self.fields, self.form):
            for candidate in (name, f"{CARD}{name}"):
                if name and candidate in form:
                    return form[candidate]
        return None

    def _say(self, field: Field | None, words: str) -> None:
        self.problems.append((field, words))
        if field is not None:
            field.errors = [*field.errors, words]


def wait_for(card: Model) -> None:
    """Lock the card before its subtype, as each step does, so that rivals queue and none dies."""
    table = type(card)
    if not is_sqlite():
        key = table._meta.primary_key
        list(table.select(key).where(key == card._pk).for_update())
