"""What dentists always want of a work: on the bench, on the job ticket and on its paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from admin_views.policy import can, scoped
from schema.orders import LabOrder
from schema.preferences import DentistPreference


class Made(NamedTuple):
    """Who ordered a work, and what it is: keys of dentist, work type and material."""

    dentist: int
    work_type: int
    material: int | None


def preferences_for(works: Iterable[Made]) -> dict[Made, list[str]]:
    """The standing wishes of each work's dentist, those for everything first; one question."""
    found: dict[Made, list[str]] = defaultdict(list)
    wanted = set(works)
    if not wanted or not can("read", DentistPreference, "wish"):
        return found
    told = scoped(DentistPreference).where(
        DentistPreference.dentist.in_({one.dentist for one in wanted}),
        DentistPreference.ended_on.is_null(),
    )
    for wish in sorted(told, key=lambda one: (_breadth(one), one.id)):
        for one in wanted:
            if _fits(wish, one):
                found[one].append(wish.wish)
    return found


def preferences_of(order: LabOrder) -> list[str]:
    """The standing wishes for one order."""
    made = Made(order.dentist_id, order.work_type_id, order.material_id)
    return preferences_for([made])[made]


def _breadth(wish: DentistPreference) -> int:
    return (wish.work_type_id is not None) + (wish.material_id is not None)


def _fits(wish: DentistPreference, made: Made) -> bool:
    return (
        wish.dentist_id == made.dentist
        and wish.work_type_id in (None, made.work_type)
        and wish.material_id in (None, made.material)
    )
