"""Guards of the acts on the page of a card: who is offered them, who does them, on which cards."""

from __future__ import annotations

from tests.mutants import Mutant

NEEDS = "admin_views/card_needs.py"
RIGHTS, PAGE = "admin_views/card_rights.py", "admin_views/card_page.py"
HERE = "test_guards_of_acts.py"
READER, COLUMN, OWN = f"{HERE} -k only_reads", f"{HERE} -k its_column", f"{HERE} -k own_rows"


def _drawn(page: str, name: str, rest: str = " %}") -> Mutant:
    """The form of an act that stands on the page whoever looks at it."""
    old, new = f"if rights.{name}(){rest}", f"if true{rest}"
    guard = f"the page offers an act by right: {name}"
    return Mutant(guard, f"admin_views/templates/panel/{page}.html", old, new, READER)


def _given(name: str, right: str, tests: str) -> Mutant:
    """A right to an act that everybody has."""
    whole = f"def {name}() -> bool:\n    return {right}"
    return Mutant(
        f"an act needs its right: {name}",
        RIGHTS,
        whole,
        f"def {name}() -> bool:\n    return True",
        tests,
    )


CARD_ACTS = (
    Mutant(
        "acts on a card are for who has the right",
        PAGE,
        "if person is None or not may() or not card_rights",
        "if person is None or not card_rights",
        COLUMN,
    ),
    Mutant(
        "acts on a card are within the rows of the right",
        PAGE,
        "or not may() or not card_rights.cards_within(table, verb, [card.id]):",
        "or not may():",
        OWN,
    ),
    Mutant(
        "a narrow right to an act reaches no further",
        RIGHTS,
        "    wanted, limit = set(keys), _limit(model, verb)\n",
        "    wanted, limit = set(keys), None\n",
        OWN,
    ),
    Mutant(
        "forcing a step is a right of its own",
        PAGE,
        "    if forced and not card_rights.may_force():\n        abort(403)\n",
        "",
        "test_card_page.py -k right_of_its_own",
    ),
    Mutant(
        "notes of ticks are written by right",
        PAGE,
        'return (_typed("note") or None) if card_rights.may_note_ticks() else None',
        'return _typed("note") or None',
        "test_card_page.py -k may_not_write",
    ),
    _given("may_move", 'granted("create", CardStep, "to_stage")', COLUMN),
    _given("may_reopen", 'granted("create", CardStep, "mode")', COLUMN),
    _given("may_tick", 'granted("create", Tick, "done")', COLUMN),
    _given("may_hold", 'can("create", Hold)', READER),
    _given("may_resume", 'can("edit", Hold)', READER),
    _given("may_reassign", 'can("edit", Card, "responsible")', COLUMN),
    _given(
        "may_use_lot", 'can("create", LotUse) and can("read", MaterialLot, "lot_number")', COLUMN
    ),
    _given("may_note", 'can("create", Note, "text")', COLUMN),
    Mutant(
        "steps are offered to who moves cards",
        NEEDS,
        "moves = card_rights.may_move()",
        "moves = True",
        READER,
    ),
    Mutant(
        "the gate offers ticks by right",
        NEEDS,
        "line.ready and card_rights.may_tick()",
        "line.ready",
        READER,
    ),
    Mutant(
        "the gate offers to scan a lot by right",
        NEEDS,
        '"scans_lot": scans and card_rights.may_use_lot(),',
        '"scans_lot": scans,',
        READER,
    ),
    Mutant(
        "the checklist offers to scan a lot by right",
        "admin_views/card_checklist.py",
        'line.point.evidence == "lot" and card_rights.may_use_lot()',
        'line.point.evidence == "lot"',
        READER,
    ),
    Mutant(
        "people to give a card to are offered by right",
        "admin_views/card_facts.py",
        '"people": _people() if card_rights.may_reassign() else [],',
        '"people": _people(),',
        READER,
    ),
    Mutant(
        "people to give a card to are of the person's rows",
        "admin_views/card_facts.py",
        "people = scoped(Staff).where(Staff.ended_on",
        "people = Staff.select().where(Staff.ended_on",
        f"{HERE} -k given_to",
    ),
    Mutant(
        "a card is given to people of the person's rows",
        PAGE,
        "if not scoped(Staff).where(Staff.id == to).exists():",
        "if False:",
        f"{HERE} -k given_to",
    ),
    _drawn("card", "may_note"),
    _drawn("card", "may_resume"),
    _drawn("card_acts", "may_reopen"),
    _drawn("card_acts", "may_hold", " and not on_hold"),
    _drawn("card_points", "may_tick", " and not card.closed_at"),
    _drawn("card_gate", "may_force", " and gate.forced")._replace(
        tests="test_card_page.py -k right_of_its_own"
    ),
    _drawn("card_forms", "may_note_ticks")._replace(tests="test_card_page.py -k may_not_write"),
)
