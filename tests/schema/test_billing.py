"""The truths of invoices and payments, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.billing import Invoice, InvoiceLine, Payment
from tests.factories import NOW, later
from tests.factories import billing as make
from tests.factories.treatment import a_done_procedure, a_procedure
from tests.refusals import refuses
from tests.rows import again, change, insert, remove

pytestmark = pytest.mark.usefixtures("house")

VOID = {"voided_at": NOW, "void_reason": "Wrong patient"}


def test_the_number_of_an_invoice_is_its_own():
    first, draft = make.an_invoice(), make.a_draft_invoice()
    make.an_invoice_line(invoice=draft, amount=0)

    with refuses("invoice_number_is_free"):
        change(draft, number=first.number, issued_at=NOW)

    change(draft, number="F-other", issued_at=NOW)


def test_an_invoice_has_a_number_when_it_is_issued():
    draft = make.a_draft_invoice()
    make.an_invoice_line(invoice=draft, amount=0)

    with refuses("invoice_numbered_when_issued"):
        change(draft, issued_at=NOW)
    with refuses("invoice_numbered_when_issued"):
        change(draft, number="F1")


def test_an_invoice_is_in_a_currency():
    with refuses("invoice_currency_has_three_letters"):
        change(make.a_draft_invoice(), currency="lei")


def test_an_issued_invoice_is_voided_with_a_reason():
    with refuses("invoice_void_says_why"):
        change(make.an_invoice(), voided_at=NOW)
    with refuses("invoice_void_says_why"):
        change(make.a_draft_invoice(), **VOID)

    change(make.an_invoice(), **VOID)


def test_an_issued_invoice_is_the_sum_of_its_lines():
    draft = make.a_draft_invoice(total=300)
    issue = {"number": "F1", "issued_at": NOW}

    with refuses("invoice_is_the_sum_of_its_lines"):
        change(make.a_draft_invoice(), number="F0", issued_at=NOW)
    with refuses("invoice_is_the_sum_of_its_lines"):
        insert(Invoice, patient=draft.patient, **issue)
    make.an_invoice_line(invoice=draft, amount=100)
    with refuses("invoice_is_the_sum_of_its_lines"):
        change(draft, **issue)
    make.an_invoice_line(invoice=draft, amount=200)

    change(draft, **issue)


@pytest.mark.parametrize(
    "columns",
    [{"number": "F9"}, {"currency": "EUR"}, {"issued_at": later(days=1)}],
)
def test_an_issued_invoice_stays(columns: dict):
    invoice = make.an_invoice()

    with refuses("invoice_issued_stays"):
        change(invoice, **columns)

    change(invoice, due_on=NOW.date())


def test_an_issued_invoice_is_not_taken_back_nor_a_void_one_revived():
    invoice = make.an_invoice()

    with refuses("invoice_issued_stays"):
        change(invoice, issued_at=None, number=None)
    change(invoice, **VOID)
    with refuses("invoice_issued_stays"):
        change(invoice, voided_at=None, void_reason=None)


def test_an_issued_invoice_is_kept():
    with refuses("invoice_issued_is_kept"):
        remove(make.an_invoice())

    remove(make.a_draft_invoice())


def test_lines_of_an_issued_invoice_never_change():
    invoice = make.an_invoice()
    line, loose = invoice.lines.get(), make.an_invoice_line()

    with refuses("invoice_line_joins_a_draft"):
        insert(InvoiceLine, invoice=invoice, text="More", amount=0)
    with refuses("invoice_line_joins_a_draft"):
        change(loose, invoice=invoice)
    with refuses("invoice_line_of_issued_stays"):
        change(line, invoice=loose.invoice)
    with refuses("invoice_line_of_issued_stays"):
        change(line, amount=1)
    with refuses("invoice_line_of_issued_stays"):
        remove(line)

    change(loose, amount=1)
    remove(loose)


def test_a_procedure_is_billed_once():
    procedure = a_done_procedure()
    invoice = make.an_invoice(procedure=procedure)
    draft = make.a_draft_invoice()
    again_billed = {"invoice": draft, "procedure": procedure, "text": "Crown", "amount": 1}

    with refuses("invoice_line_bills_once"):
        insert(InvoiceLine, **again_billed)
    change(invoice, **VOID)

    insert(InvoiceLine, **again_billed)
    with refuses("invoice_line_bills_once"):
        insert(InvoiceLine, **again_billed)
    insert(InvoiceLine, invoice=draft, text="Discount card", amount=0)


def test_what_was_declined_or_a_mistake_is_not_billed():
    draft = make.a_draft_invoice()
    mistake = a_done_procedure(voided_at=NOW, void_reason="Wrong tooth")

    for procedure in (a_procedure(declined_at=NOW), mistake):
        with refuses("invoice_line_of_what_stands"):
            insert(InvoiceLine, invoice=draft, procedure=procedure, text="Crown", amount=1)


def test_a_payment_is_some_money():
    invoice = make.an_invoice()
    make.a_payment(invoice=invoice)

    with refuses("payment_is_some_money"):
        insert(Payment, invoice=invoice, amount=0, method="cash")
    with refuses("payment_is_some_money"):
        insert(Payment, invoice=invoice, amount=-1, method="cash")

    insert(Payment, invoice=invoice, amount=-1, method="cash", reason="Paid twice")


def test_money_comes_in_for_an_issued_invoice():
    void = make.an_invoice()
    change(void, **VOID)

    for invoice in (make.a_draft_invoice(total=100), void):
        with refuses("payment_for_an_issued_invoice"):
            insert(Payment, invoice=invoice, amount=1, method="cash")


def test_payments_never_exceed_the_invoice():
    invoice = make.an_invoice(total=100)
    back = {"method": "card", "reason": "Paid too much"}

    with refuses("payment_within_the_invoice"):
        insert(Payment, invoice=invoice, amount=101, method="card")
    insert(Payment, invoice=invoice, amount=60, method="card")
    with refuses("payment_within_the_invoice"):
        insert(Payment, invoice=invoice, amount=41, method="card")
    with refuses("payment_within_the_invoice"):
        insert(Payment, invoice=invoice, amount=-61, **back)

    insert(Payment, invoice=invoice, amount=40, method="card")
    insert(Payment, invoice=invoice, amount=-100, **back)


def test_a_paid_invoice_is_not_voided_before_the_money_is_back():
    paid = make.a_payment()

    with refuses("invoice_voided_without_money"):
        change(paid.invoice, **VOID)
    make.a_payment(invoice=paid.invoice, amount=-paid.amount, reason="Wrong patient")

    change(paid.invoice, **VOID)
    assert again(paid.invoice).voided_at == NOW
