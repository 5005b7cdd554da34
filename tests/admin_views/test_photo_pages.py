"""The pages about photos: shots to take, pairs to compare, pictures to publish; by role."""

from __future__ import annotations

import pytest

from schema.photos import Photo
from schema.publications import Publication
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories import NOW, later
from tests.factories.orders import an_order
from tests.factories.patients import a_consent, a_patient
from tests.factories.photos import a_photo, a_shot

OPERATOR = {"photo": "all create edit", "lab_order": "all", "patient": "all", "staff": "all",
            "shot": "all", "work_type": "all", "card": "all"}  # fmt: skip
MARKETING = {"publication": "all create edit"}
LINK = "https://photos.clinic.test/1.jpg"


def test_the_operator_notes_all_shots_of_an_order_at_once(house):
    front, side = (a_shot(name=name, required=True) for name in ("Front", "Side"))
    order = an_order()
    desk, me = a_seat(house, OPERATOR)
    assert order.ticket in text(desk.get("/shots/"))

    sent = {f"taken.{front.id}": "1", f"link.{front.id}": "", f"link.{side.id}": LINK}
    assert desk.send(f"/shots/{order.id}", sent).status_code == 302
    assert {(p.shot_id, p.link, p.photographed_by_id) for p in Photo.select()} == {
        (front.id, None, me.id),
        (side.id, LINK, me.id),
    }


def test_a_wrong_link_is_explained_and_what_was_typed_stays(house):
    shot, order = a_shot(required=True), an_order()
    desk, _ = a_seat(house, OPERATOR)

    answer = desk.send(f"/shots/{order.id}", {f"link.{shot.id}": "photos.clinic.test"})

    assert answer.status_code == 422 and 'value="photos.clinic.test"' in answer.text
    assert not Photo.select().exists()


@pytest.mark.parametrize("asked", ["q=popescu", "q=ana+pop", "tooth=11", "patient={patient}"])
def test_a_pair_is_found_by_what_is_known_of_it(house, asked):
    one, other = a_patient(last_name="Popescu", first_name="Ana"), a_patient(last_name="Georgescu")
    for moment, day in (("before", 0), ("after", 30)):
        shot = a_shot(view="smile", moment=moment, name="Smile")
        facts = {"photographed_at": later(days=day), "uploaded_at": later(days=day)}
        link = f"https://photos.clinic.test/{moment}.jpg"
        a_photo(patient=one, shot=shot, tooth=11, link=link, **facts)
        a_photo(patient=other, shot=shot, tooth=21, link=f"https://photos.clinic.test/x{moment}")
    desk, _ = a_seat(house, OPERATOR)

    page = text(desk.get(f"/before-after/?{asked.format(patient=one.id)}"))

    assert "before.jpg" in page and "after.jpg" in page
    assert "xbefore" not in page and "Georgescu" not in page


@pytest.mark.parametrize("knows_teeth", [True, False])
def test_a_photo_is_found_by_a_tooth_of_its_order(house, knows_teeth):
    a_photo(order=an_order(11, 21), shot=a_shot(moment="before"), link=LINK)
    desk, _ = a_seat(house, OPERATOR | ({"order_tooth": "all"} if knows_teeth else {}))

    assert (LINK in text(desk.get("/before-after/?tooth=21"))) is knows_teeth
    assert LINK not in text(desk.get("/before-after/?tooth=22"))


def test_photos_outside_of_the_scope_are_not_found(house):
    a_photo(patient=a_patient(last_name="Popescu"), shot=a_shot(moment="before"), link=LINK)
    desk, _ = a_seat(house, OPERATOR | {"photo": "own"})
    assert LINK not in text(desk.get("/before-after/?q=popescu"))


def test_marketing_sees_only_what_may_be_shown_and_no_names(house):
    person = a_patient(last_name="Popescu", first_name="Zamfira")
    shown, hidden = a_photo(patient=person, link=LINK), a_photo(link=f"{LINK}?zzclosed")
    a_consent(patient=person, purpose="photo_website", at=NOW)
    desk, _ = a_seat(house, MARKETING, hides="publication.photo publication.patient")

    page = text(desk.get("/publishing/"))

    assert LINK in page and "zzclosed" not in page
    assert "Zamfira" not in page and "Popescu" not in page
    for path in ("/photo/", f"/photo/details/?id={shown.id}", "/before-after/?q=popescu"):
        assert desk.get(path).status_code == 403
    refused = desk.send("/publishing/show", {"photo": hidden.id, "use": "website"})
    assert refused.status_code == 422
    assert desk.send("/publishing/show", {"photo": shown.id, "use": "print"}).status_code == 422
    assert desk.send("/publishing/show", {"photo": shown.id, "use": "website"}).status_code == 302
    assert [one.photo_id for one in Publication.select()] == [shown.id]


def test_a_withdrawal_stands_on_the_page_until_it_is_noted(house):
    photo = a_photo()
    a_consent(patient=photo.patient, purpose="photo_website", at=NOW)
    desk, _ = a_seat(house, MARKETING)
    desk.send("/publishing/show", {"photo": photo.id, "use": "website"})
    a_consent(patient=photo.patient, purpose="photo_website", given=False, at=later(days=400))
    assert "It is taken down" in text(desk.get("/publishing/"))

    [row] = Publication.select()
    assert desk.send("/publishing/take-down", {"publication": row.id}).status_code == 302
    assert "It is taken down" not in text(desk.get("/publishing/"))
    assert Publication.get().withdrawn_on is not None


def test_photos_to_show_come_page_by_page_and_one_that_is_shown_keeps_the_page(house):
    photos = [a_photo(photographed_at=later(days=-number)) for number in range(26)]
    for photo in photos:
        a_consent(patient=photo.patient, purpose="photo_website", at=NOW)
    desk, _ = a_seat(house, MARKETING)

    first, second = (text(desk.get(f"/publishing/?use=website{page}")) for page in ("", "&page=1"))
    for page, there in ((first, photos[:24]), (second, photos[24:])):
        assert page.count('name="photo"') == len(there)
        assert all(f'name="photo" value="{one.id}"' in page for one in there)
    assert "page=1" in first and "page=2" not in second
    told = {"photo": photos[25].id, "use": "website"}
    answer = desk.send("/publishing/show?use=website&page=1", told)
    assert answer.location == "/publishing/?use=website&page=1"


def test_nobody_publishes_by_the_form_of_the_list(house):
    desk, _ = a_seat(house, MARKETING | {"photo": "all"})
    assert desk.get("/publication/new/").status_code in (403, 404)
