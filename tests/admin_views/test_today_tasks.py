"""What is to be done: on the first page one's own tasks stand before those of others."""

from __future__ import annotations

from schema.base import utcnow
from schema.staff import Staff
from schema.workflow.loans import REMINDER
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.followups import a_followup
from tests.factories.staff import a_person


def test_ones_own_tasks_stand_before_older_ones_of_others(house):
    browser, me = a_seat(house, {"followup": "all", "staff": "all"})
    now = utcnow()
    a_followup(subject="Of another", staff=a_person(), due_at=now.replace(year=now.year - 1))
    a_followup(subject="Of mine", staff=me, due_at=now)

    page = text(browser.get("/"))

    assert page.count("Of mine") == 1
    assert 0 < page.index("Of mine") < page.index("Of another")


def test_what_a_verb_wrote_is_read_in_the_readers_language(house):
    browser, me = a_seat(house, {"followup": "all", "staff": "all"})
    Staff.update(language="ro").where(Staff.id == me.id).execute()
    a_followup(subject=REMINDER, staff=me, due_at=utcnow())
    assert "Înapoiați o unealtă împrumutată" in text(browser.get("/"))
    assert "Înapoiați o unealtă împrumutată" in text(browser.get("/followup/"))
