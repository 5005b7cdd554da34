"""Eight scanners report the same file at the same moment: one record, whoever comes first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from schema.base import utcnow
from schema.bridges import ExternalRecord
from schema.cards import Tick
from schema.staff import Staff
from schema.workflow.system_keys import make_key
from tests.concurrency.crowd import PEOPLE, Crowd
from tests.factories.bridges import an_external_system
from tests.factories.orders import an_order
from tests.factories.pipelines import a_control_point, a_draft_pipeline, a_stage, published
from tests.factories.staff import a_person
from tests.factories.tracks import a_track
from tests.web import a_web

ROUNDS = 10


def reporting(place: int, key: str, ticket: str, process: str) -> Counter[tuple[int, str]]:
    """Ten files, each reported by all eight; every other one says where it lies."""
    browser, told = a_web(None).stranger(), Counter[tuple[int, str]]()
    for number in range(ROUNDS):
        report: dict[str, Any] = {
            "kind": "scan",
            "external_id": f"S-{number}",
            "ticket": ticket,
            "process": process,
            "file_name": "arch.stl",
            "ready_at": "2026-03-01T12:45:00+00:00",
        }
        if place % 2:
            report["link"] = "https://scans.example.ro/arch"
        answer = browser.post(
            "/api/external-records", json=report, headers={"Authorization": f"Bearer {key}"}
        )
        told[answer.status_code, answer.get_json().get("outcome", "")] += 1
    return told


def test_a_file_that_eight_report_at_once_is_kept_once(house, crowd: Crowd):
    way = a_draft_pipeline(kind="track")
    scanning = a_stage(pipeline=way, opens=True)
    point = a_control_point(stage=scanning, evidence="link", about="scan")
    order = an_order(11)
    track = a_track(order=order, pipeline=published(way))
    admin: Staff = a_person("admin")
    key = make_key(an_external_system().id, "Scanner PC", by=admin.id, now=utcnow())

    told = sum(
        crowd.all_do(house.url, reporting, key, order.ticket, way.code), Counter[tuple[int, str]]()
    )

    assert told.total() == PEOPLE * ROUNDS
    assert told[201, "created"] == ROUNDS
    assert {status for status, _ in told} == {200, 201}
    records = list(ExternalRecord.select())
    assert sorted(one.external_id for one in records) == [f"S-{n}" for n in range(ROUNDS)]
    assert {(one.card_id, one.link) for one in records} == {
        (track.card_id, "https://scans.example.ro/arch")
    }
    ticks = Tick.select().where(Tick.card == track.card, Tick.control_point == point)
    assert [tick.done for tick in ticks] == [True]
