"""Each guard that can be taken away for a trial stands in its file, once, in the words told."""

from __future__ import annotations

import pytest

from tests.mutants import Mutant
from tests.mutants.__main__ import ALL, HOUSE


@pytest.mark.parametrize("mutant", ALL, ids=[one.guard for one in ALL])
def test_a_guard_that_can_be_taken_away_is_where_it_is_said_to_be(mutant: Mutant):
    assert (HOUSE / mutant.file).read_text().count(mutant.old) == 1
    assert mutant.new != mutant.old
