"""Keys with which other systems report what they hold; only the hash of a key is kept."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.bridges import ExternalSystem
from schema.fields import InstantField
from schema.names import NameField
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff


class SystemKey(Record):
    """A system may report with this key until it is ended; the key itself is shown once."""

    external_system = ForeignKeyField(ExternalSystem, backref="keys", verbose_name="System")
    name = NameField(max_length=60, help_text="Where the key is kept, such as the scanner's PC.")
    token_sha = CharField(max_length=64)
    made_by = ForeignKeyField(Staff, backref="system_keys")
    ended_at = InstantField(null=True)

    class Meta:
        area = "Set-up"
        label, label_plural = "Key of a system", "Keys of systems"
        help = "With these keys other programs report scans, models and pictures."
        title = order = ("external_system", "name")
        joint = " · "
        shown = ("external_system", "name", "made_by", "created_at", "ended_at")
        secret = ("token_sha",)
        verbs_only = True
        rules = [
            Unique("system_key_token_is_new", ("token_sha",), says="This key exists already."),
            Unique(
                "system_key_name_is_free",
                ("external_system_id", "name"),
                where="ended_at IS NULL",
                says="A live key of this system has that name; end it first, or take another name.",
                field="name",
            ),
            Rule(
                "system_key_ends_after_start",
                "ended_at >= created_at",
                says="A key ends after it was made.",
                field="ended_at",
            ),
            Guard(
                "system_key_stays_ended",
                ("UPDATE",),
                "OLD.ended_at IS NOT NULL OR NEW.token_sha <> OLD.token_sha "
                "OR NEW.external_system_id <> OLD.external_system_id",
                says="A key is made once and ended once; make a new one.",
                field="ended_at",
            ),
        ]
