"""Who changed what, and who read what: a chain that nobody alters unnoticed."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Act
from schema.fields import ChoiceField
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff

GENESIS = "genesis"
# fmt: off
ACTS = {
    "insert": "Added", "update": "Changed", "end": "Ended", "delete": "Removed",
    "sign_in": "Signed in", "sign_out": "Signed out", "refuse": "Refused", "export": "Exported",
    "erase": "Erased by law", "restore": "Restored",
}
READS = {
    "list": "List", "detail": "Record", "form": "Form", "search": "Search", "export": "Export",
    "report": "Report", "api": "Interface",
}
# fmt: on


class AuditEntry(Act):
    """One change of one row, chained to the entry before it by a keyed fingerprint."""

    seq = BigIntegerField(verbose_name="Number")
    staff = ForeignKeyField(Staff, backref="audit_entries", null=True, verbose_name="Who")
    role = CharField(max_length=40, null=True)
    act = ChoiceField(ACTS)
    table_name = CharField(max_length=60, null=True, verbose_name="Table")
    row_id = BigIntegerField(null=True, verbose_name="Row")
    before = TextField(null=True)
    after = TextField(null=True)
    reason = CharField(max_length=300, null=True)
    address = CharField(max_length=64, null=True, verbose_name="From address")
    request = CharField(max_length=64, null=True, help_text="Entries of one request share it.")
    prev = CharField(max_length=64)
    mac = CharField(max_length=64)

    class Meta:
        area = "Reports"
        label = "Audit entry"
        label_plural = "Audit entries"
        help = "Every change of every row: who, when, what before and after."
        title = ("act", "table_name", "row_id")
        coded = ("table_name",)
        shown = ("seq", "at", "staff", "role", "act", "table_name", "row_id", "reason")
        order = ("-seq",)
        own = ("staff",)
        verbs_only = True
        rules = [
            Unique("audit_entry_number_once", ("seq",), says="This number is taken; try again."),
            Unique("audit_entry_follows_one", ("prev",), says="Another entry follows that one."),
            Unique("audit_entry_seal_once", ("mac",), says="This entry is written already."),
            Guard(
                "audit_entry_replaces_nothing",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM audit_entry a WHERE a.seq = NEW.seq "
                "OR a.prev = NEW.prev OR a.mac = NEW.mac)",
                says="An audit entry never takes the place of another.",
            ),
            Guard(
                "audit_entry_joins_the_chain",
                ("INSERT",),
                f"NOT ((NEW.seq = 1 AND NEW.prev = '{GENESIS}') OR EXISTS (SELECT 1 "
                "FROM audit_entry a WHERE a.seq = NEW.seq - 1 AND a.mac = NEW.prev))",
                says="An audit entry follows the last one, without a gap.",
            ),
            Index("audit_entry_of_row", ("table_name", "row_id")),
            Index("audit_entry_of_staff", ("staff_id", "at")),
        ]


class ReadEntry(Act):
    """Somebody looked at rows with health data: one entry per request, with their numbers."""

    staff = ForeignKeyField(Staff, backref="read_entries", null=True, verbose_name="Who")
    role = CharField(max_length=40, null=True)
    act = ChoiceField(READS)
    table_name = CharField(max_length=60, verbose_name="Table")
    ids = TextField(default="", help_text="The numbers of the rows, between commas: ,4,17,")
    row_count = IntegerField(default=0)
    address = CharField(max_length=64, null=True, verbose_name="From address")
    request = CharField(max_length=64, null=True)

    class Meta:
        area = "Reports"
        label_plural = "Read entries"
        help = "Who looked at which health records."
        title = ("act", "table_name")
        coded = ("table_name",)
        shown = ("at", "staff", "role", "act", "table_name", "row_count")
        own = ("staff",)
        verbs_only = True
        rules = [
            Rule(
                "read_entry_counts_up",
                "row_count >= 0",
                says="A count is not negative.",
                field="row_count",
            ),
            Index("read_entry_of_table", ("table_name", "at")),
            Index("read_entry_of_staff", ("staff_id", "at")),
        ]
