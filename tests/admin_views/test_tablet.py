"""The shared tablet, tried with a browser: names, PIN, the floor and nothing else, giving back."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from admin_views.people import TABLET_COOKIE
from admin_views.resending import typed_again
from schema.base import utcnow
from schema.cards import Note
from schema.rights import Grant
from schema.sessions import SignIn
from schema.staff import Role, Staff, StaffRole
from schema.tablets import SharedDevice, StaffPin
from schema.workflow import passwords
from schema.workflow.pins import is_locked, pin_of
from schema.workflow.sign_in import is_admin
from schema.workflow.tablets import enrol, revoke
from seed.demo.people import PIN as DEMO_PIN
from seed.rights import sow_rights
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.seats import a_seat
from tests.factories.cards import a_card
from tests.factories.contacts import a_contact
from tests.factories.orders import an_order
from tests.factories.patients import a_patient
from tests.factories.photos import a_shot, a_shot_requirement
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_clinic, a_location, a_person, a_role
from tests.factories.tablets import PIN, a_pin, a_tablet
from tests.web import Web, a_web

WORDS = "lampa verde sub masa"
KEPT = passwords.hash_password(WORDS)


class Place:
    """A location with a tablet, and people with PINs who work there."""

    def __init__(self, web: Web) -> None:
        self.web, self.location = web, a_location()
        sow_rights()
        self.supervisor = a_person("lab_supervisor", location=self.location)
        self.device, self.token = enrol(
            "Milling", self.location.id, 2, by=self.supervisor.id, now=utcnow()
        )

    def somebody(self, role="technician", **columns):
        good = {"location": self.location, "password_hash": KEPT}
        person = a_person(role, **good | columns)
        a_pin(staff=person)
        return person

    def tablet(self):
        """The tablet's own browser."""
        browser = self.web.stranger()
        browser.set_cookie(TABLET_COOKIE, self.token)
        return browser


@pytest.fixture
def place(web: Web) -> Place:
    a_clinic()
    return Place(web)


def enter(browser, person, pin=PIN):
    return browser.send(f"/tablet/{person.id}", {"pin": pin})


def is_at_the_floor(browser) -> bool:
    return browser.get("/scan/").status_code == 200


def test_a_device_that_is_no_tablet_shows_no_names_and_takes_no_pin(place):
    ana = place.somebody()
    browser = place.web.stranger()

    for planted in (None, "a word that nobody gave out"):
        if planted:
            browser.set_cookie(TABLET_COOKIE, planted)
        answers = [browser.get("/tablet/"), browser.get(f"/tablet/{ana.id}"), enter(browser, ana)]
        assert [answer.status_code for answer in answers] == [404] * 3
        assert all(ana.last_name not in answer.text for answer in answers)
    assert pin_of(ana).wrong_tries == 0 and not SignIn.select().exists()


def test_the_tablet_shows_those_who_work_there_and_nobody_else(place):
    ana, elsewhere = place.somebody(), a_person(location=a_location())
    without = a_person(location=place.location)
    a_pin(staff=elsewhere)

    page = place.tablet().get("/tablet/").text

    assert ana.last_name in page
    assert elsewhere.last_name not in page and without.last_name not in page
    for other in (elsewhere, without):
        assert enter(place.tablet(), other).status_code == 404


def test_the_right_pin_opens_an_own_session_and_strangers_are_led_to_the_names(place):
    ana, browser = place.somebody(), place.tablet()
    assert browser.get("/bench/").location == "/tablet/"

    answer = enter(browser, ana)

    assert answer.location == "/tablet/floor" and is_at_the_floor(browser)
    [session] = SignIn.select()
    assert (session.staff, session.tablet) == (ana, place.device)
    assert ana.last_name in browser.get("/scan/").text
    assert browser.get("/tablet/").location == "/tablet/floor"


def test_a_wrong_pin_says_how_many_tries_are_left_and_never_comes_back(place):
    ana, browser = place.somebody(), place.tablet()

    answer = enter(browser, ana, "680113")

    assert answer.status_code == 422 and "left: 4" in answer.text
    assert "680113" not in answer.text and not is_at_the_floor(browser)


def test_a_locked_pin_stays_locked_for_the_right_digits_too(place):
    ana, browser = place.somebody(), place.tablet()
    for _ in range(5):
        enter(browser, ana, "680113")

    assert "locked after five" in enter(browser, ana).text and not is_at_the_floor(browser)
    assert "PIN locked" in browser.get("/tablet/").text


def test_the_tablets_word_is_the_tablets_alone(place):
    answer = place.tablet().get("/tablet/")

    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if "tablet" in one)
    assert re.fullmatch(
        rf"tablet={place.token}; Expires=[^;]+; Max-Age=34560000; HttpOnly; Path=/; SameSite=Lax",
        cookie,
    )
    assert place.token not in answer.text


def test_a_session_of_the_tablet_is_worth_nothing_in_another_browser(place):
    ana, browser, thief = place.somebody(), place.tablet(), place.web.stranger()
    enter(browser, ana)
    thief._cookies.update(
        {key: cookie for key, cookie in browser._cookies.items() if TABLET_COOKIE not in key}
    )

    assert not is_at_the_floor(thief) and is_at_the_floor(browser)


def test_a_revoked_tablet_is_out_with_the_next_request(place):
    ana, browser = place.somebody(), place.tablet()
    enter(browser, ana)

    revoke(place.device.id, now=utcnow())

    assert not is_at_the_floor(browser)
    answer = browser.get("/tablet/")
    assert answer.status_code == 404 and "tablet=;" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "path",
    [
        "/lab-order/export/csv/",
        "/staff/",
        "/staff/edit/?id=1",
        "/set-up/",
        "/tablets/",
        "/my-pin",
        "/password",
        "/me/sign-ins",
        "/find/",
        "/rights/",
        "/imports/",
        "/audit/",
        "/lab-order/",
        "/staff-pin/",
    ],
)
def test_a_pin_opens_the_floor_and_nothing_else_whatever_the_role(place, path):
    admin, browser = place.somebody("admin"), place.tablet()
    enter(browser, admin)
    assert is_admin(admin.id) and is_at_the_floor(browser)

    answer = browser.get(path)

    assert answer.status_code == 403
    assert "Not with a PIN" in answer.text and 'href="/sign-in"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/queue/assign",
        "/queue/mark",
        "/cards/1/move",
        "/cards/1/reassign",
        "/cards/1/reopen",
        "/see-as",
        "/password-link",
        "/my-pin",
    ],
)
def test_a_pin_writes_at_the_bench_and_the_shelf_alone(place, path):
    browser = place.tablet()
    enter(browser, place.somebody("admin"))

    answer = browser.send(path, {"act": "end", "password": WORDS})

    assert (
        answer.status_code in (403, 405)
        and StaffPin.select().where(StaffPin.ended_on.is_null(False)).count() == 0
    )


def test_the_floor_is_open_and_has_no_way_out_of_it(place):
    browser = place.tablet()
    enter(browser, place.somebody())

    for path in ("/bench/", "/queue/", "/scan/", "/custody/"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert "Give back" in answer.text and 'class="side"' not in answer.text
        assert 'href="/password"' not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get("/").location == "/tablet/floor"


@pytest.mark.parametrize("role", ["technician", "lab_supervisor"])
def test_no_link_of_the_floor_leads_off_it(clinic, role):
    """Every kind of link, from the first pages on; of each kind of page a few."""
    held = Staff.select().join(StaffRole).join(Role).where(Role.code == role)
    person = held.where(Staff.ended_on.is_null()).first()
    place = person.location_id
    _, word = enrol("The mill", place, 2, by=person.id, now=utcnow())
    browser = a_web(clinic).stranger()
    browser.set_cookie(TABLET_COOKIE, word)
    browser.send(f"/tablet/{person.id}", {"pin": DEMO_PIN})

    waiting, kinds, refused = ["/bench/", "/queue/", "/machines/", "/custody/", "/scan/"], {}, []
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9]+", "#", path.split("?")[0])
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 4:
            continue
        answer = browser.get(path)
        if answer.status_code != 200:
            refused.append((path, answer.status_code))
            continue
        found = re.findall(r'href="(/[^"#]*)[^"]*"', answer.text)
        waiting += [one.replace("&amp;", "&") for one in found if not one.startswith("/static")]
    assert {"/cards/#", "/custody/order/#"} <= set(kinds)
    assert not refused


def test_the_queue_is_read_on_a_tablet_and_given_out_elsewhere(place):
    browser = place.tablet()
    a_pin(staff=place.supervisor)
    enter(browser, place.supervisor)

    page = browser.get("/queue/").text

    assert "Laboratory queue" in page and "/wall/" not in page
    assert "Assign ticked" not in page and "/queue/mark" not in page


def test_a_card_takes_notes_on_a_tablet_and_is_moved_and_given_out_elsewhere(place):
    browser, card = place.tablet(), a_card("track")
    a_pin(staff=place.supervisor)
    known = place.web.as_(place.supervisor).get(f"/cards/{card.id}").text
    assert "/reassign" in known and "/board/" in known
    enter(browser, place.supervisor)

    page = browser.get(f"/cards/{card.id}").text
    answer = browser.send(f"/cards/{card.id}/note", {"text": "Ask for the shade."})

    assert "/note" in page
    for act in ("/move", "/reassign", "/reopen", "/board/"):
        assert f"/cards/{card.id}{act}" not in page and 'href="/board/' not in page
    assert answer.status_code == 302 and Note.get().text == "Ask for the shade."
    assert browser.send(f"/cards/{card.id}/reassign", {"staff": "1"}).status_code == 403


def test_a_card_leads_nowhere_off_the_floor(place):
    way = a_pipeline(kind="order")
    a_control_point(stage=stage_of(way, "new"), evidence="photos", about="before")
    order = an_order(card=a_card("order", pipeline=way, location=place.location))
    a_shot_requirement(work_type=order.work_type, shot=a_shot())
    boss = somebody_who_may_do_everything()
    Staff.update(location=place.location).where(Staff.id == boss.id).execute()
    a_pin(staff=boss)
    off = [f"/take-over/?card={order.card_id}", f"/lab-order/edit/?id={order.id}", "/shots/"]
    off += ["/external-record/new/", "/photo/new/"]

    known = place.web.as_(boss).get(f"/cards/{order.card_id}").text
    browser = place.tablet()
    enter(browser, boss)
    page = browser.get(f"/cards/{order.card_id}").text

    assert [path for path in off if f'href="{path}' in known] == off
    assert "thing is missing" in page and not [path for path in off if f'href="{path}' in page]


def test_recordings_of_calls_are_not_heard_on_a_tablet(place):
    browser, card = place.tablet(), a_card(location=place.location)
    patient = a_patient(location=place.location)
    said = {"note": "Asked for the shade", "recording_link": "https://calls.example.ro/17"}
    a_contact(card=card, patient=patient, **said)
    enter(browser, place.somebody("call_centre"))

    page = browser.get(f"/cards/{card.id}").text

    assert "Asked for the shade" in page and "calls.example.ro" not in page


def test_a_password_opens_the_rest_on_the_tablet_too_and_ends_the_session_of_the_pin(place):
    ana, browser = place.somebody(), place.tablet()
    enter(browser, ana)
    assert browser.get("/sign-in").status_code == 200

    answer = browser.send("/sign-in", {"email": ana.email, "password": WORDS})

    assert answer.location == "/"
    assert browser.get("/my-pin").status_code == 200
    [open_one] = SignIn.select().where(SignIn.ended_at.is_null())
    assert open_one.tablet is None


def test_who_moves_to_another_location_is_out_with_the_next_request(place):
    ana, browser = place.somebody(), place.tablet()
    enter(browser, ana)

    Staff.update(location=a_location()).where(Staff.id == ana.id).execute()

    assert not is_at_the_floor(browser)
    assert ana.last_name not in browser.get("/tablet/").text


def test_ones_own_sign_ins_name_the_tablet_and_end_what_is_open_there(place):
    ana, browser = place.somebody(), place.tablet()
    enter(browser, ana)
    own = place.web.as_(ana)
    assert "Shared tablet: Milling" in own.get("/me/sign-ins").text

    own.send("/me/sign-ins/end-all")

    assert not is_at_the_floor(browser)


def test_giving_back_ends_the_session_and_keeps_what_waits_in_the_browser(place):
    ana, browser = place.somebody(), place.tablet()
    enter(browser, ana)

    answer = browser.send("/tablet/back")

    assert answer.location == "/tablet/" and "Clear-Site-Data" not in answer.headers
    assert not is_at_the_floor(browser)
    assert SignIn.get().ended_at is not None


def test_signing_out_on_a_tablet_leaves_the_taps_of_others(place):
    browser = place.tablet()
    browser.send("/sign-in", {"email": place.somebody().email, "password": WORDS})

    answer = browser.send("/sign-out")

    assert "storage" not in answer.headers["Clear-Site-Data"]
    assert answer.location == "/tablet/", "the names are there for the next person"


def test_the_next_person_is_not_the_one_before(place):
    ana, vlad, browser = place.somebody(), place.somebody(), place.tablet()
    enter(browser, ana)
    browser.send("/tablet/back")

    enter(browser, vlad)

    page = browser.get("/scan/").text
    assert vlad.last_name in page and ana.last_name not in page


def seen_ago(**ago):
    SignIn.update(seen_at=utcnow() - dt.timedelta(**ago)).execute()


def test_two_minutes_without_a_touch_end_the_session(place):
    browser = place.tablet()
    enter(browser, place.somebody())
    SignIn.update(started_at=utcnow() - dt.timedelta(hours=1)).execute()

    seen_ago(seconds=110)
    assert is_at_the_floor(browser)
    seen_ago(seconds=125)
    assert not is_at_the_floor(browser)


def test_what_a_page_asks_by_itself_is_no_touch(place):
    browser = place.tablet()
    enter(browser, place.somebody())
    SignIn.update(started_at=utcnow() - dt.timedelta(hours=1)).execute()
    seen_ago(seconds=60)
    before = SignIn.get().seen_at

    by_itself = browser.get("/bench/works", headers={"X-Requested-With": "XMLHttpRequest"})
    assert by_itself.status_code == 200 and SignIn.get().seen_at == before

    assert browser.send("/tablet/touched").status_code == 204
    assert SignIn.get().seen_at > before


def test_a_password_session_on_a_shared_tablet_is_as_short_as_one_of_a_pin(place):
    ana, browser, own = place.somebody(), place.tablet(), place.web.stranger()
    for one in (browser, own):
        one.send("/sign-in", {"email": ana.email, "password": WORDS})
    SignIn.update(started_at=utcnow() - dt.timedelta(hours=1)).execute()
    assert 'id="tablet-lock"' in browser.get("/scan/").text
    assert 'id="tablet-lock"' not in own.get("/scan/").text

    seen_ago(seconds=110)
    by_itself = browser.get("/scan/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert by_itself.status_code == 200
    seen_ago(seconds=125)
    assert is_at_the_floor(own), "one's own computer keeps its half hour"
    assert browser.get("/scan/").location == "/tablet/"

    seen_ago(seconds=125)
    revoke(place.device.id, now=utcnow())
    assert is_at_the_floor(browser), "a revoked tablet is a browser like any other"


def test_taps_of_one_person_are_not_taken_as_anothers(place):
    ana, vlad, browser = place.somebody(), place.somebody(), place.tablet()
    enter(browser, vlad)

    answer = browser.send(
        "/bench/act",
        {"person": ana.id, "card": "1", "deed": "start", "key": "k" * 20, "seen": "0"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert answer.status_code == 401
    by_itself = {"X-Requested-With": "XMLHttpRequest"}
    for person, code in ((ana, 401), (vlad, 200)):
        page = browser.get(f"/bench/works?person={person.id}", headers=by_itself)
        assert page.status_code == code


def test_a_form_that_came_too_late_is_not_offered_to_whoever_comes_next(place):
    browser, origin = place.tablet(), {"Origin": "http://localhost"}
    enter(browser, place.somebody())
    told = {"note": "what she typed", "csrf_token": "of an earlier session"}

    for _ in range(2):
        answer = browser.post("/custody/order/1/hand", data=told, headers=origin)
        assert answer.status_code in (400, 401) and "what she typed" not in answer.text
        browser.send("/tablet/back")


def test_over_https_the_tablets_word_never_travels_in_the_clear(house):
    secure = a_web(house, "https://panel.clinic.test").stranger()
    sow_rights()
    person = a_person("lab_supervisor", location=a_location(), password_hash=KEPT)
    origin = {"Origin": "https://panel.clinic.test"}
    secure.send("/sign-in", {"email": person.email, "password": WORDS}, headers=origin)
    told = {"name": "Press", "location": person.location_id, "minutes": "2"}

    answer = secure.send("/tablets/", told, headers=origin)

    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("tablet=")]
    assert "; Secure; HttpOnly; " in cookie and cookie.endswith("SameSite=Lax")


def test_a_pin_that_failed_to_arrive_is_not_shown_again(place):
    with place.web.app.test_request_context(
        "/tablet/1", method="POST", data={"pin": PIN}, headers={"Origin": "http://localhost"}
    ):
        assert typed_again() == []


def test_a_supervisor_makes_the_very_device_a_tablet_and_is_signed_out_there(house):
    place = a_location(name="Room")
    browser, staff = a_seat(
        house,
        {"shared_device": "location create edit", "location": "all", "staff": "all"},
        location=place,
    )
    elsewhere = a_location()
    good = {"name": "Press", "location": place.id, "minutes": "5"}
    for wrong in ({"name": ""}, {"location": elsewhere.id}, {"minutes": "999"}):
        assert browser.send("/tablets/", good | wrong).status_code == 422

    answer = browser.send("/tablets/", good)

    [device] = SharedDevice.select()
    assert (device.name, device.location, device.idle_minutes) == ("Press", place, 5)
    assert device.enrolled_by == staff and answer.location == "/tablet/"
    assert browser.get("/tablet/").status_code == 200
    assert browser.get("/tablets/").location == "/tablet/"


def test_a_supervisor_revokes_and_opens_at_the_own_location_alone(house):
    here = a_tablet(wrong_tries=20)
    there = a_tablet(wrong_tries=20)
    rights = {"shared_device": "location create edit", "location": "all", "staff": "all"}
    browser, _ = a_seat(house, rights | {"staff_pin": "location edit"}, location=here.location)
    mine, other = (
        a_pin(staff=a_person(location=one.location), wrong_tries=5) for one in (here, there)
    )
    page = browser.get("/tablets/").text
    assert here.name in page and there.name not in page
    assert mine.staff.last_name in page and other.staff.last_name not in page

    for key in (there.id, 0):
        assert browser.send(f"/tablets/{key}/open").status_code == 404
    assert browser.send(f"/tablets/pin/{other.id}/open").status_code == 404
    browser.send(f"/tablets/{here.id}/open")
    browser.send(f"/tablets/pin/{mine.id}/open")
    assert SharedDevice.get_by_id(here.id).wrong_tries == 0
    assert not is_locked(pin_of(mine.staff)) and is_locked(pin_of(other.staff))

    browser.send(f"/tablets/{here.id}/revoke")
    assert SharedDevice.get_by_id(here.id).ended_on is not None
    assert browser.send(f"/tablets/{here.id}/burn").status_code == 404


def test_a_pin_is_set_changed_opened_and_ended_on_ones_own_page(house):
    browser, staff = a_seat(house, {"staff_pin": "own create", "staff": "all"}, password_hash=KEPT)
    good = {"act": "set", "password": WORDS, "pin": "681937", "again": "681937"}

    assert "differ" in browser.send("/my-pin", good | {"again": "681938"}).text
    assert "not right" in browser.send("/my-pin", good | {"password": "x"}).text
    weak = browser.send("/my-pin", good | {"pin": "123456", "again": "123456"})
    assert weak.status_code == 422 and "in a row" in weak.text and "123456</" not in weak.text
    assert pin_of(staff) is None

    assert browser.send("/my-pin", good).location == "/my-pin"
    StaffPin.update(wrong_tries=5).execute()
    assert "Open my PIN" in browser.get("/my-pin").text
    browser.send("/my-pin", {"act": "open", "password": WORDS})
    assert not is_locked(pin_of(staff))
    browser.send("/my-pin", {"act": "end", "password": WORDS})
    assert pin_of(staff) is None


def test_who_may_have_no_pin_has_no_page_for_it(house):
    browser, _ = a_seat(house, {"staff": "all"}, password_hash=KEPT)

    assert browser.get("/my-pin").status_code == 403
    assert "/my-pin" not in browser.get("/").text


def test_no_list_export_record_or_history_shows_a_pin_or_its_hash(house):
    a_role("nobody")
    rights = {"staff_pin": "all edit export", "shared_device": "all edit export"}
    browser, _ = a_seat(
        house,
        rights
        | {
            "staff": "all export",
            "location": "all",
            "sign_in": "all",
            "audit_entry": "all export",
            "audit_change": "all export",
        },
    )
    pin, device = a_pin(), a_tablet()
    StaffPin.update(wrong_tries=3).execute()
    pages = [
        "/staff-pin/", "/staff-pin/export/csv/", f"/staff-pin/details/?id={pin.id}",
        f"/staff-pin/history/?id={pin.id}", "/shared-device/", "/shared-device/export/csv/",
        f"/shared-device/details/?id={device.id}", "/audit-change/", "/audit-change/export/csv/",
        f"/staff/details/?id={pin.staff_id}",
        "/staff-pin/?flt.pin_hash.has=argon", "/staff-pin/?sort=pin_hash",
    ]  # fmt: skip
    told = {path: browser.get(path) for path in pages}

    assert {answer.status_code for answer in told.values()} <= {200, 400}
    assert Grant.select().exists() and told["/staff-pin/"].status_code == 200
    for path, answer in told.items():
        for secret in (pin.pin_hash, "argon2id", device.token_sha, PIN):
            assert secret not in answer.text, path
