"""Who insures: the companies and funds that pay for patients."""

from __future__ import annotations

from peewee import CharField

from schema.base import Record
from schema.fields import DayField, EmailField, PhoneField
from schema.names import NameField
from schema.rules import Unique


class InsuranceProvider(Record):
    """A company or fund that pays for treatments of those it insures."""

    name = NameField(max_length=120)
    code = CharField(max_length=40, null=True, help_text="As their claims form asks for it.")
    phone = PhoneField(null=True)
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    ended_on = DayField(null=True, verbose_name="Contract ended on")

    class Meta:
        area = "Set-up"
        help = "Companies and funds to which claims go."
        title = ("name",)
        shown = ("name", "code", "phone", "email", "ended_on")
        order = ("name",)
        lookup = True
        ends = "ended_on"
        rules = [
            Unique(
                "insurance_provider_name_is_free",
                ("lower(name)",),
                says="An insurer has this name already.",
                field="name",
            ),
        ]
