"""Uploaded means photographed and linked; published means the patient said yes."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.copies import insert_like
from tests.factories import later
from tests.factories.orders import an_order
from tests.factories.patients import a_consent, a_patient
from tests.factories.photos import a_photo, a_publication, a_shot, a_shot_requirement
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_shot_is_listed_once():
    shot = a_shot()

    with refuses("shot_code_is_free"):
        insert_like(shot, view="another")
    with refuses("shot_view_once_per_moment"):
        insert_like(shot, code="another")

    insert_like(shot, code="another", moment="after")


def test_a_work_type_says_once_whether_it_needs_a_shot():
    requirement = a_shot_requirement()

    with refuses("shot_requirement_stated_once"):
        insert_like(requirement)


def test_a_photo_is_of_the_patient_of_its_order():
    photo = a_photo(order=an_order())

    with refuses("photo_is_of_the_orders_patient"):
        raw("UPDATE photo SET patient_id = ? WHERE id = ?", a_patient().id, photo.id)


def test_an_uploaded_photo_was_photographed_and_has_a_link():
    photo = a_photo()

    with refuses("photo_uploaded_after_photographed"):
        raw(
            "UPDATE photo SET photographed_at = NULL, photographed_by_id = NULL WHERE id = ?",
            photo.id,
        )
    with refuses("photo_uploaded_after_photographed"):
        raw("UPDATE photo SET uploaded_at = '2020-01-01 00:00:00' WHERE id = ?", photo.id)
    with refuses("photo_uploaded_has_a_link"):
        raw("UPDATE photo SET link = NULL WHERE id = ?", photo.id)
    with refuses("photo_names_its_photographer"):
        raw("UPDATE photo SET photographed_by_id = NULL WHERE id = ?", photo.id)

    raw("UPDATE photo SET uploaded_at = NULL, link = NULL WHERE id = ?", photo.id)


def test_a_published_photo_stays():
    publication = a_publication()

    with refuses("photo_published_stays"):
        raw("UPDATE photo SET link = 'https://x.test/1' WHERE id = ?", publication.photo_id)
    with refuses("photo_published_stays"):
        raw("DELETE FROM photo WHERE id = ?", publication.photo_id)


def test_a_photo_is_published_for_the_patient_who_is_on_it():
    publication, other = a_publication(), a_publication()

    with refuses("publication_is_of_the_photos_patient"):
        insert_like(publication, patient_id=other.patient_id)


def test_a_photo_is_published_only_under_a_consent_in_force_that_day():
    publication = a_publication()
    a_consent(patient=publication.patient, purpose="photo_website", given=False, at=later(days=3))

    insert_like(publication, published_on="2026-11-22")
    for day in ("2026-11-19", "2026-11-23"):
        with refuses("publication_has_a_consent"):
            insert_like(publication, published_on=day)


def test_a_consent_to_clinical_photos_is_no_consent_to_publish():
    publication, photo = a_publication(), a_photo()
    a_consent(patient=photo.patient, purpose="photo_clinical")

    with refuses("publication_has_a_consent"):
        insert_like(publication, photo_id=photo.id, patient_id=photo.patient_id)


def test_a_photo_is_uploaded_before_it_is_published():
    publication = a_publication()
    photo = a_photo(patient=publication.patient, uploaded_at=None)

    with refuses("publication_is_of_an_uploaded_photo"):
        insert_like(publication, photo_id=photo.id)


def test_a_publication_is_withdrawn_after_it_was_published():
    publication = a_publication(published_on=dt.date(2026, 11, 21))

    with refuses("publication_withdrawn_after_published"):
        raw("UPDATE publication SET withdrawn_on = '2026-11-20' WHERE id = ?", publication.id)

    raw("UPDATE publication SET withdrawn_on = '2026-11-21' WHERE id = ?", publication.id)


def test_what_was_shown_stays_known_and_is_shown_anew_only_under_a_consent():
    publication = a_publication()
    raw("UPDATE publication SET withdrawn_on = '2026-12-24' WHERE id = ?", publication.id)
    a_consent(patient=publication.patient, purpose="photo_website", given=False, at=later(days=1))

    for day in (None, "2027-01-31"):
        with refuses("publication_taken_down_stays"):
            raw("UPDATE publication SET withdrawn_on = ? WHERE id = ?", day, publication.id)
    with refuses("publication_is_never_removed"):
        raw("DELETE FROM publication WHERE id = ?", publication.id)


def test_a_photo_by_which_the_patient_is_known_needs_an_agreement_to_that():
    publication = a_publication()
    photo = a_photo(patient=publication.patient, recognisable=True)
    face = a_photo(patient=publication.patient, shot=a_shot(recognisable=True))

    for one in (photo, face):
        with refuses("publication_has_a_consent"):
            insert_like(publication, photo_id=one.id)
    a_consent(
        patient=publication.patient, purpose="photo_website", recognisable=True, at=later(hours=1)
    )
    for one in (photo, face):
        insert_like(publication, photo_id=one.id)


def test_a_consent_to_one_use_is_none_to_another():
    publication = a_publication()

    for use in ("social", "print", "lecture"):
        with refuses("publication_has_a_consent"):
            insert_like(publication, use=use)
        with refuses("publication_has_a_consent"):
            raw("UPDATE publication SET use = ? WHERE id = ?", use, publication.id)


def test_a_photo_that_is_shown_names_nobody_afterwards():
    publication = a_publication()

    with refuses("photo_published_stays_hidden"):
        raw("UPDATE photo SET recognisable = TRUE WHERE id = ?", publication.photo_id)
    raw("UPDATE publication SET withdrawn_on = '2026-12-24' WHERE id = ?", publication.id)
    raw("UPDATE photo SET recognisable = TRUE WHERE id = ?", publication.photo_id)
