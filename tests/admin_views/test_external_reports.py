"""Other systems report what they hold: with a key, once for each number, in words when refused."""

from __future__ import annotations

import pytest

from schema.audit import AuditChange, AuditEntry
from schema.base import utcnow
from schema.bridges import ExternalRecord
from schema.cards import Card, Tick
from schema.system_keys import SystemKey
from schema.workflow.steps import move
from schema.workflow.system_keys import end_key, make_key
from tests.factories.bridges import a_merge, an_external_system
from tests.factories.orders import an_order
from tests.factories.patients import a_patient
from tests.factories.pipelines import (
    a_control_point,
    a_draft_pipeline,
    a_stage,
    a_stage_step,
    published,
    stage_of,
)
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

WHERE = "/api/external-records"
SCAN = {
    "kind": "scan",
    "external_id": "S-1",
    "made_at": "2026-03-01T14:30:00+02:00",
    "uploaded_at": "2026-03-01T12:40:00Z",
    "ready_at": "2026-03-01T12:45:00+00:00",
    "link": "https://scans.example.ro/S-1",
}


class Scanner:
    """A scan storage that holds a key of the house."""

    def __init__(self, web):
        self.browser, self.admin = web.stranger(), a_person("admin")
        self.system = an_external_system()
        self.key = make_key(self.system.id, "Scanner PC", by=self.admin.id, now=utcnow())

    def send(self, **fields):
        return self.post(json=fields)

    def post(self, key=None, **kwargs):
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.browser.post(WHERE, headers=headers, **kwargs)


@pytest.fixture
def scanner(web):
    return Scanner(web)


def a_scanning_way():
    """Scanning, which asks for a scan's link, then modelling."""
    way = a_draft_pipeline(kind="track")
    scanning = a_stage(pipeline=way, code="scanning", opens=True)
    a_stage_step(scanning, a_stage(pipeline=way, code="cad"))
    point = a_control_point(stage=scanning, evidence="link", about="scan")
    return published(way), point


def test_a_report_becomes_a_row_and_says_so(scanner):
    patient = a_patient()

    answer = scanner.send(**SCAN, patient=patient.code)

    record = ExternalRecord.get()
    assert answer.status_code == 201
    assert answer.get_json() == {"id": record.id, "outcome": "created"}
    assert (record.patient_id, record.system_id) == (patient.id, scanner.system.id)
    assert (record.external_id, record.link) == ("S-1", "https://scans.example.ro/S-1")
    assert record.made_at.isoformat() == "2026-03-01T12:30:00+00:00"
    assert record.uploaded_at < record.ready_at


def test_the_same_report_twice_is_kept_once_and_an_older_one_takes_nothing_back(scanner):
    patient = a_patient()
    scanner.send(**SCAN, patient=patient.code)

    again = scanner.send(**SCAN, patient=patient.code)
    older = scanner.send(kind="scan", external_id="S-1", patient=patient.code)
    renamed = scanner.send(**SCAN | {"file_name": "S-1.stl"}, patient=patient.code)

    assert [a.status_code for a in (again, older, renamed)] == [200, 200, 200]
    assert [a.get_json()["outcome"] for a in (again, older, renamed)] == [
        "unchanged",
        "unchanged",
        "changed",
    ]
    record = ExternalRecord.get()
    assert (record.file_name, record.row_version) == ("S-1.stl", 2)
    assert record.ready_at is not None


def test_a_ready_scan_ticks_the_point_of_the_process_that_waits_for_it(scanner):
    way, point = a_scanning_way()
    track = a_track(order=an_order(), pipeline=way)
    ticket = {"ticket": track.order.ticket}
    begun = {"kind": "scan", "external_id": "S-1", "made_at": SCAN["made_at"]}

    scanner.send(**begun, **ticket)
    assert not Tick.select().exists()
    scanner.send(**SCAN, **ticket)
    scanner.send(**SCAN, **ticket)

    [ticked] = Tick.select()
    assert (ticked.card_id, ticked.control_point_id) == (track.card_id, point.id)
    assert (ticked.done, ticked.by_id) == (True, None)
    move(track.card_id, stage_of(way, "cad").id, by=a_person().id, now=utcnow())
    assert Card.get_by_id(track.card_id).step_count == 1


def test_a_report_may_name_the_process_itself(scanner):
    way, _ = a_scanning_way()
    track = a_track(order=an_order(), pipeline=way)

    good = scanner.send(**SCAN, ticket=track.order.ticket, process=way.code)
    wrong = scanner.send(**SCAN | {"external_id": "S-2"}, ticket=track.order.ticket, process="no")

    assert (good.status_code, ExternalRecord.get().card_id) == (201, track.card_id)
    assert (wrong.status_code, wrong.get_json()["field"]) == (422, "process")


def test_a_number_that_is_linked_to_another_owner_is_refused(scanner):
    first, second = a_patient(), a_patient()
    scanner.send(**SCAN, patient=first.code)

    answer = scanner.send(**SCAN, patient=second.code)

    assert answer.status_code == 409
    assert "already linked" in answer.get_json()["message"]
    assert ExternalRecord.get().patient_id == first.id


def test_the_code_of_a_double_entry_leads_to_the_patient_that_is_kept(scanner):
    merge = a_merge()

    scanner.send(**SCAN, patient=merge.merged.code)

    assert ExternalRecord.get().patient_id == merge.kept_id


def test_without_a_live_key_nothing_is_kept(scanner):
    patient, body = a_patient(), SCAN
    other = make_key(scanner.system.id, "Another", by=scanner.admin.id, now=utcnow())
    end_key(SystemKey.get(SystemKey.name == "Another").id, by=scanner.admin.id, now=utcnow())

    answers = [
        scanner.browser.post(WHERE, json=body | {"patient": patient.code}),
        scanner.post(key=other, json=body | {"patient": patient.code}),
        scanner.post(key="x" * 43, json=body | {"patient": patient.code}),
        scanner.post(key="ă", json=body | {"patient": patient.code}),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert all(a.headers["WWW-Authenticate"] == "Bearer" for a in answers)
    assert not ExternalRecord.select().exists()


def test_a_session_opens_nothing_here(web):
    admin = web.as_(a_person("admin"))

    assert admin.post(WHERE, json={}).status_code == 401


def test_a_system_that_is_ended_reports_nothing_more(scanner):
    scanner.system.ended_on = "2026-01-01"
    scanner.system.save()

    assert scanner.send(**SCAN, patient=a_patient().code).status_code == 401


BAD = (
    ("link", "http://scans.example.ro/S-1"),
    ("link", "javascript:alert(1)"),
    ("link", "https://me:secret@scans.example.ro/"),
    ("kind", "x-ray"),
    ("kind", 7),
    ("external_id", None),
    ("external_id", "a" * 121),
    ("external_id", "a\x00b"),
    ("file_name", "\ud800"),
    ("made_at", "2026-03-01 14:30"),
    ("made_at", "yesterday"),
    ("made_at", 1_700_000_000),
    ("ready_at", "2999-01-01T00:00:00Z"),
    ("ready_at", "0001-01-01T00:00:00+14:00"),
    ("patient", "P-999999"),
    ("patient", ["P-000001"]),
    ("ticket", "26-000001"),
    ("surprise", "anything"),
)


def test_what_is_not_as_asked_is_refused_by_its_field(scanner):
    good = SCAN | {"patient": a_patient().code}

    for field, value in BAD:
        answer = scanner.post(json=good | {field: value})
        named = "patient" if field == "ticket" else field
        assert (answer.status_code, answer.get_json()["field"]) == (422, named), (field, value)
        assert answer.get_json()["message"].endswith("."), (field, value)
    assert not ExternalRecord.select().exists()


def test_times_out_of_order_are_refused_in_the_words_of_the_rule(scanner):
    early = SCAN | {"uploaded_at": "2026-02-01T12:00:00Z"}

    answer = scanner.send(**early, patient=a_patient().code)

    assert answer.status_code == 422
    assert answer.get_json()["message"].startswith("It is created, then uploaded, then ready.")


NO_REPORTS = (
    (b"", "application/json", 400),
    (b"[1]", "application/json", 400),
    (b"{\xff}", "application/json", 400),
    (b'{"kind": "scan", "kind": "model"}', "application/json", 400),
    (b"[" * 9_000, "application/json", 400),
    (b"kind=scan", "application/x-www-form-urlencoded", 400),
    (b'"' + b"a" * 17_000 + b'"', "application/json", 413),
)


def test_what_is_no_report_at_all_is_refused_as_json(scanner):
    for body, kind, code in NO_REPORTS:
        answer = scanner.post(data=body, content_type=kind)
        assert answer.status_code == code, body[:20]
        assert answer.get_json()["message"]


def test_the_audit_names_the_system_and_its_key(scanner):
    scanner.send(**SCAN, patient=a_patient().code)

    change = AuditChange.get(AuditChange.table_name == "external_record")
    entry = AuditEntry.get_by_id(change.entry_id)
    assert (entry.door, entry.staff_id) == ("interface", None)
    assert entry.reason == f"{scanner.system.name}: Scanner PC"


def test_an_admin_makes_a_key_that_is_shown_once_and_kept_as_a_hash(web):
    system, browser = an_external_system(), web.as_(a_person("admin"))

    asked = browser.send("/system-keys/make", {"system_id": system.id})
    empty = browser.send("/system-keys/make", {"system_id": system.id, "name": " "})
    made = browser.send("/system-keys/make", {"system_id": system.id, "name": "Scanner PC"})
    again = browser.send("/system-keys/make", {"system_id": system.id, "name": "Scanner PC"})

    assert [a.status_code for a in (asked, empty, made, again)] == [200, 422, 200, 422]
    token = made.get_data(as_text=True).split('id="key" value="')[1].split('"')[0]
    key = SystemKey.get()
    assert token not in str(key.__data__) and len(token) == 43
    body = SCAN | {"patient": a_patient().code}
    headers = {"Authorization": f"Bearer {token}"}
    assert web.stranger().post(WHERE, json=body, headers=headers).status_code == 201
    page = browser.get(f"/system-key/details/?id={key.id}").get_data(as_text=True)
    assert token not in page and key.token_sha not in page

    assert browser.send("/system-keys/end", {"key_id": key.id}).status_code == 302
    assert web.stranger().post(WHERE, json=body, headers=headers).status_code == 401


def test_only_an_admin_makes_and_ends_keys(web, scanner):
    browser, key = web.as_(a_person("lab_supervisor")), SystemKey.get()

    made = browser.send("/system-keys/make", {"system_id": scanner.system.id, "name": "Mine"})
    ended = browser.send("/system-keys/end", {"key_id": key.id})

    assert (made.status_code, ended.status_code) == (403, 403)
    assert SystemKey.get_by_id(key.id).ended_at is None
    assert SystemKey.select().count() == 1
