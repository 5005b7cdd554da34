"""Nothing appears and nothing vanishes, in the house or at a firm, by verbs or by typed SQL."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.outside_machine import CustodyOutside

STEPS, EACH, LONGEST = 2_400, 10, 80
VERBS = (
    "bring", "give", "take", "settle", "lose", "find", "write off", "close",
    "send outside", "come back", "come back later",
)  # fmt: skip
TYPED = ("typed", "typed along")


def test_any_sequence_of_custody_conserves_every_piece(house):
    CustodyOutside.tried = Counter()
    batch = settings(
        max_examples=EACH,
        stateful_step_count=LONGEST,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    number = 0
    while CustodyOutside.tried.total() < STEPS:
        number += 1
        run_state_machine_as_test(seed(number)(CustodyOutside), settings=batch)

    print(dict(CustodyOutside.tried))
    for verb in (*VERBS, *TYPED):
        assert CustodyOutside.tried[f"{verb} kept"], verb
        assert CustodyOutside.tried[f"{verb} refused"], verb
    assert CustodyOutside.tried["brought home by the oldest work"], "two works share a component"
