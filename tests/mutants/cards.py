"""Guards of boards and of the page of a card: which cards, and what is told of them."""

from __future__ import annotations

from tests.mutants import Mutant

ROWS, BOARD = "admin_views/board_rows.py", "admin_views/board.py"
FACTS, TIMELINE = "admin_views/card_facts.py", "admin_views/card_timeline.py"
KIN, PARTS = "admin_views/card_kin.py", "admin_views/order_parts.py"
MATRIX, PAGE, ORDER = "test_matrix.py", "test_card_page.py", "test_order_on_its_card.py"
CARDS = (
    Mutant(
        "a board holds cards of the person's rows",
        ROWS,
        "ranked = scoped(\n        Card,\n        Card.id,",
        "ranked = Card.select(\n        Card.id,",
        f"{MATRIX} -k 'boards_hold and technician'",
    ),
    Mutant(
        "there are boards of the kinds that the person reads",
        ROWS,
        "Pipeline.published_at.is_null(False), Pipeline.kind.in_(sorted(seen))",
        "Pipeline.published_at.is_null(False)",
        f"{MATRIX} -k 'boards_hold and technician'",
    ),
    Mutant(
        "boards are for who reads cards",
        BOARD,
        "return may_see_cards()",
        "return True",
        f"{MATRIX} -k 'boards_hold'",
        behind="every role of the house reads cards; pipeline_of asks again",
    ),
    Mutant(
        "only cards of the person's rows are moved from a board",
        BOARD,
        "card = scoped(Card).where(Card.id == key, here).first() or abort(404)",
        "card = Card.get_or_none(Card.id == key, here) or abort(404)",
        f"{MATRIX} -k 'boards_hold and technician'",
    ),
    Mutant(
        "a board moves the cards of its own pipeline alone",
        BOARD,
        "Card.id == key, here).first()",
        "Card.id == key).first()",
        "test_guards_of_kinds.py -k own_pipeline",
    ),
    Mutant(
        "the page of a card is for who has the card among their rows",
        "admin_views/card_page.py",
        "found: Card | None = scoped(Card).where(Card.id == key).first()",
        "found: Card | None = Card.get_or_none(Card.id == key)",
        f"{MATRIX} -k 'cards_open and technician'",
    ),
    Mutant(
        "notes on a card need their right",
        TIMELINE,
        'if can("read", Note, "text"):\n'
        "        notes = scoped(Note).where(Note.card == card).order_by(Note.id.desc())",
        "if True:\n        notes = Note.select().where(Note.card == card).order_by(Note.id.desc())",
        f"{MATRIX} -k 'boards_and_cards and receptionist'",
    ),
    Mutant(
        "reasons of steps need their right",
        TIMELINE,
        'return (step.reason or "") if can("read", CardStep, "reason") else ""',
        'return step.reason or ""',
        f"{PAGE} -k columns",
    ),
    Mutant(
        "history needs its right",
        TIMELINE,
        'if not can("read", CardStep, "to_stage"):\n        return []\n'
        "    there, came = Stage.alias(), Stage.alias()\n    found = (\n"
        "        scoped(CardStep, CardStep, there, came)",
        "there, came = Stage.alias(), Stage.alias()\n    found = (\n"
        "        CardStep.select(CardStep, there, came)",
        f"{PAGE} -k without_the_right",
    ),
    Mutant(
        "notes of ticks need their right",
        TIMELINE,
        'if can("read", Tick, "evidence_note") else ""',
        "",
        f"{PAGE} -k columns",
    ),
    Mutant(
        "notes of holds need their right",
        FACTS,
        'parts += [held.note or "" if can("read", Hold, "note") else ""]',
        'parts += [held.note or ""]',
        f"{PAGE} -k columns",
    ),
    Mutant(
        "the due date needs its right",
        FACTS,
        'due = card.due_at if can("read", Card, "due_at") else None',
        "due = card.due_at",
        f"{PAGE} -k columns",
    ),
    Mutant(
        "who is responsible needs its right",
        KIN,
        'known = can("read", Card, "responsible")',
        "known = True",
        f"{PAGE} -k columns",
    ),
    Mutant(
        "works above and below are those of the person's rows",
        KIN,
        "found = scoped(Card, Card, Stage, Pipeline).join",
        "found = Card.select(Card, Stage, Pipeline).join",
        f"{PAGE} -k kin",
    ),
    Mutant(
        "the photos of a work need their right",
        PARTS,
        'if not all(can("read", Photo, name) for name in columns) or not can("read", Shot):',
        "if False:",
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "photos of a work are counted within the person's rows",
        PARTS,
        "photos = scoped(Photo, Photo.shot,",
        "photos = Photo.select(Photo.shot,",
        f"{ORDER} -k photos_of_others",
    ),
    Mutant(
        "the components of a work need their right",
        PARTS,
        "if not custody_rights.may_see():",
        "if False:",
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "what a patient agreed to needs its right",
        PARTS,
        'if not known or not can("read", LabOrder, "patient"):',
        "if False:",
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "what a card on a board lacks is for who reads the checklist",
        "admin_views/board_needs.py",
        'return can("read", Tick, "control_point") and can("read", ControlPoint)',
        "return True",
        "test_boards.py -k told_to_those",
    ),
    Mutant(
        "that a card waits needs its right to be filtered by",
        "admin_views/board_needs.py",
        'if can("read", Hold, "reason"):\n        held',
        "if True:\n        held",
        "test_board_filters.py -k blocked_tells",
    ),
    Mutant(
        "holds that a board is filtered by are of the person's rows",
        "admin_views/board_needs.py",
        "Card.id.in_(scoped(Hold, Hold.card)",
        "Card.id.in_(Hold.select(Hold.card)",
        "test_board_filters.py -k blocked_tells",
    ),
    Mutant(
        "what a card lacks needs its right to be filtered by",
        "admin_views/board_needs.py",
        "    if _reads_points():\n        open_ones",
        "    if True:\n        open_ones",
        "test_board_filters.py -k blocked_tells",
    ),
)
