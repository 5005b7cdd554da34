"""The truths of patients, guardians, insurance and consents, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.database import database
from schema.messages import latest_consent
from schema.patients import Patient
from tests.factories import later
from tests.factories import patients as make
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_typed_blanks_of_a_name_are_tidied():
    patient = make.a_patient(last_name="  Popescu   Marin ", first_name="Ana\tMaria")

    found = Patient.get_by_id(patient.id)

    assert (found.last_name, found.first_name) == ("Popescu Marin", "Ana Maria")


@pytest.mark.parametrize("name", ["", " ", " Popescu", "Popescu ", "Popescu  Marin"])
def test_an_untidy_name_is_refused(name: str):
    patient = make.a_patient()
    raw("UPDATE patient SET last_name = 'Popescu-Ștefan Marin' WHERE id = ?", patient.id)

    with refuses("patient_last_name_is_tidy"):
        raw("UPDATE patient SET last_name = ? WHERE id = ?", name, patient.id)
    with refuses("patient_first_name_is_tidy"):
        raw("UPDATE patient SET first_name = ? WHERE id = ?", name, patient.id)


def test_two_patients_do_not_share_a_code():
    first, second = make.a_patient(), make.a_patient()

    with refuses("patient_code_is_free"):
        raw("UPDATE patient SET code = ? WHERE id = ?", first.code, second.id)


def test_a_family_shares_a_telephone():
    mother = make.a_patient()

    assert make.a_patient(phone=mother.phone, email=mother.email).id


def test_two_live_patients_do_not_share_a_cnp():
    first, second = make.a_patient(national_id="2850412400123"), make.a_patient()
    same = "UPDATE patient SET national_id = '2850412400123' WHERE id = ?"

    with refuses("patient_national_id_is_free"):
        raw(same, second.id)

    raw("UPDATE patient SET ended_on = '2026-11-20' WHERE id = ?", first.id)
    raw(same, second.id)


@pytest.mark.parametrize("cnp", ["285041240012", "28504124001234", "285041240012X", ""])
def test_a_cnp_has_13_digits(cnp: str):
    patient = make.a_patient(national_id="2850412400123")

    with refuses("patient_national_id_has_13_digits"):
        raw("UPDATE patient SET national_id = ? WHERE id = ?", cnp, patient.id)


def test_a_patient_was_born_in_living_memory():
    patient = make.a_patient(birth_on=dt.date(1900, 1, 1))

    with refuses("patient_born_in_living_memory"):
        raw("UPDATE patient SET birth_on = '1899-12-31' WHERE id = ?", patient.id)
    with refuses("patient_born_in_living_memory"):
        raw("UPDATE patient SET birth_on = '2199-12-31' WHERE id = ?", patient.id)


def test_a_patient_has_a_tag_once():
    tag = make.a_patient_tag(tag="Anxious")
    more = "INSERT INTO patient_tag (patient_id, tag) VALUES (?, ?)"
    raw(more, tag.patient_id, "VIP")

    with refuses("patient_tag_once"):
        raw(more, tag.patient_id, "anxious")


def test_a_guardian_is_a_patient_or_somebody_by_name():
    named = make.a_guardian()
    make.a_guardian(patient=named.patient, guardian=make.a_patient())

    with refuses("guardian_is_one_person"):
        raw("UPDATE guardian SET name = NULL WHERE id = ?", named.id)
    with refuses("guardian_is_one_person"):
        raw(
            "UPDATE guardian SET guardian_id = ? WHERE id = ?",
            make.a_patient().id,
            named.id,
        )


def test_a_guardian_by_name_has_a_telephone():
    named = make.a_guardian()

    with refuses("guardian_by_name_has_phone"):
        raw("UPDATE guardian SET phone = NULL WHERE id = ?", named.id)


def test_nobody_is_their_own_guardian():
    link = make.a_guardian(guardian=make.a_patient())

    with refuses("guardian_is_another_person"):
        raw("UPDATE guardian SET guardian_id = patient_id WHERE id = ?", link.id)


def test_a_guardian_is_linked_once_at_a_time():
    link = make.a_guardian(guardian=make.a_patient())
    again = "INSERT INTO guardian (patient_id, guardian_id, relation) VALUES (?, ?, 'mother')"

    with refuses("guardian_once_per_patient"):
        raw(again, link.patient_id, link.guardian_id)

    raw("UPDATE guardian SET ended_on = '2026-11-20' WHERE id = ?", link.id)
    raw(again, link.patient_id, link.guardian_id)


def test_two_insurers_do_not_share_a_name():
    make.an_insurance_provider(name="Signal Iduna")

    with refuses("insurance_provider_name_is_free"):
        raw("INSERT INTO insurance_provider (name) VALUES ('SIGNAL IDUNA')")


def test_a_policy_does_not_end_before_it_starts():
    policy = make.an_insurance_policy()
    raw("UPDATE insurance_policy SET valid_until = valid_from WHERE id = ?", policy.id)

    with refuses("insurance_policy_ends_after_start"):
        raw("UPDATE insurance_policy SET valid_until = '2025-12-31' WHERE id = ?", policy.id)


def test_a_policy_is_in_the_list_once():
    policy = make.an_insurance_policy()
    again = (
        "INSERT INTO insurance_policy (patient_id, provider_id, number, valid_from) "
        "SELECT patient_id, provider_id, number, ? FROM insurance_policy WHERE id = ?"
    )
    raw(again, "2027-01-01", policy.id)

    with refuses("insurance_policy_once"):
        raw(again, "2026-01-01", policy.id)


def test_a_consent_that_is_given_names_its_text():
    patient = make.a_patient()
    says = "INSERT INTO consent (patient_id, purpose, given, channel) VALUES (?, 'sms', {}, 'call')"
    raw(says.format("FALSE"), patient.id)

    with refuses("consent_given_names_its_text"):
        raw(says.format("TRUE"), patient.id)


def test_a_guardian_signs_for_their_own_patient():
    guardian, stranger = make.a_guardian(), make.a_guardian()
    make.a_consent(patient=guardian.patient, guardian=guardian)

    with refuses("consent_guardian_is_theirs"):
        raw(
            "INSERT INTO consent (patient_id, guardian_id, purpose, given, channel) "
            "VALUES (?, ?, 'treatment', FALSE, 'paper')",
            guardian.patient_id,
            stranger.id,
        )


def test_a_withdrawal_is_a_new_row_and_the_old_one_stays():
    consent = make.a_consent()
    make.a_consent(patient=consent.patient, given=False, at=later(hours=1))

    with refuses("consent_is_history"):
        raw("UPDATE consent SET given = FALSE WHERE id = ?", consent.id)
    with refuses("consent_is_history"):
        raw("DELETE FROM consent WHERE id = ?", consent.id)


def test_the_latest_word_of_a_patient_is_in_force():
    patient = make.a_patient()
    assert in_force(patient, "sms") is None

    make.a_consent(patient=patient, purpose="sms", at=later(hours=2), given=False)
    make.a_consent(patient=patient, purpose="sms", at=later(hours=1))
    make.a_consent(patient=patient, purpose="email", at=later(hours=3))

    assert not in_force(patient, "sms")
    assert in_force(patient, "email")


def in_force(patient: Patient, purpose: str) -> bool | None:
    asked = f"SELECT {latest_consent(str(patient.id), repr(purpose))}"
    return database.execute_sql(asked).fetchone()[0]
