"""What a dentist always wants stands at the bench, on the job ticket and nowhere else."""

from __future__ import annotations

import pytest

from schema.pipelines import Stage
from tests.admin_views.seats import a_seat
from tests.admin_views.test_matrix import somebody
from tests.factories import TODAY
from tests.factories.lab import a_material, a_work_type
from tests.factories.pipelines import a_pipeline
from tests.factories.preferences import a_dentist_preference
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import a_track
from tests.web import a_web

LABEL = "The dentist always wants"


@pytest.fixture
def order(house):
    """An order whose dentist wants four things, of which two concern it."""
    pipeline = a_pipeline("bench", "done", kind="track")
    Stage.update(clock="lab").where(Stage.pipeline == pipeline).execute()
    order = a_track(pipeline=pipeline).order
    wants = {"dentist": order.dentist}
    a_dentist_preference(wish="Thin margins", work_type=order.work_type, **wants)
    a_dentist_preference(wish="Light contacts", **wants)
    a_dentist_preference(wish="Another type", work_type=a_work_type(), **wants)
    a_dentist_preference(wish="Another material", material=a_material(), **wants)
    a_dentist_preference(wish="Not any more", ended_on=TODAY, **wants)
    a_dentist_preference(wish="Of somebody else", dentist=a_person("dentist"))
    return order


def test_the_job_ticket_tells_the_wishes_that_concern_it(desk, order):
    page = desk.get(f"/ticket/{order.id}").text
    assert LABEL in page and "Light contacts; Thin margins" in page
    for other in ("Another", "Not any more", "somebody else"):
        assert other not in page


def test_the_bench_tells_them_with_the_work(house, order):
    seen = "card track lab_order stage_capacity skill staff pipeline stage dentist_preference"
    made = dict.fromkeys(["assignment", "card_step", "bench_act"], "all create edit")
    browser, me = a_seat(house, dict.fromkeys(seen.split(), "all") | made)
    a_skill(staff=me, stage_code="bench")
    page = browser.get(f"/bench/works?open={order.ticket}").json["html"]
    assert "Light contacts; Thin margins" in page and "Another" not in page


def test_who_may_not_read_wishes_meets_none(house, order):
    browser, _ = a_seat(house, {"lab_order": "all", "card": "all"})
    page = browser.get(f"/ticket/{order.id}").text
    assert LABEL not in page and "Light contacts" not in page


def test_dentists_write_their_own_and_no_others(clinic):
    dentist = somebody("dentist")
    other = a_dentist_preference(dentist=a_person("dentist"))
    browser = a_web(clinic).as_(dentist)
    sent = {"dentist": dentist.id, "wish": "Margins like glass"}
    assert browser.send("/dentist-preference/new/", sent).status_code == 302
    assert "Margins like glass" in browser.get("/dentist-preference/").text
    assert browser.get(f"/dentist-preference/edit/?id={other.id}").status_code == 404
