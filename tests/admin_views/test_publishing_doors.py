"""No door publishes a photo without a consent in force for that use: screen, form, bulk, import."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from schema.publications import USES, Publication
from schema.workflow import Refused
from schema.workflow.import_plan import KINDS
from schema.workflow.photos import publish
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.conftest import House
from tests.factories import TODAY, later
from tests.factories.patients import a_consent
from tests.factories.photos import a_photo, a_publication
from tests.refusals import raw, refuses
from tests.web import Browser

ALL = "all create edit export"
# Far more than marketing has: what the rights leave open, the doors themselves must close.
RIGHTS = {"publication": ALL, "photo": ALL, "patient": ALL, "consent": ALL, "staff": ALL}


class Case:
    """A photo whose patient agreed to lectures alone, one that was taken down, and a browser."""

    def __init__(self, house: House) -> None:
        self.browser, self.me = a_seat(house, RIGHTS)
        self.past = a_publication(withdrawn_on=TODAY)
        self.patient = self.past.patient
        self.photo = a_photo(patient=self.patient)
        told = {"patient": self.patient, "at": later(days=-1)}
        a_consent(purpose="photo_lecture", **told)
        a_consent(purpose="photo_website", given=False, **told | {"at": later(hours=2)})

    @property
    def row(self) -> dict[str, Any]:
        return {
            "photo": self.photo.id,
            "patient": self.patient.id,
            "use": "website",
            "published_on": TODAY.isoformat(),
            "by": self.me.id,
        }


@pytest.fixture
def case(house: House) -> Iterator[Case]:
    found = Case(house)
    before = list(Publication.select().dicts())
    yield found
    assert list(Publication.select().dicts()) == before, "nothing is shown that was not"


def test_the_page_offers_only_the_uses_that_the_patient_agreed_to(case):
    page = text(case.browser.get("/publishing/"))
    assert f'name="photo" value="{case.photo.id}"' in page
    assert 'value="lecture"' in page and 'name="use" value="website"' not in page

    for use in ("website", "social", "print", "", "anything"):
        answer = case.browser.send("/publishing/show", {"photo": case.photo.id, "use": use})
        assert answer.status_code == 422, use
        assert "has not agreed to this photo for this use" in text(answer)


def test_the_form_of_the_list_writes_no_publication(case):
    for path in ("/publication/new/", f"/publication/edit/?id={case.past.id}"):
        assert case.browser.send(path, case.row).status_code in (403, 404), path


def test_many_rows_at_once_publish_nothing_and_show_nothing_again(case):
    seen = f"{case.past.id}:{case.past.row_version}"
    for step in ("choose", "preview", "apply"):
        fields = {"table": "publication", "step": step, "rows": seen, "rowid": case.past.id}
        fields |= {"change": ["use", "withdrawn_on"], "use": "social", "withdrawn_on": ""}
        assert case.browser.send("/bulk/", fields).status_code in (403, 404), step


def test_ending_a_publication_shows_nothing(case):
    for path in ("/publication/end/", "/publication/action/"):
        told = {"id": case.past.id, "rowid": case.past.id, "action": "end", "day": ""}
        assert case.browser.send(path, told).status_code in (302, 400, 403, 404), path


def test_no_list_that_is_brought_in_holds_publications(case):
    lines = "photo,patient,use,published_on\n1,1,website,2026-11-20\n"
    for kind in ("publications", "publication", "photos"):
        file = {"kind": kind, "file": (io.BytesIO(lines.encode()), "list.csv")}
        answer = case.browser.send("/imports/file", file, content_type="multipart/form-data")
        assert answer.status_code in (400, 403, 404, 422), kind
    assert not {"publications", "publication", "photos"} & set(KINDS)


def test_the_verb_refuses_every_use_without_a_consent_in_force(case):
    for use in set(USES) - {"lecture"}:
        with pytest.raises(Refused, match="has not agreed to this photo for this use"):
            publish(case.photo.id, use, by=case.me.id, today=TODAY)


def test_typed_sql_publishes_nothing_and_turns_nothing_into_another_use(case):
    asked = ("INSERT INTO publication (row_version, created_at, photo_id, patient_id, use, "
             "published_on, by_id) VALUES (1, '2026-11-20 10:00:00', ?, ?, ?, ?, ?)")  # fmt: skip
    for use in set(USES) - {"lecture"}:
        told = (case.photo.id, case.patient.id, use, TODAY.isoformat(), case.me.id)
        with refuses("publication_has_a_consent"):
            raw(asked, *told)
    with refuses("publication_has_a_consent"):
        raw("UPDATE publication SET use = 'social'")
    with refuses("publication_taken_down_stays"):
        raw("UPDATE publication SET withdrawn_on = NULL")
    for act in ("UPDATE consent SET given = TRUE", "DELETE FROM consent"):
        with refuses("consent_is_history"):
            raw(act)


def a_reader_of_photos(house: House) -> Browser:
    return a_seat(house, {"photo": ALL, "patient": ALL})[0]


def test_who_may_not_publish_meets_no_door_at_all(house):
    photo = a_photo()
    a_consent(patient=photo.patient, purpose="photo_website")
    browser = a_reader_of_photos(house)
    assert browser.get("/publishing/").status_code == 403
    told = {"photo": photo.id, "use": "website"}
    assert browser.send("/publishing/show", told).status_code == 403
    assert not Publication.select().exists()
