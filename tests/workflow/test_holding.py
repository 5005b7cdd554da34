"""A card is held by one person for one reason at a time; a second one is told so."""

from __future__ import annotations

import pytest

from schema.holds import Hold
from schema.workflow import Refused
from schema.workflow.holding import hold
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")


def test_a_second_click_gives_the_hold_that_is_there():
    card, me = a_card(), a_person()
    told = {"reason": "patient", "clock": "patient", "by": me.id}
    first = hold(card.id, **told, now=NOW)
    assert hold(card.id, **told, now=later(minutes=1)) == first
    assert Hold.select().count() == 1


def test_another_hold_is_refused_and_names_the_one_that_is_there():
    card, me, other = a_card(), a_person(last_name="Zamfir"), a_person()
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)
    for who, reason in ((other, "machine_down"), (other, "patient"), (me, "machine_down")):
        with pytest.raises(Refused, match=r"Zamfir.* holds this card already \(Patient\)"):
            hold(card.id, reason=reason, clock="machine", by=who.id, now=later(minutes=5))
    assert Hold.select().count() == 1
