"""The truths of statements of devices, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.device_statements import DeviceStatement
from schema.patients import Patient
from tests.copies import drop_guard, insert_like
from tests.factories import NOW, TODAY, later
from tests.factories.cards import moved
from tests.factories.lots import a_lot_use
from tests.factories.orders import a_draft_order, an_order
from tests.factories.papers import a_paper_print
from tests.factories.staff import a_person
from tests.factories.statements import a_device_statement, a_maker
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")
YESTERDAY = dt.date.today() - dt.timedelta(days=1)


def long_ago(**columns):
    """A statement whose lock ended yesterday, as an old house has it."""
    issued = YESTERDAY.replace(year=YESTERDAY.year - 15, day=min(YESTERDAY.day, 28))
    return a_device_statement(issued_on=issued, keep_until=YESTERDAY, **columns)


def test_versions_are_numbered_from_one_without_a_gap():
    first = a_device_statement()

    with refuses("device_statement_version_is_the_next"):
        insert_like(first, version=3, reason="The lot was wrong")
    with refuses("device_statement_version_is_the_next"):
        a_device_statement(version=2, reason="The lot was wrong")
    insert_like(first, version=2, reason="The lot was wrong")


def test_a_version_is_issued_once():
    first = a_device_statement()
    drop_guard("device_statement_version_is_the_next", "device_statement")

    with refuses("device_statement_version_is_one"):
        insert_like(first)


def test_nothing_is_stated_of_a_draft():
    with refuses("device_statement_is_of_a_registered_order"):
        a_device_statement(order=a_draft_order())


@pytest.mark.parametrize(
    "columns",
    [{"reason": "No version before it"}, {"version": 2}, {"version": 2, "reason": "  "}],
)
def test_a_correction_and_it_alone_has_a_reason(columns):
    first = a_device_statement()
    another = an_order(patient=first.order.patient)
    order = first.order if columns.get("version") else another

    with refuses("device_statement_correction_has_a_reason"):
        insert_like(first, order_id=order.id, **columns)


def test_grounds_and_function_are_said():
    with refuses("device_statement_grounds_are_said"):
        a_device_statement(unmet=" ")
    with refuses("device_statement_function_is_said"):
        a_device_statement(signed_function=" ")


def test_the_hash_has_64_hexadecimal_letters():
    for wrong in ("a" * 63, "g" * 64, "A" * 64):
        with refuses("device_statement_hash_is_whole"):
            a_device_statement(sha256=wrong)


@pytest.mark.parametrize(
    ("issued", "implantable", "kept", "enough"),
    [
        ("2026-11-27", True, "2041-11-27", True),
        ("2026-11-27", True, "2041-11-26", False),
        ("2026-11-27", False, "2036-11-27", True),
        ("2026-11-27", False, "2036-11-26", False),
        ("2026-11-27", False, "2041-01-01", True),
        ("2028-02-29", True, "2043-02-28", False),
        ("2028-02-29", True, "2043-03-01", True),
        ("2028-02-29", False, "2038-03-01", True),
        ("2027-12-31", False, "2037-12-31", True),
        ("2027-12-31", False, "2037-01-01", False),
    ],
)
def test_the_lock_is_15_years_or_10_and_never_a_day_short(issued, implantable, kept, enough):
    days = {
        name: dt.date.fromisoformat(day)
        for name, day in (("issued_on", issued), ("keep_until", kept))
    }
    if enough:
        assert a_device_statement(implantable=implantable, **days).id
        return
    with refuses("device_statement_is_kept_long_enough"):
        a_device_statement(implantable=implantable, **days)


def test_it_is_signed_with_the_name_of_somebody_who_works_here():
    with refuses("device_statement_is_signed_by_its_name"):
        a_device_statement(signed_name="Somebody Else")
    with refuses("device_statement_is_signed_by_its_name"):
        a_device_statement(by=a_person("lab_supervisor", ended_on=TODAY))


def test_it_names_the_patient_of_the_order_by_the_code():
    with refuses("device_statement_names_its_patient"):
        a_device_statement(patient_code="P-999999")


@pytest.mark.parametrize("column", ["signed_name", "content", "keep_until", "document", "reason"])
def test_nothing_of_a_signed_statement_is_ever_changed(column):
    values = {"keep_until": "2060-01-01", "document": b"%PDF-2.0"}

    for statement in (a_device_statement(), long_ago()):
        with refuses("device_statement_is_history"):
            raw(
                f"UPDATE device_statement SET {column} = ? WHERE id = ?",
                values.get(column, "Another"),
                statement.id,
            )


def test_it_is_removed_only_after_the_day_until_which_it_is_kept(engine):
    kept, over = a_device_statement(), long_ago()
    today = a_device_statement(
        issued_on=YESTERDAY.replace(year=YESTERDAY.year - 16, day=1), keep_until=dt.date.today()
    )

    for one in (kept, today):
        with refuses("device_statement_is_history"):
            raw("DELETE FROM device_statement WHERE id = ?", one.id)
    raw("DELETE FROM device_statement WHERE id = ?", over.id)
    assert {one.id for one in DeviceStatement.select()} == {kept.id, today.id}
    if engine == "sqlite":
        with refuses("device_statement_is_history"):
            raw("INSERT OR REPLACE INTO device_statement SELECT * FROM device_statement")
    else:
        with refuses("device_statement_is_history"):
            raw("TRUNCATE device_statement CASCADE")


def test_the_code_of_a_patient_stays_while_a_statement_names_it():
    kept, over = a_device_statement().order.patient, long_ago().order.patient
    change = "UPDATE patient SET code = ? WHERE id = ?"

    with refuses("patient_code_stays_while_statements_are_kept"):
        raw(change, "ERASED", kept.id)
    raw(change, "ERASED", over.id)
    raw("UPDATE patient SET last_name = ? WHERE id = ?", "Erased", kept.id)
    assert (
        Patient.get_by_id(kept.id).code
        == DeviceStatement.get(order=kept.lab_orders[0].id).patient_code
    )


def test_a_statement_is_printed_once_it_is_issued():
    order = an_order()

    with refuses("paper_print_statement_is_issued"):
        a_paper_print(order=order, kind="statement")
    a_device_statement(order=order)
    assert a_paper_print(order=order, kind="statement").copy_number == 1


def test_a_device_closes_only_with_a_statement_that_tells_of_all_its_lots():
    a_maker()
    order = an_order()
    moved(order.card, "working")

    with refuses("card_step_closes_with_a_statement"):
        moved(order.card, "done")
    a_device_statement(order=order, at=NOW)
    use = a_lot_use(order=order, at=later(hours=1))
    with refuses("card_step_closes_with_a_statement"):
        moved(order.card, "done")
    a_device_statement(order=order, version=2, reason="One more lot", at=use.at)
    moved(order.card, "done")


def test_works_of_earlier_days_and_works_that_are_no_devices_close_without():
    a_maker(statements_from=TODAY + dt.timedelta(days=1))
    moved(an_order().card, "working", "done")
    a_maker()
    tray = an_order()
    raw("UPDATE work_type SET is_device = FALSE WHERE id = ?", tray.work_type_id)
    moved(tray.card, "working", "done")
