"""Photos are written down as facts, published by agreement and taken down; on both engines."""

from __future__ import annotations

import pytest

from reports import publishing, shots_due
from schema.cards import Tick
from schema.orders import LabOrder
from schema.photos import Photo
from schema.publications import Publication
from schema.workflow import Refused
from schema.workflow.photos import Taken, publish, record_shots, take_down
from tests.factories import NOW, TODAY, later
from tests.factories.cards import a_card, moved
from tests.factories.orders import an_order
from tests.factories.patients import a_consent
from tests.factories.photos import a_photo, a_shot
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

pytestmark = pytest.mark.usefixtures("house")
LINK = "https://photos.clinic.test/1.jpg"
PRINT = "a" * 64


def due() -> list[tuple[str, bool]]:
    return [
        (shot.code, taken)
        for line in shots_due.rows(LabOrder.select())
        for shot, taken in line.shots
    ]


def now() -> list[str]:
    lines = shots_due.rows(LabOrder.select(), now_due=True)
    return sorted(shot.code for line in lines for shot, _ in line.shots)


def test_a_shot_is_due_until_it_is_uploaded():
    front, side = (a_shot(code=code, required=True) for code in ("front", "side"))
    a_shot(code="wished", required=False)
    order, me = an_order(), a_person("photo").id
    assert due() == [("front", False), ("side", False)]

    record_shots(order.id, [Taken(front.id), Taken(side.id, LINK, PRINT)], by=me, now=NOW)
    assert due() == [("front", True)]

    [photo] = record_shots(order.id, [Taken(front.id, LINK)], by=me, now=later(hours=1))
    assert due() == []
    assert Photo.select().count() == 2
    assert (photo.photographed_at, photo.uploaded_at) == (NOW, later(hours=1))


def test_a_shot_is_due_now_once_its_stage_is_reached():
    way = a_pipeline(kind="order")
    a_control_point(stage=stage_of(way, "working"), evidence="photos", about="after")
    for code, moment in (("front", "before"), ("result", "after"), ("tried", "try_in")):
        a_shot(code=code, required=True, moment=moment)
    order = an_order(card=a_card("order", pipeline=way))

    assert now() == ["front", "tried"], "nobody asks for the try-in, so it is due at any time"
    assert [code for code, _ in due()] == ["front", "result", "tried"]
    moved(order.card, "working")
    assert now() == ["front", "result", "tried"]


def test_a_process_asks_for_its_photos_too():
    way = a_pipeline("new", "casting", "done", kind="track")
    a_control_point(stage=stage_of(way, "casting"), evidence="photos", about="lab")
    a_shot(code="model", required=True, moment="lab")
    track = a_track(pipeline=way)
    assert now() == []

    moved(track.card, "casting")
    assert now() == ["model"]


def test_a_photo_of_an_order_with_one_tooth_is_of_that_tooth():
    shot, me = a_shot(required=True), a_person("photo").id
    crown, bridge = an_order(14), an_order(11, 21)
    told = {"by": me, "now": NOW}
    assert [one.tooth for one in record_shots(crown.id, [Taken(shot.id)], **told)] == [14]
    assert [one.tooth for one in record_shots(bridge.id, [Taken(shot.id)], **told)] == [None]
    other = a_shot()
    assert record_shots(crown.id, [Taken(other.id, tooth=15)], **told)[0].tooth == 15


def test_the_last_photo_ticks_the_control_point_by_itself():
    way = a_pipeline(kind="order")
    point = a_control_point(stage=stage_of(way, "new"), evidence="photos", about="before")
    shot = a_shot(required=True, moment="before")
    order, me = an_order(card=a_card("order", pipeline=way)), a_person("photo").id

    record_shots(order.id, [Taken(shot.id, LINK)], by=me, now=NOW)

    assert Tick.get().control_point == point


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ({"link": "http://photos.clinic.test/1"}, "https"),
        ({"link": LINK, "fingerprint": "abc"}, "64 digits"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_of_it_is_kept(taken, words):
    good, shot = a_shot(required=True), a_shot(required=True)
    order, me = an_order(), a_person("photo").id

    with pytest.raises(Refused, match=words):
        record_shots(order.id, [Taken(good.id, LINK), Taken(shot.id, **taken)], by=me, now=NOW)
    assert not Photo.select().exists()


def test_nothing_ticked_is_refused_and_so_is_a_second_photographed():
    shot, order, me = a_shot(required=True), an_order(), a_person("photo").id
    with pytest.raises(Refused, match="Tick what was photographed"):
        record_shots(order.id, [], by=me, now=NOW)
    record_shots(order.id, [Taken(shot.id)], by=me, now=NOW)
    with pytest.raises(Refused, match="give the link"):
        record_shots(order.id, [Taken(shot.id)], by=me, now=NOW)


def test_a_photo_is_published_use_by_use_and_once():
    photo, me = a_photo(), a_person("marketing").id
    a_consent(patient=photo.patient, purpose="photo_social", at=NOW)
    [offer] = publishing.showable(Photo.select())
    assert (offer.uses, offer.shown) == (("social",), frozenset())

    with pytest.raises(Refused, match="has not agreed to this photo for this use"):
        publish(photo.id, "website", by=me, today=TODAY)
    publish(photo.id, "social", by=me, today=TODAY, link=LINK)
    with pytest.raises(Refused, match="shown there already"):
        publish(photo.id, "social", by=me, today=TODAY)

    [offer] = publishing.showable(Photo.select())
    assert offer.shown == {"social"}


def test_a_withdrawal_lists_what_to_take_down_until_it_is_done():
    photo, me = a_photo(), a_person("marketing").id
    for use in ("social", "print"):
        a_consent(patient=photo.patient, purpose=f"photo_{use}", at=NOW)
        publish(photo.id, use, by=me, today=TODAY)
    assert publishing.to_take_down(Publication.select()) == []

    a_consent(patient=photo.patient, purpose="photo_print", given=False, at=later(days=2))
    [down] = publishing.to_take_down(Publication.select())
    assert down.use == "print"
    assert [one.uses for one in publishing.showable(Photo.select())] == [("social",)]

    take_down(down.id, today=TODAY)
    take_down(down.id, today=TODAY)
    assert publishing.to_take_down(Publication.select()) == []
    assert Publication.get_by_id(down.id).withdrawn_on == TODAY


def test_a_photo_to_show_names_its_other_side_if_that_may_be_shown_too():
    before, after, other = (
        a_shot(view=view, moment=moment)
        for view, moment in (("smile", "before"), ("smile", "after"), ("arch", "after"))
    )
    order = an_order()
    first = a_photo(order=order, shot=before)
    far = a_photo(patient=order.patient, shot=after, **taken(20))
    near = a_photo(patient=order.patient, shot=after, **taken(5))
    a_photo(patient=order.patient, shot=other)
    a_photo(shot=after)
    a_consent(patient=order.patient, purpose="photo_social", at=NOW)

    found = publishing.showable(Photo.select())
    assert publishing.counterparts(found)[first.id] == near
    Photo.update(order=order).where(Photo.id == far.id).execute()
    mates = publishing.counterparts(publishing.showable(Photo.select()))
    assert (mates[first.id], mates[near.id]) == (far, first)
    assert set(mates) == {first.id, near.id, far.id}
    a_consent(patient=order.patient, purpose="photo_social", given=False, at=later(days=30))
    assert publishing.counterparts(found) == {}


def taken(days: int) -> dict[str, object]:
    return {"photographed_at": later(days=days), "uploaded_at": later(days=days)}
