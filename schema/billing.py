"""Invoices, their lines and their payments."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Act, Record
from schema.claims import Claim, ClaimLine, ClaimReview
from schema.fields import ChoiceField, DayField, InstantField, MoneyField
from schema.names import NameField
from schema.patients import Patient
from schema.picked import CurrencyField
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.treatment import Procedure

__all__ = ["Claim", "ClaimLine", "ClaimReview", "Invoice", "InvoiceLine", "Payment"]

METHODS = {
    "cash": "Cash",
    "card": "Card",
    "transfer": "Bank transfer",
    "insurer": "Insurer",
}
ISSUED = "(SELECT i.issued_at FROM invoice i WHERE i.id = {row}.invoice_id) IS NOT NULL"
PAID = "(SELECT COALESCE(SUM(y.amount), 0) FROM payment y WHERE y.invoice_id = {invoice})"
STAYS = "An issued invoice stays as it is. Void it and write another."


class Invoice(Record):
    """What a patient owes; once issued it never changes."""

    patient = ForeignKeyField(Patient, backref="invoices")
    number = CharField(max_length=30, null=True, help_text="Given when it is issued.")
    total = MoneyField(default=0)
    currency = CurrencyField()
    due_on = DayField(null=True)
    issued_at = InstantField(null=True, verbose_name="Issued")
    issued_by = ForeignKeyField(Staff, backref="invoices", null=True)
    voided_at = InstantField(null=True, verbose_name="Voided")
    void_reason = CharField(max_length=200, null=True)

    class Meta:
        area = "Treatment"
        everyday = 4
        help = "What patients owe. An issued invoice is voided, never changed."
        title, nameless = ("number",), ("Draft invoice", ("patient", "created_at"))
        shown = ("number", "patient", "total", "currency", "issued_at", "due_on", "voided_at")
        verb_owned = ("number", "issued_at", "issued_by", "voided_at", "void_reason")
        ends = "voided_at"
        own = ("patient.dentist",)
        place = ("patient.location",)
        inlines = ("lines",)
        rules = [
            Unique(
                "invoice_number_is_free",
                ("number",),
                where="number IS NOT NULL",
                says="Another invoice has this number.",
                field="number",
            ),
            Rule(
                "invoice_numbered_when_issued",
                "(number IS NULL) = (issued_at IS NULL)",
                says="An invoice gets its number when it is issued.",
                field="number",
            ),
            Rule(
                "invoice_currency_has_three_letters",
                "length(currency) = 3 AND currency = upper(currency)",
                says="A currency is three capital letters, such as RON or EUR.",
                field="currency",
            ),
            Rule(
                "invoice_void_says_why",
                "(voided_at IS NULL) = (trim(COALESCE(void_reason, '')) = '') "
                "AND (voided_at IS NULL OR issued_at IS NOT NULL)",
                says="Only an issued invoice is voided, with the reason.",
                field="void_reason",
            ),
            Guard(
                "invoice_is_the_sum_of_its_lines",
                ("INSERT", "UPDATE OF issued_at, total"),
                "NEW.issued_at IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM invoice_line l "
                "WHERE l.invoice_id = NEW.id) OR NEW.total <> (SELECT SUM(l.amount) "
                "FROM invoice_line l WHERE l.invoice_id = NEW.id))",
                says="The total is the sum of the lines, and there is at least one.",
                field="total",
            ),
            Guard(
                "invoice_issued_stays",
                ("UPDATE OF number, total, currency, issued_at, issued_by_id, voided_at",),
                "OLD.issued_at IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number "
                "OR NEW.total <> OLD.total OR NEW.currency <> OLD.currency "
                "OR NEW.issued_at IS DISTINCT FROM OLD.issued_at "
                "OR NEW.issued_by_id IS DISTINCT FROM OLD.issued_by_id "
                "OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at))",
                says=STAYS,
                field="total",
            ),
            Guard(
                "invoice_issued_is_kept",
                ("DELETE",),
                "OLD.issued_at IS NOT NULL",
                says=STAYS,
            ),
            Guard(
                "invoice_voided_without_money",
                ("UPDATE OF voided_at",),
                f"NEW.voided_at IS NOT NULL AND {PAID.format(invoice='NEW.id')} <> 0",
                says="Pay the money back first, then void the invoice.",
                field="voided_at",
                locks="invoice WHERE id = NEW.id",
            ),
        ]


class InvoiceLine(Record):
    """One line of an invoice, most often a procedure."""

    invoice = ForeignKeyField(Invoice, backref="lines")
    procedure = ForeignKeyField(Procedure, backref="invoice_lines", null=True)
    text = NameField(max_length=200)
    amount = MoneyField()

    class Meta:
        area = "Treatment"
        help = "What an invoice consists of."
        title = ("text",)
        shown = ("invoice", "procedure", "text", "amount")
        place = ("invoice.patient.location",)
        own = ("invoice.patient.dentist",)
        rules = [
            Guard(
                "invoice_line_joins_a_draft",
                ("INSERT", "UPDATE OF invoice_id"),
                ISSUED.format(row="NEW"),
                says=STAYS,
                field="invoice",
                locks="invoice WHERE id = NEW.invoice_id",
            ),
            Guard(
                "invoice_line_of_issued_stays",
                ("UPDATE", "DELETE"),
                ISSUED.format(row="OLD"),
                says=STAYS,
                field="invoice",
                locks="invoice WHERE id = OLD.invoice_id",
            ),
            Guard(
                "invoice_line_bills_once",
                ("INSERT", "UPDATE OF procedure_id, invoice_id"),
                "EXISTS (SELECT 1 FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id "
                "WHERE l.procedure_id = NEW.procedure_id AND l.id IS DISTINCT FROM NEW.id "
                "AND i.voided_at IS NULL)",
                says="This procedure is on an invoice already.",
                field="procedure",
                locks="procedure WHERE id = NEW.procedure_id",
            ),
            Guard(
                "invoice_line_of_what_stands",
                ("INSERT", "UPDATE OF procedure_id"),
                "EXISTS (SELECT 1 FROM procedure d WHERE d.id = NEW.procedure_id "
                "AND (d.voided_at IS NOT NULL OR d.declined_at IS NOT NULL))",
                says="This procedure was declined or marked as a mistake.",
                field="procedure",
            ),
        ]


class Payment(Act):
    """Money came in for an invoice, or went back."""

    invoice = ForeignKeyField(Invoice, backref="payments")
    amount = MoneyField(may_be_negative=True, help_text="Below zero: money paid back.")
    method = ChoiceField(METHODS)
    reference = CharField(max_length=120, null=True)
    reason = CharField(max_length=200, null=True, help_text="Why money was paid back.")
    by = ForeignKeyField(Staff, backref="payments", null=True)

    class Meta:
        area = "Treatment"
        everyday = 5
        help = "Money that came in; a mistake is paid back, never removed."
        title = ("invoice", "amount")
        shown = ("at", "invoice", "amount", "method", "reference", "by")
        own = ("invoice.patient.dentist",)
        place = ("invoice.patient.location",)
        rules = [
            Rule(
                "payment_is_some_money",
                "amount > 0 OR (amount < 0 AND trim(COALESCE(reason, '')) <> '')",
                says="Write an amount; money paid back needs a reason.",
                field="amount",
            ),
            Guard(
                "payment_for_an_issued_invoice",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.invoice_id "
                "AND i.issued_at IS NOT NULL AND i.voided_at IS NULL)",
                says="Choose an invoice that is issued and not voided.",
                field="invoice",
                locks="invoice WHERE id = NEW.invoice_id",
            ),
            Guard(
                "payment_within_the_invoice",
                ("INSERT",),
                f"{PAID.format(invoice='NEW.invoice_id')} + NEW.amount NOT BETWEEN 0 AND "
                "(SELECT i.total FROM invoice i WHERE i.id = NEW.invoice_id)",
                says="Payments cannot exceed what the invoice says, nor paybacks what was paid.",
                field="amount",
                locks="invoice WHERE id = NEW.invoice_id",
            ),
            Index("payment_by_time", ("at",)),
        ]
