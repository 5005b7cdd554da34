"""What fields of the clinic's own ask of their values and of the cards that carry them."""

from __future__ import annotations

from schema.rules import AnyRule, Effect, Guard, Rule, Unique

TYPES = {
    "text": "Text",
    "number": "Number",
    "day": "Day",
    "choice": "One of a list",
    "yes_no": "Yes or no",
    "link": "Link",
    "money": "Money",
}
VALUES = tuple(f"{kind}_value" for kind in TYPES)
EMPTY = " AND ".join(f"{{row}}.{column} IS NULL" for column in VALUES)
OWN_COLUMN = " AND ".join(f"(type = '{kind}' OR {kind}_value IS NULL)" for kind in TYPES)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
USED = "EXISTS (SELECT 1 FROM custom_value v WHERE v.field_id = OLD.id)"


def required_at(stage: str) -> str:
    """SQL for both engines: field `f` is required of a card that stands at this stage.

    Required is the stage of the field and every later one, in each version of its pipeline that
    has a stage of that code; a lost card owes nothing.
    """
    return (
        "f.retired_on IS NULL AND EXISTS (SELECT 1 FROM stage q "
        "JOIN pipeline w ON w.id = q.pipeline_id JOIN stage g ON g.pipeline_id IN "
        "(SELECT x.id FROM pipeline x WHERE x.code = w.code) "
        "JOIN stage m ON m.pipeline_id = g.pipeline_id AND m.code = q.code "
        f"WHERE q.id = f.required_from_stage_id AND g.id = {stage} "
        "AND g.position >= m.position AND g.category <> 'lost')"
    )


def _lists(choices: str, choice: str) -> str:
    """SQL: `choice` is a whole line of `choices`."""
    lines = f"('\n' || replace({choices}, '\r', '') || '\n')"
    return f"replace({lines}, '\n' || {choice} || '\n', '') <> {lines}"


FIELD_RULES: list[AnyRule] = [
    Unique(
        "custom_field_code_is_free",
        ("kind", "code"),
        says="A field of these cards has this code already.",
        field="code",
    ),
    Guard(
        "custom_field_code_is_plain",
        ("INSERT", "UPDATE OF code"),
        f"NEW.code = '' OR trim(NEW.code, '{LETTERS}') <> ''",
        says="A code has small letters without accents, digits and _ only.",
        field="code",
    ),
    Guard(
        "custom_field_filled_stays",
        ("UPDATE OF kind, type, code, pipeline_id",),
        "(NEW.kind <> OLD.kind OR NEW.type <> OLD.type OR NEW.code <> OLD.code "
        "OR (NEW.pipeline_id IS NOT NULL AND NEW.pipeline_id IS DISTINCT FROM OLD.pipeline_id)) "
        f"AND {USED}",
        says="Cards have values in this field, so its kind, type, code and pipeline stay. "
        "End it and add another one.",
        field="type",
    ),
    Guard(
        "custom_field_keeps_chosen_choices",
        ("UPDATE OF choices",),
        "EXISTS (SELECT 1 FROM custom_value v WHERE v.field_id = OLD.id "
        "AND v.choice_value IS NOT NULL "
        f"AND NOT ({_lists('NEW.choices', 'v.choice_value')}))",
        says="Cards say one of the choices that you took away. Leave it in the list.",
        field="choices",
    ),
    # Rights are kept for as long as their stamp stands still, and drawn columns with them.
    Effect(
        "custom_field_is_known_at_once",
        ("INSERT", "UPDATE", "DELETE"),
        "UPDATE clinic SET rights_stamp = rights_stamp + 1",
    ),
]

VALUE_RULES: list[AnyRule] = [
    Rule(
        "custom_value_fills_its_own_column",
        OWN_COLUMN,
        says="Fill in one value, of the field's type.",
        field="field",
    ),
    Guard(
        "custom_value_on_a_fitting_card",
        ("INSERT", "UPDATE OF card_id, field_id"),
        "NOT EXISTS (SELECT 1 FROM custom_field f JOIN card c ON c.kind = f.kind "
        "JOIN pipeline w ON w.id = c.pipeline_id LEFT JOIN pipeline o ON o.id = f.pipeline_id "
        "WHERE f.id = NEW.field_id AND c.id = NEW.card_id "
        "AND (f.pipeline_id IS NULL OR o.code = w.code))",
        says="This field is not on that kind of card.",
        field="field",
    ),
    Guard(
        "custom_value_of_a_field_in_use",
        ("INSERT",),
        "(SELECT f.retired_on FROM custom_field f WHERE f.id = NEW.field_id) IS NOT NULL",
        says="This field is not used any more.",
        field="field",
    ),
    Guard(
        "custom_value_is_a_listed_choice",
        ("INSERT", "UPDATE OF choice_value, field_id"),
        "NEW.choice_value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM custom_field f "
        f"WHERE f.id = NEW.field_id AND {_lists('f.choices', 'NEW.choice_value')})",
        says="Choose one of the listed values.",
        field="choice_value",
    ),
    Guard(
        "custom_value_keeps_what_is_required",
        (f"UPDATE OF {', '.join(VALUES)}",),
        f"{EMPTY.format(row='NEW')} AND EXISTS (SELECT 1 FROM custom_field f "
        "JOIN card c ON c.id = NEW.card_id "
        f"WHERE f.id = NEW.field_id AND {required_at('c.stage_id')})",
        says="This field is required at the stage where the card stands.",
        field="field",
    ),
    Guard(
        "custom_value_required_is_not_removed",
        ("DELETE",),
        "EXISTS (SELECT 1 FROM custom_field f JOIN card c ON c.id = OLD.card_id "
        f"WHERE f.id = OLD.field_id AND {required_at('c.stage_id')})",
        says="This field is required at the stage where the card stands.",
        field="field",
    ),
]

STEP_LEAVES_FIELDS_FILLED = Guard(
    "card_step_leaves_required_fields_filled",
    ("INSERT",),
    "NEW.mode = 'move' AND EXISTS (SELECT 1 FROM custom_field f "
    "JOIN card c ON c.id = NEW.card_id AND c.kind = f.kind "
    "JOIN stage a ON a.id = NEW.from_stage_id JOIN stage b ON b.id = NEW.to_stage_id "
    f"WHERE b.position > a.position AND b.category <> 'lost' AND {required_at('a.id')} "
    "AND NOT EXISTS (SELECT 1 FROM custom_value v WHERE v.card_id = c.id AND v.field_id = f.id "
    f"AND NOT ({EMPTY.format(row='v')})))",
    says="A field that this stage requires is empty. Fill it in on the record's form first.",
    field="to_stage",
    locks="card WHERE id = NEW.card_id",
    first="EXISTS (SELECT 1 FROM custom_field f WHERE f.required_from_stage_id IS NOT NULL)",
)
