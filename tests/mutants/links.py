"""Guards of what leads on from lists and forms, of names, and of what lies at the bench."""

from __future__ import annotations

from tests.mutants import Mutant

ELSEWHERE, PICKED = "admin_views/elsewhere.py", "admin_views/picked_words.py"
BENCH, BOARD = "admin_views/bench_sheets.py", "admin_views/board.py"
FLOOR = "test_tablet.py -k nowhere_off"
LEADS = "test_guards_of_screens.py -k no_list_leads"
CODES = "test_guards_of_columns.py -k codes_are_offered"
SHEET = "test_bench_page.py -k says_nothing"
FILTERS = "test_guards_of_boards.py -k offers_people"
LINKS = (
    Mutant(
        "lists lead to boards by right",
        ELSEWHERE,
        "if (model is Card or supertype_of(model) is not None) and may_see_cards():",
        "if model is Card or supertype_of(model) is not None:",
        LEADS,
    ),
    Mutant(
        "lists lead to maps by right",
        ELSEWHERE,
        "if model in PARTS and may_look():",
        "if model in PARTS:",
        LEADS,
    ),
    Mutant(
        "lists lead to pages of Set-up by right",
        ELSEWHERE,
        "if tool.endpoint == SET_UP.get(model) and tool.open_here():",
        "if tool.endpoint == SET_UP.get(model):",
        LEADS,
    ),
    Mutant(
        "lists lead to the rights by right",
        ELSEWHERE,
        "if model in (Role, Grant, FieldGrant) and rights_open():",
        "if model in (Role, Grant, FieldGrant):",
        LEADS,
    ),
    Mutant(
        "lists lead to the proof of the audit for the admin",
        ELSEWHERE,
        "if model in (AuditEntry, AuditChange) and is_admin() and",
        "if model in (AuditEntry, AuditChange) and",
        LEADS,
    ),
    Mutant(
        "a pipeline leads to its map by right",
        ELSEWHERE,
        "if isinstance(row, Pipeline) and may_look():",
        "if isinstance(row, Pipeline):",
        LEADS,
    ),
    Mutant(
        "a stage leads to its map by right",
        ELSEWHERE,
        "if isinstance(row, Stage) and may_look():",
        "if isinstance(row, Stage):",
        LEADS,
    ),
    Mutant(
        "a role leads to its rights by right",
        ELSEWHERE,
        "if isinstance(row, Role) and rights_open() and",
        "if isinstance(row, Role) and",
        LEADS,
    ),
    Mutant(
        "a location leads to its week by right",
        ELSEWHERE,
        "if isinstance(row, Location) and hours_open() and",
        "if isinstance(row, Location) and",
        LEADS,
    ),
    Mutant(
        "codes are offered by names that may be read",
        PICKED,
        'if not (can("read", model, field) and (name is None or can("read", model, name))):',
        "if False:",
        CODES,
    ),
    Mutant(
        "codes are offered of the person's rows",
        PICKED,
        "query = scoped(model, field, *([name] if name else ()))",
        "query = model.select(field, *([name] if name else ()))",
        CODES,
    ),
    Mutant(
        "rows without a number are named by what may be read",
        "admin_views/titles.py",
        'fields = [model._meta.fields[name] for name in names if can("read", model, name)]',
        "fields = [model._meta.fields[name] for name in names]",
        "test_guards_of_columns.py -k without_a_number",
    ),
    Mutant(
        "whose work lies at the bench needs its right",
        BENCH,
        'if can("read", LabOrder, "patient"):',
        "if True:",
        SHEET,
    ),
    Mutant(
        "notes of holds at the bench need their right",
        BENCH,
        'if held and can("read", Hold, "note"):',
        "if held:",
        SHEET,
    ),
    Mutant(
        "the bench leads to holding a work by right",
        "admin_views/bench.py",
        "        may_hold=may_hold(),\n",
        "        may_hold=True,\n",
        "test_bench_page.py -k put_on_hold",
    ),
    Mutant(
        "teeth at the bench need their right",
        BENCH,
        'if not can("read", OrderTooth, "tooth"):',
        "if False:",
        SHEET,
    ),
    Mutant(
        "a board offers people by right",
        BOARD,
        'people=_people(pipeline) if can("read", Card, "responsible") else [],',
        "people=_people(pipeline),",
        FILTERS,
    ),
    Mutant(
        "a board offers places by right",
        BOARD,
        'places=_places() if can("read", Card, "location") else [],',
        "places=_places(),",
        FILTERS,
    ),
    Mutant(
        "people that a board offers are of the person's rows",
        BOARD,
        "found = scoped(Staff).where(Staff.id.in_(holders))",
        "found = Staff.select().where(Staff.id.in_(holders))",
        FILTERS,
    ),
    Mutant(
        "people that a board offers hold cards of the person's rows",
        BOARD,
        "holders = scoped(Card, Card.responsible)",
        "holders = Card.select(Card.responsible)",
        FILTERS,
    ),
    Mutant(
        "places that a board offers are of the person's rows",
        BOARD,
        "found = scoped(Location).where(Location.ended_on",
        "found = Location.select().where(Location.ended_on",
        FILTERS,
    ),
    Mutant(
        "a PIN takes no card over",
        "admin_views/card_links.py",
        'return within_reach(url_for("taking_over.index", card=card.id))',
        'return url_for("taking_over.index", card=card.id)',
        FLOOR,
    ),
    Mutant(
        "a PIN is led to no form of evidence",
        "admin_views/card_links.py",
        "return within_reach(_place_of(evidence, card, record))",
        "return _place_of(evidence, card, record)",
        FLOOR,
    ),
    Mutant(
        "a PIN edits no order",
        "admin_views/card_work.py",
        '"edit": within_reach(edit) if',
        '"edit": edit if',
        FLOOR,
    ),
    Mutant(
        "a PIN is led to no photos",
        "admin_views/order_parts.py",
        "return within_reach(page)",
        "return page",
        FLOOR,
    ),
    Mutant(
        "a PIN is led to no form of another system's record",
        "admin_views/card_systems.py",
        'return within_reach(url_for("external_record.create_view", card=card.id)) or ""',
        'return url_for("external_record.create_view", card=card.id)',
        FLOOR,
    ),
)
