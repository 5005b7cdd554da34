"""The edit form of an order written by hand: the same fields, lists and child rows as ours."""

from __future__ import annotations

from flask import render_template, request

from bench.asking import ask, run
from schema.fields import TEETH
from schema.orders import ARCHES, TRANSLUCENCIES, VISIT_PURPOSES
from schema.teeth import LAYERS, PARTS

SELECT = """{% macro select(name, options, chosen) %}
<select name="{{ name }}"><option value=""></option>{% for key, text in options %}
<option value="{{ key }}"{% if key == chosen %} selected{% endif %}>{{ text }}</option>
{% endfor %}</select>{% endmacro %}"""
FORM = (
    SELECT
    + """<!doctype html><title>{{ order.ticket }}</title><form method=post>
{% for name, value in order.items() %}<label for="{{ name }}">{{ name }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value if value is not none else '' }}">
{% endfor %}{% for name, options in selects.items() %}<label>{{ name }}
{{ select(name, options, order[name]) }}</label>{% endfor %}
{% for table, rows in children.items() %}<table><caption>{{ table }}</caption>
{% for row in rows %}{% set outer = loop.index0 %}<tr>{% for value in row %}<td>
{% set options = lists[table][loop.index0] %}
{% set name = table ~ '-' ~ outer ~ '-' ~ loop.index0 %}
{% if options %}{{ select(name, options, value) }}{% else %}
<input name="{{ name }}" value="{{ value if value is not none else '' }}">{% endif %}</td>
{% endfor %}</tr>{% endfor %}</table>{% endfor %}<button>Save</button></form>"""
)
CHILDREN = {
    "teeth": "SELECT id, row_version, tooth, part, layer, material_id, implant FROM order_tooth",
    "connectors": "SELECT c.id, c.row_version, a.tooth, b.tooth FROM order_connector c "
    "JOIN order_tooth a ON a.id = c.first_id JOIN order_tooth b ON b.id = c.second_id",
    "visits": "SELECT v.id, v.row_version, a.starts_at, v.purpose FROM order_visit v "
    "JOIN appointment a ON a.id = v.appointment_id",
    "components": "SELECT id, row_version, kind_id, note FROM component",
}
OWNERS = {"connectors": "c.order_id", "visits": "v.order_id"}


def edit() -> str:
    """The order, its card, the lists to choose from, and its four child tables with a new row."""
    key = request.args["id"]
    cursor = run(
        "SELECT o.*, k.due_at, k.priority, k.responsible_id, k.location_id, "
        "p.last_name, p.first_name FROM lab_order o JOIN card k ON k.id = o.card_id "
        "JOIN patient p ON p.id = o.patient_id WHERE o.id = ?",
        key,
    )
    order = dict(zip([head[0] for head in cursor.description], cursor.fetchone(), strict=False))
    children = {
        table: ask(f"{text} WHERE {OWNERS.get(table, 'order_id')} = ?", key)
        for table, text in CHILDREN.items()
    }
    selects, lists = _choices()
    spare = {table: [*rows, [None] * len(lists[table])] for table, rows in children.items()}
    return render_template("form.html", order=order, selects=selects, children=spare, lists=lists)


def _choices() -> tuple[dict, dict]:
    shades = ask("SELECT id, guide || ' ' || code FROM shade ORDER BY guide, lightness")
    materials = ask("SELECT id, name FROM material ORDER BY name")
    selects = {
        "work_type_id": ask("SELECT id, name FROM work_type ORDER BY name"),
        "material_id": materials,
        "location_id": ask("SELECT id, name FROM location ORDER BY name"),
        "arch": list(ARCHES.items()),
        "translucency": list(TRANSLUCENCIES.items()),
    } | {f"{zone}shade_id": shades for zone in ("", "stump_", "cervical_", "body_", "incisal_")}
    teeth = [(tooth, tooth) for tooth in TEETH]
    kinds = ask("SELECT id, name FROM component_kind ORDER BY name")
    lists = {
        "teeth": [None, None, teeth, list(PARTS.items()), list(LAYERS.items()), materials, None],
        "connectors": [None, None, None, None],
        "visits": [None, None, None, list(VISIT_PURPOSES.items())],
        "components": [None, None, kinds, None],
    }
    return selects, lists
