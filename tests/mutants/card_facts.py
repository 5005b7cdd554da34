"""Guards of what a card's page tells of its work: heading, order, components, other systems."""

from __future__ import annotations

from tests.mutants import Mutant

FACTS, WORK = "admin_views/card_facts.py", "admin_views/card_work.py"
PARTS, SYSTEMS = "admin_views/order_parts.py", "admin_views/card_systems.py"
LINKS = "admin_views/card_links.py"
HERE = "test_guards_of_cards.py"
HEAD, BEYOND = f"{HERE} -k heading", f"{HERE} -k beyond_the_own"
ORDER, OTHERS = "test_order_on_its_card.py", "test_card_systems.py"
CARD_FACTS = (
    Mutant(
        "that a card is urgent needs its right",
        FACTS,
        '"urgent": card.priority == "urgent" and can("read", Card, "priority"),',
        '"urgent": card.priority == "urgent",',
        HEAD,
    ),
    Mutant(
        "that a card is at risk needs its right",
        FACTS,
        '"at_risk": card.at_risk and can("read", Card, "at_risk"),',
        '"at_risk": card.at_risk,',
        HEAD,
    ),
    Mutant(
        "since when a card is open needs its right",
        FACTS,
        'known = card.step_count == 0 and can("read", Card, "opened_at")',
        "known = card.step_count == 0",
        HEAD,
    ),
    Mutant(
        "why a card waits needs its right",
        FACTS,
        'parts = [gettext(HOLD_REASONS[held.reason]) if can("read", Hold, "reason") else ""]',
        "parts = [gettext(HOLD_REASONS[held.reason])]",
        HEAD,
    ),
    Mutant(
        "since when a card waits needs its right",
        FACTS,
        'parts += [now.near(held.started_at) if can("read", Hold, "started_at") else ""]',
        "parts += [now.near(held.started_at)]",
        HEAD,
    ),
    Mutant(
        "a hold in the heading is of the person's rows",
        FACTS,
        "held = scoped(Hold).where",
        "held = Hold.select().where",
        HEAD,
    ),
    Mutant(
        "whose the order is needs its right",
        FACTS,
        'if order is not None and can("read", LabOrder, "patient"):',
        "if order is not None:",
        HEAD,
    ),
    Mutant(
        "reasons of forced steps are told with their right",
        FACTS,
        'if not can("read", CardStep, "forced"):',
        "if False:",
        f"{HERE} -k forced",
    ),
    Mutant(
        "the checklist needs its right",
        FACTS,
        'shown = lines if can("read", Tick) else []',
        "shown = lines",
        f"{HERE} -k checklist",
    ),
    Mutant(
        "who ticked needs its right",
        "admin_views/card_checklist.py",
        'if line.ticked and can("read", Tick, "by") else ""',
        'if line.ticked else ""',
        "test_card_page.py -k columns",
    ),
    Mutant(
        "notes in the checklist need their right",
        "admin_views/card_checklist.py",
        'noted = line.note if can("read", Tick, "evidence_note") else None',
        "noted = line.note",
        "test_card_page.py -k columns",
    ),
    Mutant(
        "the order of a process is of the person's rows",
        WORK,
        "found: LabOrder | None = scoped(LabOrder).where",
        "found: LabOrder | None = LabOrder.select().where",
        f"{HERE} -k order_of_a_process",
    ),
    Mutant(
        "an order is edited from its card by right",
        WORK,
        '"edit": within_reach(edit) if can("edit", LabOrder) else None,',
        '"edit": within_reach(edit),',
        f"{HERE} -k edited",
    ),
    Mutant(
        "what stands on a card is of the person's rows",
        LINKS,
        "found: Model | None = scoped(child).where",
        "found: Model | None = child.select().where",
        f"{HERE} -k order_of_a_process",
    ),
    Mutant(
        "firms that have works are told by right",
        LINKS,
        "if not isinstance(record, LabOrder | Track) or not outside_rights.may_see():",
        "if not isinstance(record, LabOrder | Track):",
        f"{HERE} -k firm",
    ),
    Mutant(
        "firms are told of works of the person's rows",
        LINKS,
        "asked = scoped(Outsourcing, Outsourcing, Subcontractor)",
        "asked = Outsourcing.select(Outsourcing, Subcontractor)",
        f"{HERE} -k firm",
    ),
    Mutant(
        "a card is taken over by right",
        LINKS,
        "if card.closed_at is not None or not may_transfer():",
        "if card.closed_at is not None:",
        "test_taking_over.py -k not_offered",
    ),
    Mutant(
        "photos need their right, each column",
        PARTS,
        'if not all(can("read", Photo, name) for name in columns) or not can("read", Shot):',
        'if not can("read", Shot):',
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "photos need the right to their shots",
        PARTS,
        'if not all(can("read", Photo, name) for name in columns) or not can("read", Shot):',
        'if not all(can("read", Photo, name) for name in columns):',
        f"{HERE} -k photo",
        behind="policy.can: a column that refers to an unreadable table is hidden",
    ),
    Mutant(
        "components are of the person's rows",
        PARTS,
        "asked = scoped(Component, Component, ComponentKind)",
        "asked = Component.select(Component, ComponentKind)",
        BEYOND,
    ),
    Mutant(
        "consents need their right",
        PARTS,
        'if not known or not can("read", LabOrder, "patient"):',
        'if not can("read", LabOrder, "patient"):',
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "consents are told to who knows the patient",
        PARTS,
        'if not known or not can("read", LabOrder, "patient"):',
        "if not known:",
        f"{ORDER} -k may_not_be_read",
    ),
    Mutant(
        "consents are of the person's rows",
        PARTS,
        "told = scoped(Consent, Consent.purpose",
        "told = Consent.select(Consent.purpose",
        BEYOND,
    ),
    Mutant(
        "records of other systems need their right",
        SYSTEMS,
        'if not can("read", ExternalRecord, "kind"):',
        "if False:",
        f"{HERE} -k other_systems",
    ),
    Mutant(
        "records of other systems are of the person's rows",
        SYSTEMS,
        "found = scoped(ExternalRecord, ExternalRecord, ExternalSystem)",
        "found = ExternalRecord.select(ExternalRecord, ExternalSystem)",
        BEYOND,
    ),
    Mutant(
        "a patient's numbers are told to who knows whose the card is",
        SYSTEMS,
        'return key if key is not None and can("read", type(record), "patient") else None',
        "return key",
        f"{OTHERS} -k may_not_know_the_patient",
    ),
    Mutant(
        "which system it is needs its right",
        SYSTEMS,
        'system = row_name(one.system.name) if can("read", ExternalRecord, "system") else ""',
        "system = row_name(one.system.name)",
        f"{HERE} -k other_systems",
    ),
    Mutant(
        "columns of records of other systems need their right",
        SYSTEMS,
        'return can("read", ExternalRecord, name)',
        "return True",
        f"{OTHERS} -k left_out",
    ),
    Mutant(
        "records of other systems are added by right",
        SYSTEMS,
        'if not can("create", ExternalRecord, "card"):',
        "if False:",
        f"{OTHERS} -k left_out",
    ),
)
