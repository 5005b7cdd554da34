"""Which rows tell of which patients: every table that leads to patients, and no other."""

from __future__ import annotations

import pytest
from peewee import ForeignKeyField

from schema import TABLES
from schema.base import table_name
from schema.health import health_paths, patients_of
from schema.patients import Patient
from tests.factories.cards import a_card
from tests.factories.orders import an_order
from tests.factories.patients import a_patient

# Each leads to a patient and tells nothing of their health: who sends patients to us, and the log.
NOT_HEALTH = {"referrer", "read_entry"}


def leads_to_a_patient(model, seen=()):
    keys = [f.rel_model for f in model._meta.sorted_fields if isinstance(f, ForeignKeyField)]
    return any(
        there is Patient or (there not in seen and leads_to_a_patient(there, (*seen, model)))
        for there in keys
        if there is not model and table_name(there) not in NOT_HEALTH
    )


@pytest.mark.parametrize("model", TABLES, ids=table_name)
def test_every_table_that_leads_to_patients_holds_health_data(model):
    expected = leads_to_a_patient(model) or table_name(model) in ("patient", "card")
    hangs_on_cards = "card" in str(health_paths(model))
    found = bool(health_paths(model))
    assert found == (expected and table_name(model) not in NOT_HEALTH) or hangs_on_cards


def test_rows_are_followed_to_their_patients(house):
    mine, other = a_patient(), a_patient()
    order = an_order(patient=mine)

    assert patients_of(Patient, [mine.id, other.id]) == {mine.id, other.id}
    assert patients_of(type(order), [order.id]) == {mine.id}
    assert patients_of(type(order.card), [order.card_id]) == {mine.id}
    assert patients_of(type(order.card), [a_card("lead").id]) == set()
