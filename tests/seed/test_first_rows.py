"""The first rows: sown once and twice alike, whole, and ready to work with."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter

from schema import TABLES
from schema.automations import Automation
from schema.cards import Card
from schema.fields import TEETH
from schema.hours import Holiday
from schema.lab import RemakeCause, Shade, WorkType, WorkTypeMaterial
from schema.messages import Wording
from schema.photos import Shot
from schema.pipeline_terms import BLOCKS
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.protocols import ProcedureType, Protocol, ProtocolStage
from schema.recall import RecallRule
from schema.rights import FieldGrant, Grant
from schema.staff import Clinic, Role
from schema.wording_words import PLACEHOLDERS, names_in
from seed import sow_first_rows
from seed.pipelines import WAYS
from seed.rights import ROLES
from tests.factories import NOW

PIPELINES = {
    "order": "registration taken validation prototype framework fabrication handed_over closed",
    "zirconia": "impression_photo casting scanning cad consultation production",
    "fabrication": "milling sintering individualisation cementation done",
    "metal_ceramic": "dies wax_up casting_metal metal_finish metal_try_in ceramic glaze done",
    "press": "wax_up investing pressing press_finish glaze done",
    "denture": "tray bite_rim bite_round set_up wax_try_in processing denture_finish done",
    "production_control": "intake preparing making checking releasing done",
    "lead": "new contacted appointment_scheduled consultation_completed converted lost",
    "plan": "drafted awaiting_approval presentation_booked presented deciding accepted "
    "in_treatment completed declined lapsed",
    "claim": "drafted in_review returned approved submitted paid denied",
}
FIXED = "01-01 01-02 01-06 01-07 01-24 05-01 06-01 08-15 11-30 12-01 12-25 12-26"
CAUSES = {
    "scan": 6,
    "clinic": 9,
    "patient": 3,
    "design": 5,
    "lab": 11,
    "transport": 3,
    "other": 1,
}
EASTERS = {2026: (4, 12), 2027: (5, 2), 2028: (4, 16)}


def everything() -> dict[str, list[tuple]]:
    return {
        model._meta.table_name: list(model.select().order_by(model.id).tuples()) for model in TABLES
    }


def test_sowing_twice_is_sowing_once(house):
    sow_first_rows(NOW)
    before = everything()

    sow_first_rows(NOW + dt.timedelta(days=30))

    assert everything() == before


def test_sowing_is_quick(house):
    started = time.perf_counter()
    sow_first_rows(NOW)

    assert time.perf_counter() - started < 5


def test_what_the_clinic_changed_stays_as_it_is(house):
    sow_first_rows(NOW)
    Clinic.update(name="Zorilor").execute()
    ProcedureType.update(price=1).where(ProcedureType.code == "EX01").execute()
    Wording.update(text="Ours").where(Wording.event == "order_ready").execute()
    technician = Role.get(code="technician")
    Grant.delete().where(Grant.role == technician).execute()
    FieldGrant.update(access="read").execute()
    Pipeline.update(name="Ours").where(Pipeline.code == "lead").execute()
    changed = everything()

    sow_first_rows(NOW)

    assert everything() == changed


def test_rights_are_rows_of_what_is_written_down(house):
    sow_first_rows(NOW)

    for role in ROLES:
        row = Role.get(code=role.code)
        grants = {grant.table_name: grant for grant in row.grants}
        assert set(grants) == {right.table for right in role.grants}
        for right in role.grants:
            grant = grants[right.table]
            assert grant.scope == right.rows
            assert grant.may_create == ("create" in right.verbs)
            assert grant.may_edit == ("edit" in right.verbs)
            assert grant.may_export == ("export" in right.verbs)
    hidden = sum(len(right.hides) for role in ROLES for right in role.grants)
    assert FieldGrant.select().where(FieldGrant.access == "hidden").count() == hidden


def test_shades_and_teeth_are_those_of_their_standards(house):
    sow_first_rows(NOW)

    tabs = Counter(guide for (guide,) in Shade.select(Shade.guide).tuples())
    assert tabs["vita_classical"] == 16 and tabs["vita_3d_master"] == 29
    assert len(TEETH) == 52 == len(set(TEETH))


def test_the_laboratory_has_what_it_chooses_from(house):
    sow_first_rows(NOW)

    allowed = {work for (work,) in WorkTypeMaterial.select(WorkTypeMaterial.work_type).tuples()}
    assert allowed == {work.id for work in WorkType}
    groups = Counter(family for (family,) in RemakeCause.select(RemakeCause.family).tuples())
    assert groups == CAUSES
    moments = Counter(moment for (moment,) in Shot.select(Shot.moment).tuples())
    assert moments["before"] == moments["after"] == 12


def test_every_pipeline_is_published_with_its_stages_and_opens_a_card(house):
    sow_first_rows(NOW)

    for code, names in PIPELINES.items():
        pipeline = Pipeline.get(code=code)
        assert pipeline.published_at == NOW
        stages = {stage.code: stage for stage in pipeline.stages.order_by(Stage.position)}
        wanted = names.split()
        assert [name for name in stages if name in wanted] == wanted
        start = pipeline.stages.where(Stage.opens).order_by(Stage.position).get()
        card = Card.create(kind=pipeline.kind, pipeline=pipeline, stage=start, opened_at=NOW)
        assert card.stage == start


def test_every_stage_is_reached_from_the_start_and_every_open_one_is_left(house):
    sow_first_rows(NOW)

    for pipeline in Pipeline.select():
        steps = list(StageStep.select().where(StageStep.pipeline == pipeline))
        onward = {(s.from_stage_id, s.to_stage_id) for s in steps if not s.back}
        reached = {pipeline.stages.where(Stage.opens).order_by(Stage.position).get().id}
        for _ in pipeline.stages:
            reached |= {end for start, end in onward if start in reached}
        assert reached == {stage.id for stage in pipeline.stages}
        assert any(step.back for step in steps)
        for stage in pipeline.stages.where(Stage.category == "open"):
            assert stage.id in {start for start, _ in onward}
            assert stage.standard_minutes


def test_production_control_has_about_thirty_points_in_all_eight_blocks(house):
    sow_first_rows(NOW)

    ours = ControlPoint.select().join(Stage).join(Pipeline)
    points = list(ours.where(Pipeline.code == "production_control"))
    assert 28 <= len(points) <= 36
    assert {point.block for point in points} == set(BLOCKS)


def test_the_order_asks_for_photos_before_and_after(house):
    sow_first_rows(NOW)

    ours = ControlPoint.select().join(Stage).join(Pipeline)
    gates = ours.where(Pipeline.code == "order", ControlPoint.evidence == "photos")
    assert {(gate.about, gate.required) for gate in gates} == {("before", True), ("after", True)}


def test_automations_name_what_is_there(house):
    sow_first_rows(NOW)

    events = {event for (event,) in Wording.select(Wording.event).tuples()}
    rules = {code for (code,) in RecallRule.select(RecallRule.code).tuples()}
    for deed in Automation.select():
        assert deed.wording_code is None or deed.wording_code in events
        assert deed.recall_rule_code is None or deed.recall_rule_code in rules
        assert deed.child_pipeline_code is None or deed.child_pipeline_code in PIPELINES
    busy = {deed.stage.pipeline.code for deed in Automation.select()}
    assert busy == {way.code for way in WAYS}


def test_the_implant_protocol_is_booked_in_eight_weeks_within_ten_days(house):
    sow_first_rows(NOW)

    second = ProtocolStage.get(protocol=Protocol.get(code="implant"), number=2)
    assert (second.wait_days, second.book_within_days) == (56, 10)
    intervals = {r.code: (r.months, r.weeks, r.days) for r in RecallRule}
    assert intervals["preventive"] == (6, 0, 1)
    assert intervals["periodontal"] == (3, 0, 0)
    assert intervals["implant_review"] == (12, 0, 0)
    assert RecallRule.get(code="periodontal").instead_of.code == "preventive"


def test_wordings_say_every_event_in_both_languages_with_known_placeholders(house):
    sow_first_rows(NOW)

    said = Counter()
    for wording in Wording.select():
        text = f"{wording.subject or ''}{wording.text}"
        assert names_in(text) <= PLACEHOLDERS[wording.event], wording.text
        said[wording.event, wording.channel] += 1
        if wording.channel == "sms":
            assert wording.text.isascii() and len(wording.text) <= 150, wording.text
    assert set(said.values()) == {2}
    assert {event for event, channel in said if channel == "email"} == set(PLACEHOLDERS)


def test_holidays_of_three_years_are_those_of_romania(house):
    sow_first_rows(NOW)

    closed = {day for (day,) in Holiday.select(Holiday.day).tuples()}
    for year, (month, day) in EASTERS.items():
        easter = dt.date(year, month, day)
        moving = {easter + dt.timedelta(days=shift) for shift in (-2, 0, 1, 49, 50)}
        wanted = moving | {dt.date.fromisoformat(f"{year}-{date}") for date in FIXED.split()}
        assert {day for day in closed if day.year == year} == wanted
