"""The truths of claims and their reviews, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import CardStep
from schema.claims import Claim, ClaimLine, ClaimReview
from tests.factories import NOW
from tests.factories import billing as make
from tests.factories.cards import a_card, good_step, moved
from tests.factories.patients import an_insurance_policy
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_person
from tests.factories.treatment import a_procedure
from tests.refusals import refuses
from tests.rows import change, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def like(claim: Claim, **columns: Any) -> dict[str, Any]:
    same = {"patient": claim.patient, "policy": claim.policy, "author": claim.author}
    return same | columns


def a_submitted_claim() -> Claim:
    claim = make.a_claim()
    make.a_claim_review(claim=claim)
    change(claim, submitted_at=NOW)
    return claim


def test_a_claim_has_a_new_card_of_its_kind_to_itself():
    claim = make.a_claim()

    with refuses("claim_has_its_own_card"):
        insert(Claim, **like(claim, card=claim.card))
    with refuses("claim_card_fits"):
        insert(Claim, **like(claim, card=a_card("plan")))
    with refuses("claim_card_stays"):
        change(claim, card=a_card("claim"))

    insert(Claim, **like(claim, card=a_card("claim")))


def test_a_claim_does_not_start_where_claims_are_submitted_already():
    claim = make.a_claim()
    late = a_pipeline("submitted", "paid", kind="claim")

    with refuses("claim_starts_before_submitted"):
        insert(Claim, **like(claim, card=a_card("claim", pipeline=late)))


def test_a_claim_is_in_a_currency():
    with refuses("claim_currency_has_three_letters"):
        change(make.a_claim(), currency="lei")


def test_a_claim_goes_to_an_insurer_of_its_patient():
    claim = make.a_claim()

    with refuses("claim_policy_of_the_patient"):
        change(claim, policy=an_insurance_policy())

    change(claim, policy=an_insurance_policy(patient=claim.patient))


def test_a_claim_is_submitted_after_another_person_approved_it():
    claim = make.a_claim()

    with refuses("claim_submitted_after_review"):
        change(claim, submitted_at=NOW)
    with refuses("claim_submitted_after_review"):
        insert(Claim, **like(claim, card=a_card("claim"), submitted_at=NOW))
    make.a_claim_review(claim=claim)
    make.a_claim_review(claim=claim, approved=False, note="The code is wrong")
    with refuses("claim_submitted_after_review"):
        change(claim, submitted_at=NOW)
    make.a_claim_review(claim=claim)

    change(claim, submitted_at=NOW)


def test_a_change_of_its_amount_or_author_voids_the_review_of_a_claim():
    claim = make.a_claim()
    review, line = make.a_claim_review(claim=claim), claim.lines.get()

    with refuses("claim_submitted_after_review"):
        change(claim, amount=1)
        change(line, amount=1)
        change(claim, submitted_at=NOW)
    with refuses("claim_submitted_after_review"):
        change(claim, author=review.by)
        change(claim, submitted_at=NOW)


def test_the_card_of_a_claim_is_submitted_after_the_review():
    claim = make.a_claim()
    card = moved(claim.card, "review")

    with refuses("card_step_submits_a_reviewed_claim"):
        insert(CardStep, **good_step(card, "submitted"))
    make.a_claim_review(claim=claim)

    insert(CardStep, **good_step(card, "submitted"))


def test_a_submitted_claim_is_the_sum_of_its_lines():
    claim = make.a_claim(amount=100)
    make.a_claim_review(claim=claim)
    extra = make.a_claim_line(claim=claim, amount=1)

    with refuses("claim_is_the_sum_of_its_lines"):
        change(claim, submitted_at=NOW)
    remove(extra)

    change(claim, submitted_at=NOW)


def test_a_submitted_claim_stays():
    claim = a_submitted_claim()

    for lie in ({"amount": 1}, {"submitted_at": None}, {"author": a_person()}):
        with refuses("claim_submitted_stays"):
            change(claim, **lie)

    change(claim, number="CNAS 7")


def test_lines_of_a_submitted_claim_stay():
    claim = a_submitted_claim()
    line, loose = claim.lines.get(), make.a_claim_line()

    with refuses("claim_line_of_submitted_stays"):
        change(line, amount=1)
    with refuses("claim_line_of_submitted_stays"):
        remove(line)
    with refuses("claim_line_joins_a_draft"):
        procedure = a_procedure(patient=claim.patient)
        insert(ClaimLine, claim=claim, procedure=procedure, amount=0)

    change(loose, amount=1)


def test_a_claim_has_procedures_of_its_patient_once_each():
    claim = make.a_claim()

    with refuses("claim_line_of_the_patient"):
        insert(ClaimLine, claim=claim, procedure=a_procedure(), amount=0)
    with refuses("claim_line_once_per_procedure"):
        insert(ClaimLine, claim=claim, procedure=claim.lines.get().procedure, amount=0)

    insert(ClaimLine, claim=claim, procedure=a_procedure(patient=claim.patient), amount=0)


def test_an_insurer_answers_a_submitted_claim_one_way():
    claim = a_submitted_claim()
    paid = {"paid_at": NOW, "paid_amount": 100}
    denied = {"denied_at": NOW, "denial_reason": "Not covered"}

    with refuses("claim_answer_follows_submission"):
        change(make.a_claim(), **paid)
    with refuses("claim_answer_follows_submission"):
        change(claim, **paid, **denied)
    with refuses("claim_answer_is_told"):
        change(claim, paid_at=NOW)
    with refuses("claim_answer_is_told"):
        change(claim, denied_at=NOW)

    change(claim, **denied)


def test_the_author_does_not_review_the_own_claim():
    claim = make.a_claim()

    with refuses("claim_review_by_another_than_the_author"):
        insert(ClaimReview, claim=claim, by=claim.author, claim_amount=claim.amount)

    insert(ClaimReview, claim=claim, by=a_person(), claim_amount=claim.amount)


def test_a_review_is_of_the_present_amount():
    claim = make.a_claim()

    with refuses("claim_review_of_the_present_amount"):
        insert(ClaimReview, claim=claim, by=a_person(), claim_amount=claim.amount + 1)


def test_a_claim_that_is_returned_hears_why():
    claim = make.a_claim()
    back = {"claim": claim, "by": a_person(), "claim_amount": claim.amount, "approved": False}

    with refuses("claim_review_returned_says_why"):
        insert(ClaimReview, **back)

    insert(ClaimReview, note="The code is wrong", **back)
