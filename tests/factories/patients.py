"""Makes patients and what belongs to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.consents import Consent
from schema.insurance import InsuranceProvider
from schema.patients import Guardian, InsurancePolicy, Patient, PatientTag
from tests.factories import NOW, number
from tests.factories.staff import a_location


def a_patient(**columns: Any) -> Patient:
    """A grown patient with a telephone and an e-mail."""
    mark = number()
    columns["location"] = columns.get("location") or a_location()
    good = {
        "code": f"P-{mark:06d}",
        "last_name": f"Popescu {mark}",
        "first_name": "Maria",
        "birth_on": dt.date(1985, 4, 12),
        "phone": f"+40722{mark:06d}",
        "email": f"maria.{mark}@example.test",
    }
    return Patient.create(**good | columns)


def a_patient_tag(**columns: Any) -> PatientTag:
    columns["patient"] = columns.get("patient") or a_patient()
    return PatientTag.create(**{"tag": "VIP"} | columns)


def a_guardian(**columns: Any) -> Guardian:
    """A mother by name and telephone, or the patient given as `guardian`."""
    columns["patient"] = columns.get("patient") or a_patient()
    named = {"name": "Elena Popescu", "phone": "+40722418330"}
    good = {"relation": "mother"} | ({} if columns.get("guardian") else named)
    return Guardian.create(**good | columns)


def an_insurance_provider(**columns: Any) -> InsuranceProvider:
    return InsuranceProvider.create(**{"name": f"Insurer {number()}"} | columns)


def an_insurance_policy(**columns: Any) -> InsurancePolicy:
    columns["patient"] = columns.get("patient") or a_patient()
    columns["provider"] = columns.get("provider") or an_insurance_provider()
    good = {"number": f"POL {number()}", "valid_from": dt.date(2026, 1, 1)}
    return InsurancePolicy.create(**good | columns)


def a_consent(**columns: Any) -> Consent:
    """The patient says yes to treatment; `given=False` says no."""
    columns["patient"] = columns.get("patient") or a_patient()
    good = {
        "purpose": "treatment",
        "given": True,
        "text_version": "GDPR 2026-02",
        "channel": "paper",
        "at": NOW,
    }
    return Consent.create(**good | columns)
