"""Other systems repeat what they reported: late, and after the work went on."""

from __future__ import annotations

import pytest

from schema.base import utcnow
from schema.bridges import ExternalRecord
from schema.workflow.system_keys import make_key
from tests.factories.bridges import an_external_system
from tests.factories.cards import moved
from tests.factories.orders import an_order
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

OLD = {
    "kind": "scan",
    "external_id": "M-2",
    "link": "https://scans.example.ro/old",
    "made_at": "2026-03-01T12:00:00Z",
    "ready_at": "2026-03-01T12:45:00Z",
}
NEW = OLD | {"link": "https://scans.example.ro/new", "ready_at": "2026-03-01T15:00:00Z"}


@pytest.fixture
def report(web):
    """Sends a report with a key of the house; gives the status and the outcome."""
    admin = a_person("admin")
    key = make_key(an_external_system().id, "Scanner PC", by=admin.id, now=utcnow())

    def send(body, **whose):
        answer = web.stranger().post(
            "/api/external-records",
            json=body | whose,
            headers={"Authorization": f"Bearer {key}"},
        )
        return answer.status_code, answer.get_json().get("outcome")

    return send


def kept():
    record = ExternalRecord.get()
    return record.link, record.ready_at.isoformat()


def test_the_same_report_is_known_after_the_unit_that_holds_it_was_closed(report):
    way, order = a_pipeline(kind="track"), an_order()
    first, newest = (a_track(order=order, pipeline=way) for _ in range(2))
    whose = {"ticket": order.ticket, "process": way.code}

    assert report(OLD, **whose) == (201, "created")
    moved(newest.card, "working", "done")
    assert report(OLD, **whose) == (200, "unchanged")
    assert report(NEW, **whose) == (200, "changed")
    assert ExternalRecord.get().card_id == newest.card_id
    assert report(OLD | {"external_id": "M-3"}, **whose) == (201, "created")
    assert ExternalRecord.get(ExternalRecord.external_id == "M-3").card_id == first.card_id


def test_the_same_process_of_another_order_is_another_owner(report):
    way = a_pipeline(kind="track")
    one, other = (a_track(order=an_order(), pipeline=way) for _ in range(2))

    assert report(OLD, ticket=one.order.ticket, process=way.code) == (201, "created")
    assert report(OLD, ticket=other.order.ticket, process=way.code)[0] == 409


def test_a_late_repetition_of_an_older_report_changes_nothing(report):
    whose = {"patient": a_patient().code}
    report(OLD, **whose)
    assert report(NEW, **whose) == (200, "changed")
    newest = kept()

    assert report(OLD, **whose) == (200, "unchanged")
    begun = {name: value for name, value in OLD.items() if name != "ready_at"}
    assert report(begun, **whose) == (200, "unchanged"), "it was not ready yet when it was sent"
    assert kept() == newest


def test_what_an_earlier_report_only_fills_in_is_kept(report):
    whose = {"patient": a_patient().code}
    report({name: value for name, value in NEW.items() if name != "made_at"}, **whose)

    made = {"kind": "scan", "external_id": "M-2", "made_at": OLD["made_at"]}
    assert report(made, **whose) == (200, "changed")
    assert ExternalRecord.get().made_at.isoformat() == "2026-03-01T12:00:00+00:00"
