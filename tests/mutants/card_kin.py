"""Guards of the works above, beside and below a card: who has each, since when, until when."""

from __future__ import annotations

from tests.mutants import Mutant

KIN = "admin_views/card_kin.py"
BELOW = "test_guards_of_cards.py -k works_below"
CARD_KIN = (
    Mutant(
        "who has a work below needs its right",
        KIN,
        'if keys and can("read", Track) and can("read", Assignment, "technician"):',
        "if keys:",
        BELOW,
    ),
    Mutant(
        "work of others is given to nobody by name",
        KIN,
        "asked = scoped(Assignment, Track.card",
        "asked = Assignment.select(Track.card",
        BELOW,
    ),
    Mutant(
        "until when a work below is due needs its right",
        KIN,
        'knows_due = can("read", Card, "due_at")',
        "knows_due = True",
        BELOW,
    ),
    Mutant(
        "since when a work below is open needs its right",
        KIN,
        'if can("read", Card, "opened_at"):',
        "if True:",
        BELOW,
    ),
    Mutant(
        "the last step of a work below needs its right",
        KIN,
        'if kin and can("read", CardStep, "to_stage"):',
        "if kin:",
        BELOW,
    ),
    Mutant(
        "the last step of a work below is of the person's rows",
        KIN,
        "asked = scoped(CardStep, CardStep.card, CardStep.at)",
        "asked = CardStep.select(CardStep.card, CardStep.at)",
        BELOW,
    ),
    Mutant(
        "that a work below waits needs its right",
        KIN,
        'if not kin or not can("read", Hold):',
        "if not kin:",
        BELOW,
        behind="policy.scoped: without a right on holds there are no rows",
    ),
    Mutant(
        "holds of works below are of the person's rows",
        KIN,
        "asked = scoped(Hold, Hold.card)",
        "asked = Hold.select(Hold.card)",
        BELOW,
    ),
    Mutant(
        "names of works below need their right",
        KIN,
        'if not kin or not can("read", Track, "name"):',
        "if not kin:",
        BELOW,
    ),
    Mutant(
        "names of works below are of the person's rows",
        KIN,
        "asked = scoped(Track, Track.card, Track.name)",
        "asked = Track.select(Track.card, Track.name)",
        BELOW,
    ),
)
