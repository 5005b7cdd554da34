"""The supervisor's queue: the order, who has what, marks, and what each role may do there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask_babel import force_locale

from admin_views.queue_lines import slack_text
from schema.base import utcnow
from schema.cards import Card
from schema.database import database
from schema.hours import Absence
from schema.pipelines import Stage
from schema.queue_marks import QueueMark
from schema.staff import Staff
from schema.tracks import Assignment, Track
from schema.working_time import clinic_zone
from tests.admin_views.seats import a_seat
from tests.admin_views.test_matrix import somebody
from tests.factories.pipelines import a_pipeline
from tests.factories.skills import a_skill, a_stage_capacity
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold, a_track, an_assignment
from tests.web import a_web

HOUR = dt.timedelta(hours=1)


class Floor:
    """A way with one bench stage, and works that are due after so many hours."""

    def __init__(self) -> None:
        self.pipeline = a_pipeline("bench", "done", kind="track")
        Stage.update(clock="lab").where(Stage.pipeline == self.pipeline).execute()

    def work(self, hours: float) -> int:
        track = a_track(pipeline=self.pipeline)
        due, opened = utcnow() + hours * HOUR, utcnow() - HOUR
        Card.update(due_at=due, opened_at=opened).where(Card.id == track.card_id).execute()
        return track.id

    def technician(self, name: str, level: str = "mid") -> int:
        person = a_person("technician", first_name=name)
        a_skill(staff=person, stage_code="bench", level=level)
        return person.id


@pytest.fixture
def floor(desk):
    return Floor()


def order_of(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'<tr[^>]* data-track="(\d+)"', page)]


def line_of(page: str, track: int) -> str:
    return re.search(rf'<tr[^>]* data-track="{track}".*?</tr>', page, re.S)[0]


def test_works_stand_by_date_and_one_is_recommended(desk, floor):
    later, sooner = floor.work(90), floor.work(30)
    held = floor.work(1)
    a_hold(card=Card.get_by_id(a_card_of(held)))
    page = desk.get("/queue/").text
    assert order_of(page) == [sooner, later, held]
    assert "recommended next" in line_of(page, sooner)
    assert page.count("recommended next") == 1
    assert "On hold: Waiting for the dentist" in line_of(page, held)


def test_a_line_leads_to_sending_its_work_outside(desk, floor):
    here, away = floor.work(30), floor.work(60)
    a_hold(card=Card.get_by_id(a_card_of(away)), reason="supplier", clock="supplier")
    page = desk.get("/queue/").text
    assert f'href="/outside/send/{a_card_of(here)}"' in line_of(page, here)
    assert "/outside/send/" not in line_of(page, away)


def a_card_of(track: int) -> int:
    return Track.get_by_id(track).card_id


def test_a_pin_and_a_rush_go_before_dates_and_come_off_again(desk, floor):
    first, second, third = floor.work(30), floor.work(60), floor.work(90)
    desk.send("/queue/mark", {"mark": f"rush {second}"})
    desk.send("/queue/mark", {"mark": f"pin {third}"})
    page = desk.get("/queue/").text
    assert order_of(page) == [third, second, first]
    assert "pinned" in line_of(page, third) and "rush" in line_of(page, second)
    again = desk.send("/queue/mark", {"mark": f"pin {third}"})
    assert again.status_code == 302 and QueueMark.select().count() == 2
    desk.send("/queue/mark", {"mark": f"end pin {third}"})
    assert order_of(desk.get("/queue/").text) == [second, first, third]
    ended = QueueMark.get(QueueMark.kind == "pin")
    assert ended.ended_by_id == ended.by_id


def test_marks_that_are_no_marks_and_works_that_are_not_there_are_refused(desk, floor):
    track = floor.work(5)
    for mark, status in ((f"gold {track}", 302), ("pin 999999", 404), ("", 404), ("pin", 404)):
        assert desk.send("/queue/mark", {"mark": mark}).status_code == status, mark
    assert not QueueMark.select().exists()


def test_one_work_is_given_and_given_again_to_another(desk, floor):
    track, ana, dan = floor.work(9), floor.technician("Ana"), floor.technician("Dan")
    for who in (ana, ana, dan):
        desk.send("/queue/assign", {"only": track, f"technician.{track}": who})
    given = list(Assignment.select().order_by(Assignment.id))
    assert [one.technician_id for one in given] == [ana, dan]
    assert [one.ended_at is None for one in given] == [False, True]
    assert "Dan" in line_of(desk.get("/queue/").text, track)


def test_without_the_skill_nobody_receives_anything(desk, floor):
    tracks, ana = [floor.work(9), floor.work(8)], floor.technician("Ana")
    other = a_skill().staff_id
    answer = desk.send("/queue/assign", {"track": tracks, "technician": other})
    page = desk.get(answer.location).text
    assert "lacks the skill" in page and not Assignment.select().exists()
    desk.send("/queue/assign", {"track": tracks, "technician": ana})
    assert {one.track_id for one in Assignment.select()} == set(tracks)


def test_what_is_suggested_is_spread_by_load_and_passes_over_who_is_away(desk, floor):
    a_stage_capacity(stage_code="bench", units_per_day=10)
    ana, dan, ion = (floor.technician(name) for name in ("Ana", "Dan", "Ion"))
    today = utcnow().date()
    Absence.create(
        staff=ion, starts_on=today - dt.timedelta(days=1), ends_on=today + dt.timedelta(days=1)
    )
    tracks = [floor.work(hours) for hours in (1, 2, 3, 4)]
    desk.send("/queue/assign", {"track": tracks, "technician": "suggested"})
    given = [one.technician_id for one in Assignment.select().order_by(Assignment.track)]
    assert sorted(given) == [ana, ana, dan, dan]
    assert "away" in desk.get("/queue/").text


def on_leave(person: int, days: int = 2) -> None:
    """From today on, of the clinic's days; the desk's clinic has no opening hours."""
    today = utcnow().astimezone(clinic_zone()).date()
    Absence.create(staff=person, starts_on=today, ends_on=today + dt.timedelta(days=days - 1))


def test_works_of_people_on_leave_say_so_and_are_found_together(desk, floor):
    hers, his = floor.work(90), floor.work(80)
    ana, dan = floor.technician("Ana"), floor.technician("Dan")
    for track, who in ((hers, ana), (his, dan)):
        desk.send("/queue/assign", {"only": track, f"technician.{track}": who})
    assert "With people on leave" not in desk.get("/queue/").text
    on_leave(ana)
    page = desk.get("/queue/").text
    assert (
        "away until" in line_of(page, hers) and "away" not in line_of(page, his).split("<select")[0]
    )
    assert re.search(r"With people on leave 1<", page)
    assert order_of(desk.get("/queue/?away=1").text) == [hers]


def test_giving_work_to_somebody_on_leave_is_allowed_and_says_until_when(desk, floor):
    track, ana = floor.work(90), floor.technician("Ana")
    on_leave(ana)
    assert "Ana Popescu (away)" in line_of(desk.get("/queue/").text, track).replace(
        Staff.get_by_id(ana).last_name, "Popescu"
    )
    answer = desk.send("/queue/assign", {"only": track, f"technician.{track}": ana})
    assert Assignment.get().technician_id == ana
    assert re.search(r"Ana [^:<]*: away until", desk.get(answer.location).text)


def test_whoever_may_not_know_of_leave_sees_the_work_without_it(house):
    seen = "card track lab_order patient stage_capacity skill staff work_type pipeline stage"
    browser, _ = a_seat(house, dict.fromkeys(f"{seen} assignment".split(), "all"))
    floor = Floor()
    track, ana = floor.work(9), floor.technician("Ana")
    an_assignment(track=Track.get_by_id(track), technician=ana)
    on_leave(ana)
    page = browser.get("/queue/").text
    assert "Ana" in line_of(page, track)
    assert "away" not in page and "on leave" not in page


def test_what_came_back_is_suggested_to_its_maker(desk, floor):
    track, maker = floor.work(5), floor.technician("Zoe", "junior")
    floor.technician("Ana", "senior")
    given = an_assignment(track=Track.get_by_id(track), technician=maker)
    Assignment.update(ended_at=given.started_at).where(Assignment.id == given.id).execute()
    page = desk.get("/queue/").text
    assert "came back" in line_of(page, track)
    desk.send("/queue/assign", {"track": track, "technician": "suggested"})
    assert Assignment.get(Assignment.ended_at.is_null()).technician_id == maker


def test_work_taken_out_of_order_is_allowed_and_shows(desk, floor):
    first, second, ana = floor.work(5), floor.work(9), floor.technician("Ana")
    desk.send("/queue/assign", {"only": second, f"technician.{second}": ana})
    page = desk.get("/queue/").text
    assert "taken out of order" in line_of(page, second)
    assert "taken out of order" not in line_of(page, first)


@pytest.mark.parametrize(
    ("minutes", "english", "romanian"),
    [
        (150, "2.5 h", "2,5 h"),
        (-90, "−1.5 h", "−1,5 h"),
        (120, "2 h", "2 h"),
        (7_000, "116 h", "116 h"),
    ],
)
def test_slack_is_written_as_the_reader_writes_numbers(desk, minutes, english, romanian):
    for language, written in (("en", english), ("ro", romanian)):
        with desk.application.test_request_context(), force_locale(language):
            assert slack_text(minutes) == written


def test_filters_narrow_the_lines_and_not_the_heads(desk, floor):
    free, taken, ana = floor.work(-5), floor.work(90), floor.technician("Ana")
    desk.send("/queue/assign", {"only": taken, f"technician.{taken}": ana})
    way = floor.pipeline.code
    for question, expected in (
        ("free=1", [free]),
        ("late=1", [free]),
        (f"technician={ana}", [taken]),
        ("stage=bench", [free, taken]),
        ("stage=elsewhere", []),
        (f"way={way}", [free, taken]),
        ("location=999999", []),
    ):
        page = desk.get(f"/queue/?{question}").text
        assert order_of(page) == expected, question
        assert "<b>2</b>" in page


def test_the_number_of_questions_does_not_grow_with_the_works(desk, floor, questions):
    floor.technician("Ana")
    for hours in range(3):
        floor.work(hours)
    desk.get("/queue/")
    few = questions(lambda: desk.get("/queue/"))
    for hours in range(12):
        floor.work(hours)
    assert questions(lambda: desk.get("/queue/")) == few


@pytest.fixture
def questions():
    """How many statements something asks of the database."""

    def count(act) -> int:
        asked: list[str] = []
        plain = database.obj.execute_sql

        def told(sql, *more, **named):
            asked.append(sql)
            return plain(sql, *more, **named)

        database.obj.execute_sql = told
        try:
            act()
        finally:
            del database.obj.execute_sql
        return len(asked)

    return count


def test_the_wall_board_tells_tickets_and_no_patient(desk, floor):
    late, later, ana = floor.work(-9), floor.work(90), floor.technician("Ana")
    desk.send("/queue/assign", {"only": later, f"technician.{later}": ana})
    page = desk.get("/wall/").text
    for track in (late, later):
        order = Track.get_by_id(track).order
        assert order.ticket in page
        assert order.patient.last_name not in page and order.patient.code not in page
    assert Staff.get_by_id(ana).last_name.split()[0] in page and "/wall.js" in page
    assert page.count('class="late"') == 1 and "1 late" in page


def test_each_role_sees_what_its_rights_allow(clinic):
    for code, allowed in (
        ("lab_supervisor", True),
        ("manager", True),
        ("technician", True),
        ("dentist", False),
        ("receptionist", False),
        ("marketing", False),
    ):
        browser = a_web(clinic).as_(somebody(code))
        page = browser.get("/queue/")
        assert page.status_code == (200 if allowed else 403), code
        gives = code == "lab_supervisor"
        for address in ("/queue/assign", "/queue/mark"):
            status = browser.send(address, {"track": 1, "mark": "pin 1"}).status_code
            assert (status != 403) is gives, (code, address)
        if allowed:
            assert ('formaction="/queue/mark"' in page.text) is gives


def test_who_writes_only_their_own_gives_and_marks_no_work_of_others(house):
    seen = "card track lab_order patient stage_capacity skill staff work_type pipeline stage"
    wrote = dict.fromkeys(("assignment", "queue_mark"), "own create edit")
    browser, _ = a_seat(house, dict.fromkeys(seen.split(), "all") | wrote)
    floor = Floor()
    track, ana = floor.work(9), floor.technician("Ana")
    assert order_of(browser.get("/queue/").text) == [track]
    browser.send("/queue/assign", {"only": track, f"technician.{track}": ana})
    assert browser.send("/queue/mark", {"mark": f"pin {track}"}).status_code == 403
    assert not Assignment.select().exists() and not QueueMark.select().exists()


def test_a_technician_meets_what_waits_for_a_skill_and_nothing_else(clinic):
    person = somebody("technician")
    page = a_web(clinic).as_(person).get("/queue/?all=1").text
    learnt = {skill.stage_code for skill in person.skills if skill.ended_on is None}
    seen = order_of(page)
    assert seen
    for track in seen:
        card = Card.get_by_id(a_card_of(track))
        mine = Assignment.select().where(Assignment.track == track, Assignment.technician == person)
        assert card.stage.code in learnt or mine.exists()


def test_the_way_back_is_written_anew(desk, floor):
    for here in ("way=fabrication&late=1", "x\r\nSet-Cookie: a=b", "_external=1&endpoint=sign"):
        answer = desk.send("/queue/assign", {"here": here})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/queue/")
