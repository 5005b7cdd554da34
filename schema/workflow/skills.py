"""Who can do what at the bench, set for many people and stages in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from schema.database import one_act
from schema.skills import LEVELS, Skill
from schema.workflow import Refused

Cell = tuple[int, str]


def set_skills(wishes: Mapping[Cell, str | None], today: dt.date) -> int:
    """Give each (person, stage code) its level, or end it with None; returns how many changed."""
    if any(level is not None and level not in LEVELS for level in wishes.values()):
        raise Refused("Choose a value from the list.")
    changed = 0
    with one_act():
        held = {
            (row.staff_id, row.stage_code): row
            for row in Skill.select().where(Skill.ended_on.is_null())
        }
        for (staff, code), level in wishes.items():
            row = held.get((staff, code))
            if (row.level if row else None) == level:
                continue
            changed += 1
            if row is None:
                Skill.create(staff=staff, stage_code=code, level=level)
            else:
                new = {"level": level} if level else {"ended_on": today}
                update = Skill.update(**new, row_version=Skill.row_version + 1)
                update.where(Skill.id == row.id).execute()
    return changed
