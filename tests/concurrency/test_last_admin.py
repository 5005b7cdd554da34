"""Two admins, eight people who end and restore them at random: there is always one left."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from schema.staff import LAST_ADMIN, Staff, StaffRole
from tests.concurrency.crowd import PEOPLE, Crowd, refused, together, tried
from tests.factories import TODAY
from tests.factories.staff import a_clinic, a_person
from tests.refusals import raw

TRIES = 40
NOBODY_IS_ADMIN = "SELECT " + LAST_ADMIN.format(others="TRUE")


def ending(place: int, people: list[int], roles: list[int]) -> Counter[str]:
    """Ends a person or their role, or takes it back; looks after each act."""
    chance, tally = Random(place), Counter[str]()
    for _ in range(TRIES):
        tried(tally, one_end(chance, people, roles).execute)
        [nobody] = raw(NOBODY_IS_ADMIN).fetchone()
        assert not nobody
    return tally


def one_end(chance: Random, people: list[int], roles: list[int]) -> Any:
    table, keys = chance.choice(((Staff, people), (StaffRole, roles)))
    day = chance.choice((TODAY, TODAY, None))
    return table.update(ended_on=day).where(table.id == chance.choice(keys))


def test_an_admin_is_left_whoever_is_ended_at_the_same_moment(house, crowd: Crowd):
    a_clinic()
    people = [a_person("admin").id for _ in range(2)]
    roles = [role.id for role in StaffRole.select().order_by(StaffRole.id)]

    tally = together(crowd.all_do(house.url, ending, people, roles))

    assert tally["kept"] + refused(tally).total() == PEOPLE * TRIES
    assert set(refused(tally)) == {"staff_keeps_an_admin", "staff_role_keeps_an_admin"}
    assert not raw(NOBODY_IS_ADMIN).fetchone()[0]
