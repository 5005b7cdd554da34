"""Who changed what, and who read what: a chain that nobody alters unnoticed."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Act
from schema.fields import ChoiceField
from schema.fingerprints import CHAINS, GENESIS
from schema.names import ReasonField
from schema.patients import Patient
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff

# fmt: off
DOORS = {
    "screen": "Screen", "import": "Import", "command": "Command line", "clock": "Clock",
    "interface": "Interface", "seed": "First rows", "upgrade": "Upgrade",
    "program": "Program without a name", "outside": "Outside Benchside",
}
CHANGES = {"insert": "Added", "update": "Changed", "delete": "Removed", "found": "Found"}
READS = {
    "list": "List", "detail": "Record", "form": "Form", "history": "History", "search": "Search",
    "export": "Export", "report": "Report", "api": "Interface",
}
# fmt: on
UNCHANGED = " AND ".join(
    f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
    for name in ("id", "at", "table_name", "row_id", "act", "before", "after", "txid")
)


class AuditEntry(Act):
    """One act that changed something, chained to the entry before it by a keyed fingerprint."""

    chain = IntegerField(
        default=0, help_text="Acts at the same time are sealed in chains of their own."
    )
    seq = BigIntegerField(verbose_name="Number", help_text="Counts the entries of its chain.")
    staff = ForeignKeyField(
        Staff, backref="audit_entries", null=True, index=False, verbose_name="Who"
    )
    role = CharField(max_length=200, null=True, help_text="The codes of the roles acted in.")
    door = ChoiceField(DOORS, verbose_name="Way in")
    address = CharField(max_length=120, null=True, verbose_name="From address")
    request = CharField(max_length=64, null=True, help_text="The log names the request alike.")
    reason = ReasonField(max_length=300, null=True)
    change_count = IntegerField(verbose_name="Number of changes")
    digest = CharField(max_length=64, help_text="The fingerprint of the changes, in their order.")
    prev = CharField(max_length=64, verbose_name="Seal before")
    beside = CharField(
        max_length=100, null=True, help_text="The last entries of the other chains, sealed with it."
    )
    mac = CharField(max_length=64, verbose_name="Seal")

    class Meta:
        area = "Reports"
        label = "Audit entry"
        label_plural = "Audit entries"
        help = "Every act that changed something: who, when, in which role, by which way in."
        title = ("seq", "door")
        coded = ("role",)
        shown = ("at", "chain", "seq", "staff", "role", "door", "change_count", "reason")
        order = ("-id",)
        own = ("staff",)
        verbs_only = True
        audited = False
        rules = [
            Rule(
                "audit_entry_is_of_a_chain",
                f"chain BETWEEN 0 AND {CHAINS - 1}",
                says="There is no such chain.",
                field="chain",
            ),
            Unique(
                "audit_entry_number_once",
                ("chain", "seq"),
                says="This number is taken; try again.",
            ),
            Unique("audit_entry_follows_one", ("prev",), says="Another entry follows that one."),
            Unique("audit_entry_seal_once", ("mac",), says="This entry is written already."),
            Rule(
                "audit_entry_counts_up",
                "change_count >= 0",
                says="A count is not negative.",
                field="change_count",
            ),
            Guard(
                "audit_entry_replaces_nothing",
                ("INSERT",),
                # One question for each index: asked as one, SQLite would read every entry.
                "EXISTS (SELECT 1 FROM audit_entry a WHERE a.chain = NEW.chain "
                "AND a.seq = NEW.seq) "
                "OR EXISTS (SELECT 1 FROM audit_entry a WHERE a.prev = NEW.prev) "
                "OR EXISTS (SELECT 1 FROM audit_entry a WHERE a.mac = NEW.mac)",
                says="An audit entry never takes the place of another.",
                engine="sqlite",  # it alone has INSERT OR REPLACE
            ),
            Guard(
                "audit_entry_joins_the_chain",
                ("INSERT",),
                f"NOT ((NEW.seq = 1 AND NEW.prev = '{GENESIS}' || CASE NEW.chain WHEN 0 THEN '' "
                "ELSE ' ' || NEW.chain END) OR EXISTS (SELECT 1 FROM audit_entry a "
                "WHERE a.chain = NEW.chain AND a.seq = NEW.seq - 1 AND a.mac = NEW.prev))",
                says="An audit entry follows the last one, without a gap.",
            ),
            Index("audit_entry_of_staff", ("staff_id", "at")),
        ]


class AuditChange(Act):
    """One change of one row, written by a trigger; the act's entry seals it before it is kept."""

    entry = ForeignKeyField(AuditEntry, backref="changes", null=True, index=False)
    table_name = CharField(max_length=60, verbose_name="Table")
    row_id = BigIntegerField(verbose_name="Row")
    act = ChoiceField(CHANGES, verbose_name="Change")
    before = TextField(null=True, help_text="JSON: of a change, only the columns that changed.")
    after = TextField(null=True, help_text="JSON: of a change, only the columns that changed.")
    digest = CharField(max_length=64, null=True, help_text="The fingerprint of all of the above.")
    txid = BigIntegerField(
        null=True, verbose_name="Transaction", help_text="PostgreSQL: by it an act finds its own."
    )

    class Meta:
        area = "Reports"
        label = "Audit change"
        help = "Every change of every row: what before and after. One without entry came past us."
        title = ("act", "table_name", "row_id")
        coded = ("table_name",)
        shown = ("at", "entry", "act", "table_name", "row_id")
        order = ("-id",)
        # Whole rows, as no right of any column knows them: only the pages of history open them.
        secret = ("before", "after")
        verbs_only = True
        audited = False
        sealed_by = (
            "OLD.entry_id IS NULL AND NEW.entry_id IS NOT NULL "
            f"AND OLD.digest IS NULL AND NEW.digest IS NOT NULL AND {UNCHANGED}"
        )
        rules = [
            Index("audit_change_of_row", ("table_name", "row_id")),
            Index("audit_change_of_entry", ("entry_id", "txid")),
        ]


class ReadEntry(Act):
    """Somebody looked at health data: opening a record is an entry for each patient it is of."""

    staff = ForeignKeyField(
        Staff, backref="read_entries", null=True, index=False, verbose_name="Who"
    )
    role = CharField(max_length=200, null=True, help_text="The codes of the roles acted in.")
    act = ChoiceField(READS, verbose_name="Opened as")
    table_name = CharField(max_length=60, verbose_name="Table")
    patient = ForeignKeyField(
        Patient,
        backref="readings",
        null=True,
        index=False,
        help_text="Whose record was opened; of lists only the numbers of their rows are kept.",
    )
    ids = TextField(default="", help_text="The numbers of the rows, between commas: ,4,17,")
    row_count = IntegerField(default=0, verbose_name="Number of rows")
    address = CharField(max_length=120, null=True, verbose_name="From address")
    request = CharField(max_length=64, null=True, help_text="The log names the request alike.")

    class Meta:
        area = "Reports"
        label_plural = "Read entries"
        help = "Who looked at which health records."
        title = ("act", "table_name")
        coded = ("table_name", "role")
        shown = ("at", "staff", "role", "act", "table_name", "patient", "row_count", "address")
        order = ("-id",)
        own = ("staff",)
        health = ()
        verbs_only = True
        audited = False
        rules = [
            Rule(
                "read_entry_counts_up",
                "row_count >= 0",
                says="A count is not negative.",
                field="row_count",
            ),
            Index("read_entry_of_patient", ("patient_id", "id")),
            Index("read_entry_of_table", ("table_name", "at")),
            Index("read_entry_of_staff", ("staff_id", "at")),
        ]
