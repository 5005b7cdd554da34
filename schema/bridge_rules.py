"""What an order must be before it leaves the draft: complete, and its bridges sound."""

from __future__ import annotations

from schema.rules import Guard

SUPPORTS = "('crown', 'implant_crown', 'wing')"
# Everything that hangs together with a tooth by connectors, tooth by tooth along the arch.
_SPAN = (
    "WITH RECURSIVE span(start_id, tooth_id) AS ("
    "SELECT t.id, t.id FROM order_tooth t WHERE t.order_id = NEW.id UNION "
    "SELECT s.start_id, CASE WHEN c.first_id = s.tooth_id THEN c.second_id ELSE c.first_id END "
    "FROM span s JOIN order_connector c ON c.order_id = NEW.id "
    "AND s.tooth_id IN (c.first_id, c.second_id)) "
)
_JOINED = (
    "EXISTS (SELECT 1 FROM order_connector c WHERE c.order_id = NEW.id "
    "AND t.id IN (c.first_id, c.second_id))"
)


def _work_type(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM work_type w WHERE w.id = NEW.work_type_id AND {condition})"


def _registered(name: str, wrong: str, says: str, field: str | None) -> Guard:
    """A guard that waits until the order is no draft, and then holds for good."""
    return Guard(
        name,
        ("INSERT", "UPDATE OF is_draft, work_type_id, material_id, arch, shade_id, stump_shade_id"),
        f"NOT NEW.is_draft AND ({wrong})",
        says=says,
        field=field,
    )


BRIDGE_RULES = [
    _registered(
        "lab_order_names_its_teeth",
        _work_type("w.needs_teeth")
        + " AND NOT EXISTS (SELECT 1 FROM order_tooth t WHERE t.order_id = NEW.id)",
        says="Choose the teeth of this work.",
        field="work_type",
    ),
    _registered(
        "lab_order_names_its_arch",
        f"NEW.arch IS NULL AND {_work_type('NOT w.needs_teeth')} "
        "AND NOT EXISTS (SELECT 1 FROM order_tooth t WHERE t.order_id = NEW.id)",
        says="Choose an arch, or the teeth of this work.",
        field="arch",
    ),
    _registered(
        "lab_order_names_its_material",
        "NEW.material_id IS NULL AND EXISTS "
        "(SELECT 1 FROM work_type_material m WHERE m.work_type_id = NEW.work_type_id)",
        says="Choose the material of this work.",
        field="material",
    ),
    _registered(
        "lab_order_names_its_shade",
        f"NEW.shade_id IS NULL AND {_work_type('w.needs_shade')}",
        says="Choose the shade of this work.",
        field="shade",
    ),
    _registered(
        "lab_order_names_its_stump_shade",
        f"NEW.stump_shade_id IS NULL AND {_work_type('w.needs_stump')}",
        says="Choose the stump shade; this work is translucent.",
        field="stump_shade",
    ),
    _registered(
        "lab_order_bridge_is_joined",
        _work_type("w.is_bridge")
        + " AND EXISTS (SELECT 1 FROM order_tooth t WHERE t.order_id = NEW.id "
        f"AND t.layer = 'final' AND t.part <> 'abutment' AND NOT {_JOINED})",
        says="Join the teeth of the bridge: each one to its neighbour.",
        field="work_type",
    ),
    _registered(
        "lab_order_pontic_is_joined",
        "EXISTS (SELECT 1 FROM order_tooth t WHERE t.order_id = NEW.id "
        f"AND t.part = 'pontic' AND NOT {_JOINED})",
        says="A pontic hangs on a neighbour: join it.",
        field=None,
    ),
    _registered(
        "lab_order_bridge_has_an_abutment",
        "EXISTS (SELECT 1 FROM order_tooth t WHERE t.order_id = NEW.id AND t.part = 'pontic' "
        f"AND {_JOINED} AND NOT EXISTS ({_SPAN}SELECT 1 FROM span s "
        "JOIN order_tooth a ON a.id = s.tooth_id WHERE s.start_id = t.id "
        f"AND a.part IN {SUPPORTS}))",
        says="A bridge needs an abutment: a crown, an implant crown or a wing that bears it.",
        field=None,
    ),
    _registered(
        "lab_order_span_is_of_one_material",
        "EXISTS (SELECT 1 FROM order_connector c JOIN order_tooth a ON a.id = c.first_id "
        "JOIN order_tooth b ON b.id = c.second_id WHERE c.order_id = NEW.id "
        "AND COALESCE(a.material_id, NEW.material_id) "
        "IS DISTINCT FROM COALESCE(b.material_id, NEW.material_id))",
        says="Joined teeth are of one material.",
        field="material",
    ),
    _registered(
        "lab_order_material_bears_the_span",
        f"EXISTS ({_SPAN}SELECT 1 FROM span s JOIN order_tooth t ON t.id = s.start_id "
        "JOIN material m ON m.id = COALESCE(t.material_id, NEW.material_id) "
        "GROUP BY s.start_id, m.max_span, m.bridgeable HAVING COUNT(*) > 1 "
        "AND (NOT m.bridgeable OR COUNT(*) > m.max_span))",
        says="This material does not bear so long a bridge; shorten it or take another material.",
        field="material",
    ),
]
