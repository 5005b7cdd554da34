"""Saved views: a question with a name, opened by a link, shared by right, counted within rights."""

from __future__ import annotations

import re

import pytest

from admin_views.view_counts import counts_of, pinned_views
from admin_views.view_rows import my_views
from schema.patients import Patient
from schema.rights import FieldGrant
from schema.views import SavedView, SavedViewRole, ViewChoice
from tests.admin_views.seats import a_role_with, a_seat, sitting
from tests.admin_views.test_writing import text
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.factories.views import a_shared_view, a_view
from tests.web import a_web

KEEPS = {"patient": "all", "saved_view": "own", "role": "all"}
SHARES = {**KEEPS, "saved_view_role": "create edit all"}


def names(page):
    return re.findall(r'<td class="name"><a[^>]*>([^<]*)</a>', page)


def tabs(page):
    nav = page[
        page.index('<nav class="tabs views"') : page.index("</nav>", page.index("tabs views"))
    ]
    return re.findall(r'<a href="[^"]*"(?: aria-current="true")?>([^<]*)', nav)


def saved(browser, question, name="Mine", **more):
    fields = {"table": "patient", "question": question, "name": name}
    return browser.send("/views/save", fields | more)


@pytest.fixture
def seat(house):
    """Somebody who may keep views of patients, and two patients."""
    browser, staff = a_seat(house, KEEPS)
    for name in ("Albu", "Popa"):
        a_patient(last_name=name)
    return browser, staff


def test_a_question_is_kept_under_a_name_and_opened_by_its_link(seat):
    browser, _ = seat

    answer = saved(browser, "flt.last_name.has=alb&sort=last_name&page=3&nonsense=1")
    view = SavedView.get()

    assert view.question == "flt.last_name.has=alb&sort=last_name"
    assert answer.headers["Location"] == f"/patient/?view={view.id}"
    assert browser.get(f"/views/{view.id}").headers["Location"] == f"/patient/?view={view.id}"
    page = text(browser.get(f"/patient/?view={view.id}"))
    assert names(page) == ["Albu"]
    assert tabs(page) == ["All", "Mine"]
    assert f"?view={view.id}&amp;page_size" not in page


def test_what_is_asked_beyond_a_view_leaves_it_as_it_is_until_it_is_updated(seat):
    browser, _ = seat
    saved(browser, "flt.last_name.has=alb")
    view = SavedView.get()

    page = text(browser.get(f"/patient/?view={view.id}&flt.last_name.has=pop"))
    assert names(page) == ["Popa"]
    assert "Keep it as it is now" in page
    assert names(text(browser.get(f"/patient/?view={view.id}&search="))) != ["Albu"]

    browser.send(f"/views/{view.id}/update", {"question": "flt.last_name.has=pop"})
    assert names(text(browser.get(f"/patient/?view={view.id}"))) == ["Popa"]


def test_a_list_opens_with_the_view_that_was_chosen_for_it_and_all_rows_stay_near(seat):
    browser, staff = seat
    saved(browser, "columns=last_name&flt.last_name.has=alb", is_start="1")

    assert names(text(browser.get("/patient/"))) == ["Albu"]
    assert len(names(text(browser.get("/patient/?search=")))) == 2
    assert '<a href="/patient/?search=">All</a>' in text(browser.get("/patient/"))

    view = SavedView.get()
    browser.send(f"/views/{view.id}/choose", {"what": "start", "on": "0"})
    assert len(names(text(browser.get("/patient/")))) == 2
    assert ViewChoice.get().staff_id == staff.id


def test_a_name_is_given_once_and_the_question_is_not_lost(seat):
    browser, _ = seat
    saved(browser, "flt.last_name.has=alb")

    answer = saved(browser, "flt.last_name.has=pop")

    assert answer.headers["Location"] == "/patient/?flt.last_name.has=pop"
    assert "view of that name" in text(browser.get(answer.headers["Location"]))
    assert SavedView.select().count() == 1


def test_a_view_is_renamed_moved_and_ended(seat):
    browser, _ = seat
    saved(browser, "flt.last_name.has=alb", is_start="1")
    view = SavedView.get()
    fields = {"name": "  Better   name ", "position": "5", "warns": "1", "row_version": "1"}

    assert browser.send(f"/views/{view.id}/edit", fields).status_code == 302
    late = browser.send(f"/views/{view.id}/edit", fields)
    kept = SavedView.get()
    assert (kept.name, kept.position, kept.warns) == ("Better name", 5, True)
    assert "Somebody else changed this view" in text(late)

    browser.send(f"/views/{view.id}/end")
    assert "Better name" not in tabs(text(browser.get("/patient/")))
    assert len(names(text(browser.get("/patient/")))) == 2
    assert "was ended" in text(browser.get(f"/patient/?view={view.id}"))


def test_only_who_may_share_gives_a_view_to_roles(house):
    browser, staff = a_seat(house, SHARES)
    mine = next(held.role_id for held in staff.roles)

    saved(browser, "search=a", sharing="1", role=[str(mine)])

    assert SavedViewRole.get().role_id == mine
    role = a_role_with(KEEPS, code="other")
    other = a_web(house).as_(a_person(role.code))
    saved(other, "search=b", sharing="1", role=[str(mine)])
    assert SavedViewRole.select().count() == 1


def test_a_shared_view_is_seen_by_its_role_and_changed_by_who_may_share(house):
    browser, staff = a_seat(house, KEEPS)
    view = a_shared_view(
        role=staff.roles.get().role, view=a_view(owner=None, name="For all", question="search=a")
    ).view
    alone = a_view(name="Of somebody else")

    assert tabs(text(browser.get("/patient/"))) == ["All", "For all"]
    for number in (view.id, alone.id):
        for page in ("edit", "update", "end"):
            answer = browser.send(f"/views/{number}/{page}", {"name": "x", "question": ""})
            assert answer.status_code == 404, (number, page)
    assert browser.get(f"/views/{alone.id}").status_code == 404
    assert browser.send(f"/views/{alone.id}/choose", {"what": "pin", "on": "1"}).status_code == 404
    manager = a_web(house).as_(a_person(a_role_with(SHARES, code="sharer").code))
    assert manager.get(f"/views/{view.id}/edit").status_code == 200
    assert manager.get(f"/views/{alone.id}/edit").status_code == 404
    assert SavedView.get_by_id(view.id).name == "For all"


def test_a_view_of_a_table_that_may_not_be_read_is_not_there(house):
    browser, staff = a_seat(house, KEEPS)
    view = a_shared_view(
        role=staff.roles.get().role, view=a_view(owner=None, table_name="lead", in_side_bar=True)
    ).view

    assert browser.get(f"/views/{view.id}").status_code == 404
    assert saved(browser, "", table="lead").status_code == 403
    assert view.name not in text(browser.get("/patient/"))
    assert view.name not in text(browser.get("/views/"))


def test_a_filter_that_may_not_be_read_any_more_says_so_and_counts_nothing(seat):
    browser, staff = seat
    Patient.update(phone="+40722418330").where(Patient.last_name == "Albu").execute()
    saved(browser, "flt.phone.has=418", in_side_bar="1")
    view = SavedView.get()
    with sitting(browser):
        assert counts_of(pinned_views(), now=0) == {view.id: 1}

    role = staff.roles.get().role
    FieldGrant.create(role=role, table_name="patient", column="phone", access="hidden")

    page = text(browser.get(f"/patient/?view={view.id}"))
    assert len(names(page)) == 2
    assert "does not exist here" in page
    with sitting(browser):
        assert counts_of(pinned_views(), now=0) == {}


def test_pinned_views_stand_in_the_side_bar_with_what_they_hold(seat):
    browser, _ = seat
    saved(browser, "flt.last_name.has=alb", in_side_bar="1")
    view = SavedView.get()
    line = (
        f'<a class="of-view" href="/patient/?view={view.id}">Mine<span class="count">1</span></a>'
    )

    assert line in text(browser.get("/"))
    browser.send(f"/views/{view.id}/choose", {"what": "pin", "on": "0"})
    assert "of-view" not in text(browser.get("/"))


def test_counts_are_within_the_rows_of_the_person(house):
    browser, me = a_seat(house, {**KEEPS, "patient": "own"})
    a_patient(dentist=me, last_name="Albu")
    a_patient(last_name="Albu")
    saved(browser, "flt.last_name.has=alb", in_side_bar="1")

    with sitting(browser):
        assert list(counts_of(pinned_views(), now=0).values()) == [1]


def test_counts_stop_at_a_hundred_and_are_kept_for_some_seconds(seat):
    browser, _ = seat
    saved(browser, "search=alb", in_side_bar="1")
    view = SavedView.get()
    with sitting(browser):
        views = pinned_views()
        assert counts_of(views, now=0) == {view.id: 1}
        a_patient(last_name="Albu")
        assert counts_of(views, now=10) == {view.id: 1}
        assert counts_of(views, now=30) == {view.id: 2}
        for _ in range(120):
            a_patient(last_name="Albu")
        assert counts_of(views, now=90) == {view.id: 100}
    assert ">99+</span>" in text(browser.get("/"))


def test_whoever_may_not_keep_views_has_none(house):
    browser, staff = a_seat(house, {"patient": "all"})
    a_view(owner=staff, name="Kept when that was allowed")

    assert browser.get("/views/").status_code == 403
    assert saved(browser, "search=a").status_code == 403
    assert "tabs views" not in text(browser.get("/patient/?search=a"))
    with sitting(browser):
        assert my_views(Patient) == ()


@pytest.mark.parametrize("odd", ["9" * 30, "²", "x", ""])
@pytest.mark.parametrize("name", ["position", "row_version", "role"])
def test_numbers_that_no_column_holds_are_refused_in_words(house, name, odd):
    browser, _ = a_seat(house, SHARES)
    saved(browser, "search=a")
    view = SavedView.get()
    good = {"name": "Renamed", "position": "1", "row_version": view.row_version, "sharing": "1"}

    answer = browser.send(f"/views/{view.id}/edit", good | {name: odd})

    assert answer.status_code == 200 and SavedView.get().name == "Mine"
    assert browser.send(f"/views/{'9' * 30}/end").status_code in (400, 404)
