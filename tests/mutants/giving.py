"""Guards of giving all cards of a person to another, and of taking cards to another pipeline."""

from __future__ import annotations

from tests.mutants import Mutant

GIVES, TAKES = "admin_views/handing_over.py", "admin_views/taking_over.py"
MOVES = "admin_views/pipeline_moving.py"
GIVEN, TAKEN = "test_handing_over.py", "test_taking_over.py"
PLACES = f"{GIVEN} -k other_places"
GIVING = (
    Mutant(
        "cards are given away by who may change them",
        GIVES,
        "return may_see_cards() and may_reassign() and can",
        "return may_see_cards() and can",
        f"{GIVEN} -k may_not_change",
    ),
    Mutant(
        "cards are given away by who may see cards",
        GIVES,
        "return may_see_cards() and may_reassign() and can",
        "return may_reassign() and can",
        f"{GIVEN} -k may_not_know",
    ),
    Mutant(
        "cards are given away by who knows of people",
        GIVES,
        'and can("read", Staff)',
        "",
        GIVEN,
        behind="policy.can: who responsible is, is hidden from who may not read people",
    ),
    Mutant(
        "the page of giving away opens by right",
        GIVES,
        "    def is_accessible(self) -> bool:\n        return may_hand_over()",
        "    def is_accessible(self) -> bool:\n        return True",
        f"{GIVEN} -k may_not",
    ),
    Mutant(
        "only people of the person's rows give cards away",
        GIVES,
        "holder = scoped(Staff).where(Staff.id == key).first()",
        "holder = Staff.get_or_none(Staff.id == key)",
        PLACES,
    ),
    Mutant(
        "only people of the person's rows are given cards",
        GIVES,
        "taker = scoped(Staff).where(Staff.id == to).first()",
        "taker = Staff.get_or_none(Staff.id == to)",
        PLACES,
    ),
    Mutant(
        "only people of the person's rows are offered",
        GIVES,
        "found = scoped(Staff).where(Staff.ended_on",
        "found = Staff.select().where(Staff.ended_on",
        PLACES,
    ),
    Mutant(
        "who is away is of the person's rows",
        GIVES,
        "leave = scoped(Absence, Absence.staff)",
        "leave = Absence.select(Absence.staff)",
        PLACES,
    ),
    Mutant(
        "who is away needs its right",
        GIVES,
        'away = _away() if can("read", Absence) else set()',
        "away = _away()",
        GIVEN,
        behind="policy.scoped: without a right on absences there are no rows",
    ),
    Mutant(
        "only cards of the right to edit are given away",
        GIVES,
        "among=_mine()",
        "among=None",
        f"{GIVEN} -k only_cards",
    ),
    Mutant(
        "only cards of the right to edit are counted",
        GIVES,
        "return list((cards if mine is None else cards.where(mine)).tuples())",
        "return list(cards.tuples())",
        f"{GIVEN} -k only_cards",
    ),
    Mutant(
        "cards that are counted are of the person's rows",
        GIVES,
        "cards = scoped(Card, Card.id, Pipeline.name)",
        "cards = Card.select(Card.id, Pipeline.name)",
        f"{GIVEN} -k only_cards",
        behind="handing_over._mine: what may be edited may be read",
    ),
    Mutant(
        "cards are taken over by right",
        TAKES,
        "    def is_accessible(self) -> bool:\n        return may_transfer()",
        "    def is_accessible(self) -> bool:\n        return True",
        f"{TAKEN} -k not_offered",
    ),
    Mutant(
        "taking over is offered on lists by right",
        TAKES,
        "above.rel_model is Card)) and may_transfer()",
        "above.rel_model is Card))",
        f"{TAKEN} -k not_offered",
    ),
    Mutant(
        "cards are taken over within the right to move",
        TAKES,
        'mine = cards_within(CardStep, "create", keys)',
        "mine = keys",
        f"{TAKEN} -k only_cards",
    ),
    Mutant(
        "cards that are taken over are of the person's rows",
        TAKES,
        "cards = scoped(Card).where(Card.id.in_(mine)",
        "cards = Card.select().where(Card.id.in_(mine)",
        f"{TAKEN} -k beyond_the_own",
    ),
    Mutant(
        "records that are taken over are of the person's rows",
        TAKES,
        "found = scoped(model, above)",
        "found = model.select(above)",
        f"{TAKEN} -k lead_to_no_card",
    ),
    Mutant(
        "cards that are moved to a pipeline are of the person's rows",
        MOVES,
        "mine = scoped(Card, Card.id)",
        "mine = Card.select(Card.id)",
        f"{TAKEN} -k beyond_the_own",
    ),
    Mutant(
        "cards are moved to a pipeline within the right to move",
        MOVES,
        'return sorted(cards_within(CardStep, "create", [key for (key,) in mine.tuples()]))',
        "return sorted(key for (key,) in mine.tuples())",
        f"{TAKEN} -k only_cards",
    ),
    Mutant(
        "open cards on a map are counted within the person's rows",
        "admin_views/pipeline_rows.py",
        "mine = scoped(Card, by, fn.COUNT(Card.id))",
        "mine = Card.select(by, fn.COUNT(Card.id))",
        f"{TAKEN} -k beyond_the_own",
    ),
)
