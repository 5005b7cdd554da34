"""Issuing statements of devices: what is asked for, what is frozen, how one is corrected."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bench.questions import counted
from schema.cards import Card
from schema.device_statements import DeviceStatement
from schema.lots import MaterialLot
from schema.orders import LabOrder
from schema.patients import Patient
from schema.rights import Grant
from schema.staff import Clinic, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.device_statements import document_of, frozen, in_force, issue_statement
from schema.workflow.statement_content import (
    Declared,
    canonical,
    content_of,
    full_name,
    hash_of,
    keep_until,
)
from schema.workflow.statement_paper import draw_statement
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from tests.factories import NOW, TODAY, later
from tests.factories.cards import a_card, moved
from tests.factories.lab import a_material
from tests.factories.lots import a_lot_use, a_material_lot
from tests.factories.orders import a_draft_order, an_order
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_location, a_person
from tests.factories.statements import a_finished_order, a_maker, a_signatory
from tests.factories.tracks import a_track
from tests.papers_read import words_of
from tests.refusals import raw

pytestmark = pytest.mark.usefixtures("house")


def declared(**said):
    return Declared(
        **{"language": "ro", "function": "Șef de laborator", "implantable": True} | said
    )


def issued(order, by=None, **said):
    """The next version, signed by a signatory with the own name."""
    by = by or a_signatory()
    return issue_statement(
        order.id, declared(**said), full_name(by), by=by.id, now=NOW, today=TODAY
    )


def told(statement):
    return " ".join(" ".join(words_of(document_of(statement))).split())


def test_the_document_says_what_annex_xiii_asks_for():
    order = a_finished_order(12, 11)
    material = a_material(name="Zirconia, layered")
    lot = a_material_lot(material=material, product="04012345678901", lot_number="Z-77")
    a_lot_use(order=order, lot=lot)
    by = a_signatory(last_name="Șerbănescu", first_name="Ștefan")

    statement = issued(order, by)

    words = told(statement)
    for expected in (
        "Declarație privind un dispozitiv la comandă", "anexa XIII secțiunea 1",
        "Dental Clinic", "Strada Zorilor 12, București", order.ticket, order.patient.code,
        full_name(order.dentist), "12 Crown; 11 Crown", "A2",
        "Zirconia, layered", "Amann Girrbach", "04012345678901", "Z-77",
        f"{lot.expires_on:%d.%m.%Y}", "conform cu cerințele generale privind siguranța",
        "nicio substanță medicamentoasă", "Șerbănescu Ștefan", "Șef de laborator",
        "20.11.2026", "20.11.2041",
    ):  # fmt: skip
        assert expected in words, expected
    assert order.patient.last_name not in words
    assert (statement.version, statement.reason) == (1, None)
    assert statement.sha256 == hash_of(bytes(statement.document))


def test_what_is_said_beyond_the_order_stands_in_the_document_in_english_too():
    statement = issued(
        a_finished_order(), language="en", implantable=False, unmet="Annex I, 23.2: no label.",
        inside=frozenset({"medicine", "animal_tissue"}), substances="Gentamicin; collagen",
    )  # fmt: skip

    words = told(statement)

    assert "not been fully met, with the grounds: Annex I, 23.2: no label." in words
    assert "a medicinal substance: Gentamicin; collagen" in words
    assert "tissues or cells of animal origin (Regulation (EU) No 722/2012)" in words
    assert "20.11.2036" in words and statement.keep_until == dt.date(2036, 11, 20)


def test_the_frozen_facts_give_the_same_bytes_again():
    statement = issued(a_finished_order(11, 12, 13))
    content = frozen(statement)

    assert draw_statement(content, statement.at) == document_of(statement)
    assert canonical(content) == statement.content == canonical(json.loads(statement.content))


def test_what_is_signed_stays_when_names_lots_and_teeth_change_afterwards():
    order = a_finished_order()
    before = document_of(issued(order))
    Patient.update(last_name="Another").where(Patient.id == order.patient_id).execute()
    Staff.update(last_name="Another").where(Staff.id == order.dentist_id).execute()
    Clinic.update(name="Another", address="Elsewhere 1").execute()

    assert document_of(in_force(order)) == before


def test_a_document_with_other_bytes_is_not_handed_out(engine):
    statement = issued(a_finished_order())
    guard = "device_statement_is_history"
    raw(
        f"DROP TRIGGER {guard}_update"
        if engine == "sqlite"
        else f"DROP TRIGGER {guard} ON device_statement"
    )
    raw("UPDATE device_statement SET document = ? WHERE id = ?", b"%PDF forged", statement.id)

    with pytest.raises(Refused, match="not the one that was signed"):
        document_of(DeviceStatement.get_by_id(statement.id))


def test_a_correction_is_a_new_version_that_names_what_it_replaces():
    order = a_finished_order()
    first = issued(order)
    with pytest.raises(Refused, match="why it replaces"):
        issued(order)
    with pytest.raises(Refused, match="why it replaces"):
        issued(order, reason="  ")

    second = issued(order, reason="Lotul era notat greșit.")

    assert (second.version, in_force(order).id) == (2, second.id)
    assert "înlocuiește versiunea 1 din 20.11.2026. Motivul: Lotul era notat greșit." in told(
        second
    )
    assert document_of(DeviceStatement.get_by_id(first.id)) == document_of(first)


def test_the_first_version_replaces_nothing():
    with pytest.raises(Refused, match="replaces nothing"):
        issued(a_finished_order(), reason="Why not")


def test_all_that_is_missing_is_named_at_once():
    order = an_order(card=a_card("order", location=a_location(name="Făget")))

    with pytest.raises(Refused) as caught:
        issued(order)

    for words in ("the clinic's name", "the clinic's address", "the address of Făget"):
        assert words in str(caught.value)
    assert not DeviceStatement.select().exists()


def test_drafts_and_orders_that_are_not_there_are_refused():
    with pytest.raises(Refused, match="the order is registered"):
        issued(a_draft_order())
    by = a_signatory()
    with pytest.raises(Refused, match="does not exist"):
        issue_statement(987_654_321, declared(), full_name(by), by=by.id, now=NOW, today=TODAY)


def test_only_who_has_the_right_signs_and_only_by_the_own_name():
    order, by = a_finished_order(), a_signatory(last_name="Hâncu", first_name="Ana-Maria")

    def sign(signed, by=by):
        return issue_statement(order.id, declared(), signed, by=by.id, now=NOW, today=TODAY)

    technician = a_person("technician")
    with pytest.raises(Refused, match="whoever has the right"):
        sign(full_name(technician), technician)
    for wrong in ("", "Hâncu", "Ionescu Ana"):
        with pytest.raises(Refused, match="Sign with your own name: Hâncu Ana-Maria"):
            sign(wrong)
    assert sign(" ana maria  hancu ").signed_name == "Hâncu Ana-Maria"
    StaffRole.update(ended_on=TODAY).where(StaffRole.staff == by.id).execute()
    with pytest.raises(Refused, match="whoever has the right"):
        sign("Hâncu Ana-Maria")


def test_whoever_left_or_lost_the_right_signs_nothing():
    order, by = a_finished_order(), a_signatory()
    Staff.update(ended_on=TODAY).where(Staff.id == by.id).execute()
    with pytest.raises(Refused, match="whoever has the right"):
        issued(order, by)
    other = a_signatory()
    Grant.update(may_create=False).where(Grant.table_name == "device_statement").execute()
    with pytest.raises(Refused, match="whoever has the right"):
        issue_statement(order.id, declared(), full_name(other), by=other.id, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"function": " "}, "in which function"),
        ({"language": "fr"}, "listed values"),
        ({"inside": frozenset({"gold"}), "substances": "Gold"}, "listed values"),
        ({"inside": frozenset({"medicine"})}, "which substance"),
        ({"substances": "Collagen"}, "which substance"),
        ({"unmet": ""}, "not fully met"),
    ],
)
def test_half_of_a_declaration_is_refused(said, words):
    with pytest.raises(Refused, match=words):
        issued(a_finished_order(), **said)


def a_release(order_of=an_order):
    """An order whose way asks for a final check and a statement where work begins."""
    a_maker()
    way = a_pipeline(kind="order")
    here = stage_of(way, "working")
    check = a_control_point(stage=here, code="checked", name="Final check")
    a_control_point(stage=here, code="stated", name="Stated", evidence="statement", position=2)
    return order_of(card=a_card("order", pipeline=way)), check


def test_the_work_is_past_its_final_inspection_before_it_is_stated():
    order, check = a_release()
    me = a_signatory()
    with pytest.raises(Refused, match="come to the stage"):
        issued(order, me)
    moved(order.card, "working")
    with pytest.raises(Refused, match="final inspection is passed: Final check"):
        issued(order, me)
    tick(order.card_id, check.id, by=me.id, now=NOW)

    assert issued(order, me).version == 1


def test_the_work_leaves_the_stage_of_release_only_with_a_statement():
    order, check = a_release()
    me = a_signatory()
    moved(order.card, "working")
    tick(order.card_id, check.id, by=me.id, now=NOW)
    done = stage_of(order.card.pipeline, "done").id

    with pytest.raises(Refused, match="no statement tells of all its lots"):
        move(order.card_id, done, by=me.id, now=NOW)
    issued(order, me)
    use = a_lot_use(order=order, at=later(hours=1))
    with pytest.raises(Refused, match="no statement tells of all its lots"):
        move(order.card_id, done, by=me.id, now=later(hours=1))
    issue_statement(
        order.id, declared(reason="One more lot"), full_name(me), by=me.id, now=use.at, today=TODAY
    )
    move(order.card_id, done, by=me.id, now=later(hours=2))

    assert Card.get_by_id(order.card_id).closed_at is not None


def test_a_lot_that_a_step_of_a_process_asks_for_is_there_first():
    order = a_finished_order()
    way = a_pipeline(kind="track")
    asks = {"code": "lot", "name": "Disc lot", "evidence": "lot"}
    point = a_control_point(stage=stage_of(way, "working"), **asks)
    track = a_track(order=order, card=a_card("track", pipeline=way, parent=order.card))
    with pytest.raises(Refused, match="a lot is recorded: Disc lot"):
        issued(order)
    a_lot_use(order=order, track=track)
    with pytest.raises(Refused, match="lab processes of the order are finished"):
        issued(order)
    moved(track.card, "working")
    tick(track.card_id, point.id, by=a_person().id, now=NOW)
    moved(track.card, "done")

    assert issued(order).version == 1


def test_what_is_asked_of_the_database_does_not_grow_with_teeth_and_lots():
    def asked(order):
        return counted(lambda: content_of(order, declared(), me, TODAY, None, str))

    me = a_signatory()
    small, large = a_finished_order(11), a_finished_order(11, 12, 13, 21, 22, 23)
    for order, lots in ((small, 1), (large, 6)):
        for _ in range(lots):
            a_lot_use(order=order)

    assert asked(LabOrder.get_by_id(small.id)) == asked(LabOrder.get_by_id(large.id))


def test_each_lot_stands_once_however_often_it_was_used():
    order, lot = a_finished_order(), a_material_lot(lot_number="ONE")
    for _ in range(3):
        a_lot_use(order=order, lot=lot)
    second = MaterialLot.create(
        material=lot.material, maker=lot.maker, lot_number="ONE", piece=2, opened_at=NOW,
        expires_on=lot.expires_on,
    )  # fmt: skip
    a_lot_use(order=order, lot=second)

    assert [one["lot"] for one in frozen(issued(order))["lots"]] == ["ONE"]


@pytest.mark.parametrize(
    ("day", "implantable", "last"),
    [
        ("2026-11-27", True, "2041-11-27"),
        ("2026-11-27", False, "2036-11-27"),
        ("2028-02-29", True, "2043-03-01"),
        ("2028-02-29", False, "2038-03-01"),
        ("2024-02-29", False, "2034-03-01"),
        ("2027-02-28", True, "2042-02-28"),
    ],
)
def test_the_lock_ends_on_the_anniversary(day, implantable, last):
    assert keep_until(dt.date.fromisoformat(day), implantable) == dt.date.fromisoformat(last)
