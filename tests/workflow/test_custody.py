"""Components go from hand to hand with two sides; losses have a story; tools come back."""

from __future__ import annotations

import pytest

from schema.components import Component
from schema.custody import ComponentIncident, Handover
from schema.followups import Followup
from schema.movements import ComponentMovement
from schema.orders import LabOrder
from schema.workflow import Refused
from schema.workflow.boxes import put_in_box
from schema.workflow.custody import give, list_component, on_the_way, settle, take, take_back
from schema.workflow.custody_incidents import found, report_missing, write_off
from schema.workflow.loans import give_back, lend
from tests.factories import NOW, TODAY, later
from tests.factories.components import a_component_kind
from tests.factories.orders import an_order
from tests.factories.staff import a_location, a_person

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def desk():
    return a_person("receptionist").id


@pytest.fixture
def bench():
    return a_person("technician").id


@pytest.fixture
def screws(desk):
    """Three screws of an order that the clinic holds."""
    kind = a_component_kind(returns="free")
    return list_component(an_order().id, kind.id, 3, by=desk, now=NOW)


def held(component, holder):
    rows = ComponentMovement.select().where(ComponentMovement.component == component)
    return sum(
        row.number * ((row.to_holder == holder) - (row.from_holder == holder)) for row in rows
    )


def test_what_comes_again_adds_to_the_component_that_is_listed(screws, desk):
    again = list_component(screws.order_id, screws.kind_id, 2, by=desk, now=NOW)
    noted = list_component(screws.order_id, screws.kind_id, 1, by=desk, now=NOW, note="long")

    assert again == screws and held(screws, "clinic") == 5
    assert noted != screws and Component.select().count() == 2


def test_given_pieces_are_on_the_way_until_the_other_side_takes_them(screws, desk, bench):
    place = a_location()
    told = {"by": desk, "now": NOW, "to_staff": bench, "location": place.id}
    [handover] = give([(screws.id, 3)], "clinic", "lab", **told)
    assert (held(screws, "clinic"), held(screws, "transport"), held(screws, "lab")) == (0, 3, 0)

    with pytest.raises(Refused, match="the other side does"):
        take([(handover.id, 3)], by=desk, now=later(hours=1))
    assert take([(handover.id, 2)], by=bench, now=later(hours=1)) == 2

    assert (held(screws, "transport"), held(screws, "lab")) == (1, 2)
    assert on_the_way(handover.id) == 1
    last = ComponentMovement.select().order_by(ComponentMovement.id.desc()).first()
    assert (last.from_staff_id, last.to_staff_id, last.location_id) == (desk, bench, place.id)


def test_a_scan_takes_all_that_is_ticked_or_nothing(screws, desk, bench):
    tray = list_component(screws.order_id, a_component_kind().id, 1, by=desk, now=NOW)
    first, second = give([(screws.id, 3), (tray.id, 1)], "clinic", "lab", by=desk, now=NOW)

    with pytest.raises(Refused, match="took them already"):
        take([(first.id, 3), (second.id, 2)], by=bench, now=NOW)
    assert held(screws, "lab") == 0
    take([(first.id, 3), (second.id, 1)], by=bench, now=NOW)

    with pytest.raises(Refused, match="took them already"):
        take([(first.id, 3)], by=bench, now=NOW)


def test_the_giver_takes_back_what_nobody_took(screws, desk, bench):
    [handover] = give([(screws.id, 3)], "clinic", "lab", by=desk, now=NOW)
    take([(handover.id, 1)], by=bench, now=NOW)

    assert take_back(handover.id, by=desk, now=later(hours=2)) == 2
    assert held(screws, "clinic") == 2
    with pytest.raises(Refused):
        take_back(handover.id, by=desk, now=later(hours=3))


def test_people_of_one_room_hand_over_to_each_other_by_name(screws, desk):
    colleague = a_person("receptionist").id
    with pytest.raises(Refused, match="choose who takes it"):
        give([(screws.id, 1)], "clinic", "clinic", by=desk, now=NOW)

    [handover] = give([(screws.id, 1)], "clinic", "clinic", by=desk, now=NOW, to_staff=colleague)
    take([(handover.id, 1)], by=colleague, now=NOW)

    assert held(screws, "clinic") == 3


def test_rooms_never_settle_alone(screws, desk):
    for hands in (("clinic", "lab"), ("clinic", "transport"), ("clinic", "missing")):
        with pytest.raises(Refused, match="Hand it over instead"):
            settle([(screws.id, 1)], *hands, by=desk, now=NOW)
    with pytest.raises(Refused, match="Tick what"):
        settle([(screws.id, 0)], "clinic", "patient", by=desk, now=NOW)
    with pytest.raises(Refused, match="Write why"):
        settle([(screws.id, 1)], "clinic", "written_off", by=desk, now=NOW)

    settle([(screws.id, 1)], "clinic", "patient", by=desk, now=NOW)
    assert held(screws, "clinic") == 2


def test_an_incident_names_who_had_it_last(screws, desk, bench):
    [handover] = give([(screws.id, 3)], "clinic", "lab", by=desk, now=NOW)
    take([(handover.id, 2)], by=bench, now=later(hours=1))

    lost = report_missing(screws.id, 1, "lab", by=desk, now=later(hours=5), note="Not on tray")
    astray = report_missing(
        screws.id, 1, "transport", by=bench, now=later(hours=5), handover=handover.id
    )

    assert (lost.last_staff_id, lost.last_seen_at) == (bench, later(hours=1))
    assert (astray.last_staff_id, astray.last_seen_at) == (desk, NOW)
    assert held(screws, "missing") == 2 and on_the_way(handover.id) == 0
    with pytest.raises(Refused, match="do not hold so many"):
        report_missing(screws.id, 9, "lab", by=desk, now=NOW)
    assert ComponentIncident.select().count() == 2


def test_missing_pieces_are_found_or_written_off_with_a_reason(screws, desk):
    incident = report_missing(screws.id, 3, "clinic", by=desk, now=NOW)

    assert found(incident.id, 1, "clinic", by=desk, now=later(hours=1)) == 2
    with pytest.raises(Refused, match="Write why"):
        write_off(incident.id, " ", by=desk, now=later(hours=2))
    write_off(incident.id, "Fell down a drain", by=desk, now=later(hours=2))

    done = ComponentIncident.get_by_id(incident.id)
    assert (done.outcome, done.reason) == ("written_off", "Fell down a drain")
    assert (held(screws, "written_off"), held(screws, "clinic")) == (2, 1)
    with pytest.raises(Refused, match="over"):
        found(incident.id, 1, "clinic", by=desk, now=later(hours=3))


def test_all_found_ends_the_incident(screws, desk):
    incident = report_missing(screws.id, 2, "clinic", by=desk, now=NOW)

    assert found(incident.id, 2, "lab", by=desk, now=NOW) == 0
    assert ComponentIncident.get_by_id(incident.id).outcome == "found"


def test_a_lent_tool_reminds_the_borrower_until_it_is_back(desk):
    kind, dentist = a_component_kind(), a_person("dentist")
    loan = lend(kind.id, " Artex  3 ", dentist.id, TODAY, by=desk, now=NOW)

    task = Followup.get()
    assert (loan.tool, task.staff_id, task.done_at) == ("Artex 3", dentist.id, None)
    assert task.due_at.date() == TODAY and "Artex 3" in task.note
    with pytest.raises(Refused, match="lent already"):
        lend(kind.id, "Artex 3", desk, TODAY, by=desk, now=NOW)
    with pytest.raises(Refused, match="over already"):
        lend(kind.id, "Artex 4", desk, later(days=-1).date(), by=desk, now=NOW)

    back = give_back(loan.id, by=desk, now=later(days=1))
    assert give_back(loan.id, by=desk, now=later(days=2)).returned_at == back.returned_at
    assert Followup.get().done_at == later(days=1)
    lend(kind.id, "Artex 3", dentist.id, later(days=5).date(), by=desk, now=later(days=1))


def test_a_box_holds_one_open_order(desk):
    first, second = an_order(), an_order()
    put_in_box(first.id, " B7 ", by=desk, now=NOW)

    with pytest.raises(Refused, match="Another open order"):
        put_in_box(second.id, "B7", by=desk, now=NOW)
    put_in_box(first.id, "", by=desk, now=NOW)
    put_in_box(second.id, "B7", by=desk, now=NOW)

    assert LabOrder.get_by_id(first.id).box is None
    assert Handover.select().count() == 0
