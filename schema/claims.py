"""Claims to insurers: what is claimed, and the second look before it is submitted."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField

from schema.base import Act, Record
from schema.card_rules import subtype_rules
from schema.cards import Card
from schema.fields import InstantField, MoneyField
from schema.found import Found
from schema.four_eyes import CLAIM_LACKS_REVIEW, starts_before
from schema.patients import InsurancePolicy, Patient
from schema.picked import CurrencyField
from schema.rules import Agree, Guard, Rule, Unique
from schema.staff import Staff
from schema.treatment import Procedure

SUBMITTED = (
    "EXISTS (SELECT 1 FROM claim q WHERE q.id = {row}.claim_id AND q.submitted_at IS NOT NULL)"
)
SENT = "A submitted claim stays as it is."


class Claim(Record):
    """What is asked from an insurer for a patient's procedures."""

    card = ForeignKeyField(Card, backref="claims")
    patient = ForeignKeyField(Patient, backref="claims")
    policy = ForeignKeyField(InsurancePolicy, backref="claims")
    author = ForeignKeyField(Staff, backref="authored_claims")
    number = CharField(max_length=40, null=True, help_text="The insurer's number.")
    amount = MoneyField(default=0)
    currency = CurrencyField()
    submitted_at = InstantField(null=True, verbose_name="Submitted")
    paid_at = InstantField(null=True, verbose_name="Paid")
    paid_amount = MoneyField(null=True)
    denied_at = InstantField(null=True, verbose_name="Denied")
    denial_reason = CharField(max_length=200, null=True)

    class Meta:
        area = "Treatment"
        everyday = 3
        help = "Claims to insurers; a second person looks before they leave."
        title = ("patient", "amount")
        coded_title = ("id",)
        shown = (
            *("patient", "policy", "author", "amount", "submitted_at"),
            *("card.stage", "card.due_at", "card.responsible"),
        )
        supertype, kind = "card", "claim"
        search = ("number",)
        found = Found(
            6,
            by=("number", "patient"),
            tells=("policy", "card.stage", "submitted_at", "paid_at"),
        )
        verb_owned = ("submitted_at", "paid_at", "paid_amount", "denied_at", "denial_reason")
        own = ("author", "card.responsible")
        place = ("patient.location",)
        inlines = ("lines",)
        rules = [
            *subtype_rules("claim", "claim", "A claim starts with a new card of its own."),
            starts_before("claim", "submitted", "A claim is drafted before it is submitted."),
            Rule(
                "claim_currency_has_three_letters",
                "length(currency) = 3 AND currency = upper(currency)",
                says="A currency is three capital letters, such as RON or EUR.",
                field="currency",
            ),
            Rule(
                "claim_answer_follows_submission",
                "(paid_at IS NULL AND denied_at IS NULL) OR (submitted_at IS NOT NULL "
                "AND (paid_at IS NULL OR denied_at IS NULL))",
                says="A submitted claim is paid or denied, not both.",
                field="paid_at",
            ),
            Rule(
                "claim_answer_is_told",
                "(paid_at IS NULL) = (paid_amount IS NULL) "
                "AND (denied_at IS NULL) = (denial_reason IS NULL)",
                says="Write how much was paid, or why it was denied.",
                field="paid_amount",
            ),
            Agree(
                "claim_policy_of_the_patient",
                ("policy_id", "patient_id"),
                "insurance_policy",
                ("id", "patient_id"),
                says="Choose a policy of the same patient.",
                field="policy",
                deferred=True,
            ),
            Guard(
                "claim_submitted_after_review",
                ("INSERT", "UPDATE OF submitted_at"),
                f"NEW.submitted_at IS NOT NULL AND {CLAIM_LACKS_REVIEW.format(claim='NEW')}",
                says="Someone else than its author must approve this claim first.",
                field="submitted_at",
                locks="claim WHERE id = NEW.id",
            ),
            Guard(
                "claim_is_the_sum_of_its_lines",
                ("UPDATE OF submitted_at",),
                "NEW.submitted_at IS NOT NULL AND NEW.amount IS DISTINCT FROM "
                "(SELECT SUM(l.amount) FROM claim_line l WHERE l.claim_id = NEW.id)",
                says="The amount is the sum of the lines, and there is at least one.",
                field="amount",
            ),
            Guard(
                "claim_submitted_stays",
                ("UPDATE OF submitted_at, amount, currency, author_id, policy_id",),
                "OLD.submitted_at IS NOT NULL AND (NEW.amount <> OLD.amount "
                "OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at "
                "OR NEW.currency <> OLD.currency OR NEW.author_id <> OLD.author_id "
                "OR NEW.policy_id <> OLD.policy_id)",
                says=SENT,
                field="amount",
            ),
        ]


class ClaimLine(Record):
    """One procedure of a claim and what is asked for it."""

    claim = ForeignKeyField(Claim, backref="lines")
    procedure = ForeignKeyField(Procedure, backref="claim_lines")
    amount = MoneyField()

    class Meta:
        area = "Treatment"
        help = "What a claim consists of."
        title = ("procedure", "amount")
        shown = ("claim", "procedure", "amount")
        own = ("claim.author", "claim.card.responsible")
        place = ("claim.patient.location",)
        rules = [
            Unique(
                "claim_line_once_per_procedure",
                ("claim_id", "procedure_id"),
                says="This procedure is in the claim already.",
                field="procedure",
            ),
            Guard(
                "claim_line_of_the_patient",
                ("INSERT", "UPDATE OF procedure_id, claim_id"),
                "(SELECT d.patient_id FROM procedure d WHERE d.id = NEW.procedure_id) "
                "<> (SELECT q.patient_id FROM claim q WHERE q.id = NEW.claim_id)",
                says="Choose a procedure of the claim's patient.",
                field="procedure",
            ),
            Guard(
                "claim_line_joins_a_draft",
                ("INSERT", "UPDATE OF claim_id"),
                SUBMITTED.format(row="NEW"),
                says=SENT,
                field="claim",
                locks="claim WHERE id = NEW.claim_id",
            ),
            Guard(
                "claim_line_of_submitted_stays",
                ("UPDATE", "DELETE"),
                SUBMITTED.format(row="OLD"),
                says=SENT,
                field="claim",
                locks="claim WHERE id = OLD.claim_id",
            ),
        ]


class ClaimReview(Act):
    """Someone other than the author looked at a claim: approved, or sent back."""

    claim = ForeignKeyField(Claim, backref="reviews")
    approved = BooleanField(default=True)
    claim_amount = MoneyField()
    note = CharField(max_length=500, null=True)
    by = ForeignKeyField(Staff, backref="claim_reviews")

    class Meta:
        area = "Treatment"
        label, label_plural = "Review of a claim", "Reviews of claims"
        help = "Second looks at claims. Another amount needs another look."
        title = ("claim", "approved")
        shown = ("at", "claim", "approved", "claim_amount", "by", "note")
        verbs_only = True
        own = ("by", "claim.author")
        place = ("claim.patient.location",)
        inside = "Reviews"
        rules = [
            Rule(
                "claim_review_returned_says_why",
                "approved OR trim(COALESCE(note, '')) <> ''",
                says="Say what has to change.",
                field="note",
            ),
            Guard(
                "claim_review_by_another_than_the_author",
                ("INSERT",),
                "NEW.by_id = (SELECT q.author_id FROM claim q WHERE q.id = NEW.claim_id)",
                says="The author of a claim cannot review it.",
                field="by",
            ),
            Guard(
                "claim_review_of_the_present_amount",
                ("INSERT",),
                "NEW.claim_amount IS DISTINCT FROM "
                "(SELECT q.amount FROM claim q WHERE q.id = NEW.claim_id)",
                says="The claim's amount changed. Look at it again.",
                field="claim_amount",
                locks="claim WHERE id = NEW.claim_id",
            ),
        ]
