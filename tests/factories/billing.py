"""Makes claims with lines and reviews, invoices with lines and payments."""

from __future__ import annotations

from typing import Any

from schema.billing import Invoice, InvoiceLine, Payment
from schema.claims import Claim, ClaimLine, ClaimReview
from tests.factories import NOW, number
from tests.factories.cards import a_card
from tests.factories.patients import a_patient, an_insurance_policy
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_person
from tests.factories.treatment import a_procedure

CLAIM_WAY = ("drafted", "review", "submitted", "paid", "lost")


def a_claim(**columns: Any) -> Claim:
    """A drafted claim of 500 lei with one line to match."""
    patient = columns["patient"] = columns.get("patient") or a_patient()
    columns["card"] = columns.get("card") or a_card(
        "claim", pipeline=a_pipeline(*CLAIM_WAY, kind="claim")
    )
    columns["policy"] = columns.get("policy") or an_insurance_policy(patient=patient)
    columns["author"] = columns.get("author") or a_person("receptionist")
    claim = Claim.create(**{"amount": 50_000} | columns)
    a_claim_line(claim=claim, amount=claim.amount)
    return claim


def a_claim_line(**columns: Any) -> ClaimLine:
    claim = columns["claim"] = columns.get("claim") or a_claim()
    columns["procedure"] = columns.get("procedure") or a_procedure(patient=claim.patient)
    return ClaimLine.create(**{"amount": 0} | columns)


def a_claim_review(**columns: Any) -> ClaimReview:
    """Another person approves a claim at its present amount."""
    claim = columns["claim"] = columns.get("claim") or a_claim()
    columns["by"] = columns.get("by") or a_person("manager")
    return ClaimReview.create(**{"claim_amount": claim.amount, "at": NOW} | columns)


def a_draft_invoice(**columns: Any) -> Invoice:
    """An invoice without lines that is not issued yet."""
    columns["patient"] = columns.get("patient") or a_patient()
    return Invoice.create(**columns)


def an_invoice_line(**columns: Any) -> InvoiceLine:
    columns["invoice"] = columns.get("invoice") or a_draft_invoice()
    return InvoiceLine.create(**{"text": "Crown", "amount": 50_000} | columns)


def an_invoice(**columns: Any) -> Invoice:
    """An issued invoice of one line; `total` says how much."""
    total = columns.setdefault("total", 50_000)
    procedure = columns.pop("procedure", None)
    invoice = a_draft_invoice(**columns)
    an_invoice_line(invoice=invoice, amount=total, procedure=procedure)
    return issued(invoice)


def issued(invoice: Invoice) -> Invoice:
    """The invoice, numbered and issued."""
    issue = {"number": f"F{number():06d}", "issued_at": NOW}
    Invoice.update(**issue).where(Invoice.id == invoice.id).execute()
    return Invoice.get_by_id(invoice.id)


def a_payment(**columns: Any) -> Payment:
    """All that an invoice says, in cash."""
    invoice = columns["invoice"] = columns.get("invoice") or an_invoice()
    return Payment.create(**{"amount": invoice.total, "method": "cash", "at": NOW} | columns)
