"""Guards of what cards on a board tell, and of who moves them there."""

from __future__ import annotations

from tests.mutants import Mutant

FACES, NEEDS = "admin_views/board_faces.py", "admin_views/board_needs.py"
HERE = "test_guards_of_boards.py"
COLUMNS, BEYOND = f"{HERE} -k columns", f"{HERE} -k beyond_the_own"
BOARD_ROWS, FOUND = "admin_views/board_rows.py", f"{HERE} -k found_on"
WHOSE, MOVED = f"{HERE} -k whose", f"{HERE} -k moved"
BOARD_FACES = (
    Mutant(
        "columns of orders on a board need their right",
        FACES,
        'for n in ("patient", "work_type", "is_draft") if can("read", LabOrder, n)]',
        'for n in ("patient", "work_type", "is_draft")]',
        COLUMNS,
    ),
    Mutant(
        "orders on a board are of the person's rows",
        FACES,
        "rows = scoped(LabOrder, *columns).where(among(LabOrder.card, keys)).dicts()",
        "rows = LabOrder.select(*columns).where(among(LabOrder.card, keys)).dicts()",
        BEYOND,
    ),
    Mutant(
        "orders of processes on a board are of the person's rows",
        FACES,
        "rows = scoped(LabOrder, *columns).where(among(LabOrder.id, {",
        "rows = LabOrder.select(*columns).where(among(LabOrder.id, {",
        WHOSE,
    ),
    Mutant(
        "whose process it is needs its right",
        FACES,
        'if not can("read", Track, "order"):',
        "if False:",
        WHOSE,
    ),
    Mutant(
        "processes on a board are of the person's rows",
        FACES,
        "tracks = scoped(Track, Track.card, Track.order, Track.name)",
        "tracks = Track.select(Track.card, Track.order, Track.name)",
        WHOSE,
    ),
    Mutant(
        "whose plan it is needs its right",
        FACES,
        'if kind == "plan" and can("read", TreatmentPlan, "patient") and keys:',
        'if kind == "plan" and keys:',
        WHOSE,
    ),
    Mutant(
        "plans on a board are of the person's rows",
        FACES,
        "plans = scoped(TreatmentPlan, TreatmentPlan.card",
        "plans = TreatmentPlan.select(TreatmentPlan.card",
        WHOSE,
    ),
    Mutant(
        "teeth on a board need their right",
        FACES,
        'if not wanted or not can("read", OrderTooth, "tooth"):',
        "if not wanted:",
        COLUMNS,
    ),
    Mutant(
        "teeth on a board are of the person's rows",
        FACES,
        "rows = scoped(OrderTooth, OrderTooth.order",
        "rows = OrderTooth.select(OrderTooth.order",
        BEYOND,
    ),
    Mutant(
        "who holds a card on a board needs its right",
        FACES,
        'if can("read", Card, "responsible"):',
        "if True:",
        COLUMNS,
    ),
    Mutant(
        "until when a card on a board is due needs its right",
        FACES,
        'known = can("read", Card, "due_at")',
        "known = True",
        COLUMNS,
    ),
    Mutant(
        "that a card on a board is urgent needs its right",
        FACES,
        'if card.priority == "urgent" and can("read", Card, "priority"):',
        'if card.priority == "urgent":',
        COLUMNS,
    ),
    Mutant(
        "that a card on a board is at risk needs its right",
        FACES,
        'if card.at_risk and can("read", Card, "at_risk"):',
        "if card.at_risk:",
        COLUMNS,
    ),
    Mutant(
        "cards are dragged by who may move cards",
        FACES,
        'movable = cards_within(CardStep, "create", keys) if may_move() else set()',
        'movable = cards_within(CardStep, "create", keys)',
        MOVED,
        behind="card_rights.cards_within: without a right to write there is no scope of it",
    ),
    Mutant(
        "cards are dragged within the right to move",
        FACES,
        'movable = cards_within(CardStep, "create", keys) if may_move() else set()',
        "movable = set(keys) if may_move() else set()",
        MOVED,
    ),
    Mutant(
        "cards are moved on a board within the right to move",
        "admin_views/board.py",
        'or not may_move() or not cards_within(CardStep, "create", [card.id]):',
        "or not may_move():",
        MOVED,
    ),
    Mutant(
        "that a card was forced needs its right on a board",
        NEEDS,
        'if can("read", CardStep, "forced"):',
        "if True:",
        COLUMNS,
    ),
    Mutant(
        "forced steps on a board are of the person's rows",
        NEEDS,
        "asked.append(scoped(CardStep, *columns)",
        "asked.append(CardStep.select(*columns)",
        BEYOND,
    ),
    Mutant(
        "why a card waits needs its right on a board",
        NEEDS,
        'if can("read", Hold, "reason"):\n        columns',
        "if True:\n        columns",
        COLUMNS,
    ),
    Mutant(
        "holds on a board are of the person's rows",
        NEEDS,
        "asked.append(scoped(Hold, *columns)",
        "asked.append(Hold.select(*columns)",
        BEYOND,
    ),
    Mutant(
        "works below a card on a board are of the person's rows",
        NEEDS,
        "below = scoped(Card, *columns)",
        "below = Card.select(*columns)",
        f"{HERE} -k counted",
    ),
    Mutant(
        "works are found on a board by patients that may be known",
        BOARD_ROWS,
        'people = named_like(Patient, term) if can("read", LabOrder, "patient") else None',
        "people = named_like(Patient, term)",
        FOUND,
    ),
    Mutant(
        "works are found on a board by orders of the person's rows",
        BOARD_ROWS,
        "orders = scoped(LabOrder).where",
        "orders = LabOrder.select().where",
        FOUND,
    ),
    Mutant(
        "works are found on a board by processes of the person's rows",
        BOARD_ROWS,
        "tracks = scoped(Track, Track.card)",
        "tracks = Track.select(Track.card)",
        FOUND,
    ),
    Mutant(
        "works are found on a board by an order that may be known",
        BOARD_ROWS,
        'if can("read", Track, "order"):',
        "if True:",
        FOUND,
    ),
    Mutant(
        "works are found on a board by records of the person's rows",
        BOARD_ROWS,
        "found.append(Card.id.in_(scoped(child, back).where(test)))",
        "found.append(Card.id.in_(child.select(back).where(test)))",
        f"{HERE} -k its_ticket",
    ),
    *(
        Mutant(
            f"a board's filter is no oracle: {name}",
            BOARD_ROWS,
            f'{old} can("read", Card, "{column}"){rest},',
            f"{new},",
            f"{HERE} -k oracle",
        )
        for name, old, column, rest, new in (
            (
                "responsible",
                'number_in(said.get("responsible")) if',
                "responsible",
                " else None",
                'number_in(said.get("responsible"))',
            ),
            (
                "location",
                'number_in(said.get("location")) if',
                "location",
                " else None",
                'number_in(said.get("location"))',
            ),
            (
                "mine",
                'said.get("mine") == "1" and',
                "responsible",
                "",
                'said.get("mine") == "1"',
            ),
            ("late", 'said.get("late") == "1" and', "due_at", "", 'said.get("late") == "1"'),
            ("week", 'said.get("week") == "1" and', "due_at", "", 'said.get("week") == "1"'),
        )
    ),
)
