"""Forms drawn from the schema: one converter gives each column its field, help and checks."""

from __future__ import annotations

from functools import partial
from typing import Any
from unicodedata import normalize

from flask_admin.contrib.peewee.form import CustomModelConverter
from flask_admin.form import BaseForm
from flask_babel import lazy_gettext
from peewee import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from wtforms import BooleanField as Tick
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtfpeewee.orm import ValueRequired, model_form

from admin_views.inputs import (
    BalanceInput,
    ClockInput,
    DayInput,
    MomentInput,
    MoneyInput,
    NormalInput,
    NumberInput,
    PickerField,
    VersionInput,
    WholeInput,
)
from admin_views.measures import ScaledInput, SpanInput
from admin_views.options import PanelForm
from admin_views.picked_words import codes_in, currencies
from admin_views.pickers import choices_of, teeth, weekdays
from admin_views.selects import GroupedSelect, TextSelect
from admin_views.wordlists import TruthSelect, WordSelect
from schema.base import Act, label, option
from schema.fields import (
    ClockField,
    EmailField,
    InstantField,
    LinkField,
    MoneyField,
    PhoneField,
    ToothField,
    WeekdayField,
    normal_email,
    normal_link,
    normal_phone,
)
from schema.measures import ScaledField, SpanField
from schema.names import NationalIdField
from schema.picked import CodeField, CurrencyField
from schema.workflow.values import INVISIBLE, parse_cnp

WRITTEN_BY_THE_HOUSE = ("id", "created_at")
LONGEST_TEXT = 20_000
OF_DECIMALS = ("places", "rounding")  # wtf-peewee adds them for its own field
NUMBERED = lazy_gettext("Left empty, the next free number is given.")
CODED = lazy_gettext("A short name for programs. Left empty, it is made of the name.")
REQUIRED = lazy_gettext("This field is required.")


class Converter(CustomModelConverter):
    """Chooses the form field of a column; first fitting type wins, so subtypes stand first."""

    def __init__(self, view: Any, prefix: str = "") -> None:
        super().__init__(view)
        self.prefix = prefix
        self.converters = {
            AutoField: self.key,
            ForeignKeyField: self.reference,
            BooleanField: self.yes_no,
            InstantField: partial(self.plain, MomentInput),
            DateField: partial(self.plain, DayInput),
            MoneyField: self.money,
            DecimalField: partial(self.plain, NumberInput),
            ToothField: self.tooth,
            CurrencyField: partial(self.picked, lambda _: currencies),
            CodeField: partial(self.picked, lambda field: partial(codes_in, field.of)),
            PhoneField: partial(self.normal, normal_phone),
            EmailField: partial(self.normal, normal_email),
            NationalIdField: partial(self.normal, parse_cnp),
            LinkField: partial(self.normal, normal_link),
            ClockField: partial(self.plain, ClockInput),
            SpanField: partial(self.plain, SpanInput),
            ScaledField: self.scaled,
            WeekdayField: self.weekday,
            IntegerField: partial(self.plain, WholeInput),
            CharField: self.text,
            TextField: self.long_text,
        }

    def convert(self, model: type[Model], field: Field, field_args: Any) -> Any:
        """A column's field with its label, help and checks, in the person's language."""
        if field.name == "row_version":
            return field.name, VersionInput(validators=[Optional()])
        arguments = dict(field_args or {}, label=lazy_gettext(label(field)))
        arguments["description"] = lazy_gettext(field.help_text) if field.help_text else ""
        name, unbound = super().convert(model, field, arguments)
        if name in option(model, "numbered", ()):
            unbound.kwargs["validators"] = [Optional()]
            unbound.kwargs["description"] = NUMBERED
        if name in option(model, "lasts", ())[:1]:
            unbound.kwargs["validators"] = [Optional()]
        if name in option(model, "coded_from", {}):
            unbound.kwargs["validators"] = [Optional(), *_checks(unbound)]
            if option(model, "coded_from")[name] == "name":
                unbound.kwargs["description"] = CODED
        if name in option(model, "narrowed", {}):
            unbound.kwargs["render_kw"] = {"data-narrowed-by": option(model, "narrowed")[name]}
        return name, unbound

    def key(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        return field.name, HiddenField(validators=[Optional()])

    def plain(self, kind: Any, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        if field.choices:
            return self.words(field, **kwargs)
        wanted = {name: value for name, value in kwargs.items() if name not in OF_DECIMALS}
        return field.name, kind(**_checked(wanted, kind is not Tick))

    def money(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        kind = BalanceInput if getattr(field, "may_be_negative", False) else MoneyInput
        return self.plain(kind, model, field, **kwargs)

    def scaled(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        return self.plain(partial(ScaledInput, column=field), model, field, **kwargs)

    def yes_no(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        """A tick; where nothing may be known either, a choice of three."""
        if not field.null:
            return self.plain(Tick, model, field, **kwargs)
        kwargs["filters"] = []
        return field.name, TruthSelect(**_checked(kwargs))

    def normal(self, form: Any, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        return field.name, NormalInput(normal=form, **_checked(kwargs))

    def picked(
        self, options: Any, model: type[Model], field: Field, **kwargs: Any
    ) -> tuple[str, Any]:
        kwargs["filters"] = []
        kept = {k: v for k, v in kwargs.items() if k != "default"}
        kept["validators"] = [c for c in kept["validators"] if not isinstance(c, Length)]
        checked = _checked(kept)
        return field.name, TextSelect(options=options(field), blank=field.null, **checked)

    def text(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        if field.choices:
            return self.words(field, **kwargs)
        kwargs["filters"] = [_tidy, *kwargs["filters"]]
        return field.name, StringField(**_checked(kwargs))

    def long_text(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        kwargs["filters"] = [_tidy, *kwargs["filters"]]
        kwargs["validators"] = [*kwargs["validators"], Length(max=LONGEST_TEXT)]
        return field.name, TextAreaField(**_checked(kwargs))

    def words(self, field: Field, **kwargs: Any) -> tuple[str, Any]:
        kwargs["filters"] = []
        choices = list(field.choices)
        return field.name, WordSelect(
            column=field, words=choices, blank=field.null, **_checked(kwargs)
        )

    def tooth(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        kwargs["filters"] = []
        return field.name, GroupedSelect(options=lambda _: teeth(), **_checked(kwargs))

    def weekday(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        kwargs["filters"] = []
        return field.name, GroupedSelect(options=lambda _: weekdays(), **_checked(kwargs))

    def reference(self, model: type[Model], field: Field, **kwargs: Any) -> tuple[str, Any]:
        kwargs.update(filters=[], default=None)
        target = field.rel_model
        if option(target, "lookup"):
            options = partial(choices_of, field)
            return field.name, GroupedSelect(options=options, **_checked(kwargs))
        lookup = f"{self.prefix}{field.name}"
        picker = PickerField(
            column=field, lookup=lookup, may_be_empty=field.null, **_checked(kwargs)
        )
        return field.name, picker


def _checks(unbound: Any) -> list[Any]:
    """The checks of a field that may be left empty after all."""
    return [c for c in unbound.kwargs["validators"] if not isinstance(c, InputRequired)]


def _checked(kwargs: dict[str, Any], may_be_required: bool = True) -> dict[str, Any]:
    """The same checks, with a required mark that browsers and templates know."""
    required = any(isinstance(check, ValueRequired) for check in kwargs["validators"])
    kept = [c for c in kwargs["validators"] if not isinstance(c, ValueRequired)]
    if required and may_be_required:
        kept = [InputRequired(REQUIRED), *kept]
    kwargs["validators"] = kept
    return kwargs


def _tidy(text: Any) -> Any:
    """No blanks around, nothing invisible inside, composed letters: else it is never found."""
    if not isinstance(text, str):
        return text
    return INVISIBLE.sub("", normalize("NFC", text).replace("\r\n", "\n")).strip()


def form_columns(model: type[Model]) -> list[str]:
    """The columns that a form of this table may ever hold; rights take more away."""
    closed = {*WRITTEN_BY_THE_HOUSE, *option(model, "verb_owned", ()), *option(model, "secret", ())}
    if issubclass(model, Act):
        closed |= {"by", "at"}
    above = option(model, "supertype")
    return [
        field.name
        for field in model._meta.sorted_fields
        if field.name not in closed and field.name != above
    ]


def form_class(
    model: type[Model], view: Any, only: list[str] | None = None, prefix: str = ""
) -> type[BaseForm]:
    """The form of a table, with the columns of `only` (all that a form may hold, when None)."""
    names = form_columns(model) if only is None else only
    return model_form(
        model,
        base_class=PanelForm,
        allow_pk=True,
        only=names or ["-"],
        converter=Converter(view, prefix),
    )
