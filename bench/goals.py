"""The goals of the house's speed: ratios, each met or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Goal(NamedTuple):
    """One ratio and what it should be."""

    name: str
    measured: float
    sign: str
    target: float

    @property
    def is_met(self) -> bool:
        return self.measured <= self.target if self.sign == "<=" else self.measured >= self.target


def tell_goals(goals: Iterable[Goal]) -> None:
    """A line for each goal: name, measured, target, met or not."""
    print()
    for goal in goals:
        word = "met" if goal.is_met else "NOT MET"
        print(f"{goal.name:44} {goal.measured:9.2f}   {goal.sign} {goal.target:<6g} {word}")
