"""Publishing puts in use what its preview showed, also while two people draw one draft."""

from __future__ import annotations

from schema.pipelines import Pipeline
from schema.workflow.pipeline_stages import add_stage
from schema.workflow.pipelines import draft_of, in_use
from tests.factories import pipelines as make
from tests.pages import publish_as_shown


def test_what_a_colleague_drew_after_the_preview_is_shown_before_it_is_in_use(desk):
    pipeline = make.a_pipeline(kind="track")
    desk.send(f"/pipelines/{pipeline.id}/next")
    draft = draft_of(pipeline.code)
    path = f"/pipelines/{draft.id}/publish"
    page = desk.get(path).text
    assert "Nothing differs" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    add_stage(draft.id, "Polish", after=make.stage_of(draft, "working").id)

    answer = desk.send(path, {"seen": seen})

    assert answer.status_code == 422
    assert "changed after this page was shown" in answer.text and "Polish" in answer.text
    assert in_use(pipeline.code) == pipeline
    again = answer.text.split('name="seen" value="')[1].split('"')[0]
    assert desk.send(path, {"seen": again}).status_code == 302
    assert in_use(pipeline.code) == draft


def test_a_draft_that_was_not_looked_at_is_not_published(desk):
    draft = make.a_draft_pipeline()
    start = make.a_stage(pipeline=draft, opens=True)
    end = make.a_stage(pipeline=draft, category="done")
    make.a_stage_step(start, end)

    assert desk.send(f"/pipelines/{draft.id}/publish").status_code == 422
    assert Pipeline.get_by_id(draft.id).published_at is None
    assert publish_as_shown(desk, draft).status_code == 302
