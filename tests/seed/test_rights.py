"""The first rights: every table decided for every role, and nothing shown that D8 forbids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peewee import ForeignKeyField, Model

from admin_views.ways import reaches, stands_at
from schema import TABLES
from schema.base import option
from schema.fields import EmailField, MoneyField, PhoneField
from schema.messages import Message
from schema.patients import Patient
from schema.staff import Location, Staff
from seed.rights import ROLES
from seed.rights_words import Right, RoleRights

MODELS = {model._meta.table_name: model for model in TABLES}
BY_CODE = {role.code: role for role in ROLES}
CODES = (
    "receptionist call_centre dentist senior_dentist patient_manager photo_operator "
    "lab_supervisor technician marketing manager admin"
)
NO_CLINICAL_NOTES = ("receptionist", "call_centre", "photo_operator", "marketing", "manager")
CLINICAL_NOTES = {("patient", "notes"), ("procedure", "note"), ("treatment_plan", "note")}
each_role = pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)


def seen(role: RoleRights) -> Iterator[tuple[Right, type[Model], set[str]]]:
    """Each granted table with the columns that stay in sight."""
    for right in role.grants:
        model = MODELS[right.table]
        secret = getattr(model._meta, "secret", None) or ()
        yield right, model, set(model._meta.fields) - set(right.hides) - set(secret)


def columns_seen(role: RoleRights) -> set[tuple[str, str]]:
    return {(right.table, column) for right, _, columns in seen(role) for column in columns}


def where(model: type[Model], path: str) -> type[Model]:
    """The table at the end of a path over foreign keys and back references."""
    for name in path.split("."):
        key = model._meta.fields.get(name)
        joined = option(model, "joins", {}).get(name)
        if joined:
            model = joined[0].model
            continue
        if isinstance(key, ForeignKeyField):
            model = key.rel_model
        elif key is None:
            back = next(fk for fk in model._meta.backrefs if fk.backref == name)
            model = model._meta.backrefs[back]
    return model


def test_the_roles_are_those_of_the_house():
    assert set(BY_CODE) == set(CODES.split())


@each_role
def test_every_table_is_granted_or_denied_on_purpose_and_only_once(role):
    decided = [right.table for right in role.grants] + list(role.denied)

    assert sorted(decided) == sorted(MODELS)


@each_role
def test_a_reference_in_sight_leads_to_a_table_in_sight(role):
    granted = {right.table for right in role.grants}

    astray = [
        f"{right.table}.{field.name}"
        for right, model, columns in seen(role)
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField)
        and field.name in columns
        and field.rel_model._meta.table_name not in granted
    ]

    assert astray == []


@each_role
def test_limited_columns_exist_and_row_scopes_have_a_path(role):
    for right in role.grants:
        meta = MODELS[right.table]._meta
        assert set(right.hides + right.fixes) <= set(meta.fields), right.table
        assert right.verbs >= {"read"} and right.verbs <= {"read", "create", "edit", "export"}
        if right.rows != "all":
            assert getattr(meta, {"own": "own", "location": "place"}[right.rows], None), right


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.table_name)
def test_paths_of_row_scopes_end_at_people_and_places(model):
    own, place = getattr(model._meta, "own", None), getattr(model._meta, "place", None)

    assert {where(model, path) for path in own or ()} <= {Staff}
    assert {where(model, path) for path in place or ()} <= {Location}


def test_row_scopes_are_questions_that_both_engines_answer(house):
    for model in TABLES:
        for kind in ("own", "place"):
            for path in getattr(model._meta, kind, None) or ():
                ways = {"own": reaches, "place": stands_at}
                reached = ways[kind](model, path.split("."), 1)
                assert model.select().where(reached).count() == 0, path


def test_nobody_writes_the_logs_or_exports_sign_ins():
    for role in ROLES:
        for right in role.grants:
            if right.table in ("audit_entry", "audit_change", "read_entry"):
                assert not right.verbs & {"create", "edit"}
            if right.table in ("sign_in", "sign_in_attempt", "password_link"):
                assert right.verbs == {"read"} and role.code == "admin"


def test_technicians_see_no_prices_no_phones_no_insurance_and_no_names():
    technician = BY_CODE["technician"]

    for right, model, columns in seen(technician):
        for name in columns:
            kinds = (MoneyField, PhoneField, EmailField)
            assert not isinstance(model._meta.fields[name], kinds), f"{right.table}.{name}"
    patient = {column for table, column in columns_seen(technician) if table == "patient"}
    assert patient <= {"id", "row_version", "created_at", "code", "dentist", "location"}
    assert {"claim", "insurance_policy", "invoice", "consent"} <= set(technician.denied)


@pytest.mark.parametrize("code", NO_CLINICAL_NOTES)
def test_clinical_notes_stay_with_those_who_treat(code):
    assert not columns_seen(BY_CODE[code]) & CLINICAL_NOTES
    assert "note" in BY_CODE[code].denied


def test_the_call_centre_sees_no_alerts_and_no_clinical_part_of_plans():
    centre = BY_CODE["call_centre"]

    hidden = {("patient", "medical_alert"), ("treatment_plan", "value")}
    assert not columns_seen(centre) & hidden
    assert {"procedure", "approval", "photo", "invoice"} <= set(centre.denied)


def test_marketing_meets_photos_only_as_publications():
    marketing = BY_CODE["marketing"]

    assert {"photo", "patient", "appointment", "lab_order"} <= set(marketing.denied)
    assert not columns_seen(marketing) & {("lead", "phone"), ("lead", "name"), ("lead", "email")}


def test_the_admin_sees_no_patient():
    admin = BY_CODE["admin"]

    for right, model, columns in seen(admin):
        for name in columns:
            field = model._meta.fields[name]
            assert not (isinstance(field, ForeignKeyField) and field.rel_model is Patient), right
    secrets = {"before", "after"}
    assert (
        not {column for table, column in columns_seen(admin) if table == "audit_change"} & secrets
    )
    assert Message.body.name not in {c for t, c in columns_seen(admin) if t == "message"}


def test_the_admin_keeps_what_the_matrix_asks_of_an_admin():
    needed = {"role", "role_grant", "field_grant", "staff", "staff_role"}

    kept = {r.table for r in BY_CODE["admin"].grants if "edit" in r.verbs and r.rows == "all"}

    assert needed <= kept
