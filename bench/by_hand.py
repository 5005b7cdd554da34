"""What a page costs at least: views written by hand over tuned SQL, a plain page, no panel."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, render_template, request, session
from jinja2 import DictLoader

from bench.asking import ask
from bench.by_hand_form import FORM, edit
from schema.database import database, is_sqlite
from schema.workflow.sign_in import sha

ROWS = 50
LIST = """<!doctype html><title>Lab orders</title><form><input name=search value="{{ search }}">
</form><table><tr>{% for head in heads %}<th>{{ head }}</th>{% endfor %}</tr>
{% for row in rows %}<tr>{% for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}
<td><a href="/edit?id={{ row[0] }}">Edit</a></td></tr>{% endfor %}</table>
{% if after %}<a href="?after={{ after }}">Next</a>{% endif %}"""
HEADS = (
    "Ticket", "Patient", "Dentist", "Work", "Material", "Shade", "Received", "Stage",
    "Responsible", "Due", "Priority",
)  # fmt: skip
COLUMNS = """SELECT o.id, o.ticket, p.last_name || ' ' || p.first_name,
d.last_name || ' ' || d.first_name, w.name, m.name, h.code, o.received_on, s.name,
r.last_name || ' ' || r.first_name, k.due_at, k.priority"""
JOINS = """ JOIN patient p ON p.id = o.patient_id JOIN staff d ON d.id = o.dentist_id
JOIN work_type w ON w.id = o.work_type_id LEFT JOIN material m ON m.id = o.material_id
LEFT JOIN shade h ON h.id = o.shade_id JOIN stage s ON s.id = k.stage_id
LEFT JOIN staff r ON r.id = k.responsible_id"""
ORDERS = f"{COLUMNS} FROM lab_order o JOIN card k ON k.id = o.card_id{JOINS}"
BY_CARD = f"{COLUMNS} FROM card k CROSS JOIN lab_order o{JOINS}"
NEWEST = f" ORDER BY o.id DESC LIMIT {ROWS + 1}"
NAMED = {
    True: "(SELECT rowid FROM patient_search WHERE patient_search MATCH ?)",
    False: (
        "(SELECT id FROM patient WHERE fold(COALESCE(last_name, '') || ' ' || "
        "COALESCE(first_name, '') || ' ' || COALESCE(code, '') || ' ' || COALESCE(phone, '') "
        "|| ' ' || COALESCE(email, '')) LIKE %s)"
    ),
}


def hand_app(secret: str) -> Flask:
    """Two views; who asks is looked up by one query."""
    app = Flask("by_hand")
    app.secret_key = secret
    app.jinja_loader = DictLoader({"list.html": LIST, "form.html": FORM})
    app.before_request(open_connection)
    app.before_request(require_person)
    app.teardown_request(close_connection)
    app.add_url_rule("/", view_func=orders)
    app.add_url_rule("/edit", view_func=edit)
    return app


def open_connection() -> None:
    """As our own application does it, with the pool of either engine."""
    database.connect(reuse_if_open=True)


def close_connection(_: BaseException | None) -> None:
    database.close()


def require_person() -> None:
    found = ask(
        "SELECT t.id FROM sign_in s JOIN staff t ON t.id = s.staff_id "
        "WHERE s.token_sha = ? AND s.ended_at IS NULL AND t.ended_on IS NULL",
        sha(session.get("_user_id", "")),
    )
    if not found:
        abort(401)


def orders() -> str:
    rows = ask(*_question())
    after = rows[-2][0] if len(rows) > ROWS else None
    return render_template(
        "list.html",
        rows=rows[:ROWS],
        heads=HEADS,
        after=after,
        search=request.args.get("search", ""),
    )


def _question() -> tuple[Any, ...]:
    asked = request.args
    if "search" in asked:
        word = asked["search"]
        word = f'{{last_name first_name}}: "{word}"' if is_sqlite() else f"%{word}%"
        keys = f"SELECT o.id FROM lab_order o WHERE o.patient_id IN {NAMED[is_sqlite()]}"
        return f"{ORDERS} WHERE o.id IN ({keys}{NEWEST}){NEWEST}", word
    if "stage" in asked:
        keys = "SELECT o.id FROM lab_order o JOIN card k ON k.id = o.card_id WHERE k.stage_id = ?"
        return f"{ORDERS} WHERE o.id IN ({keys}{NEWEST}){NEWEST}", asked["stage"]
    if asked.get("sort") == "due":
        empty = "" if is_sqlite() else "NULLS FIRST"
        return (
            f"{BY_CARD} WHERE o.card_id = k.id AND k.kind = 'order' "
            f"ORDER BY k.due_at {empty}, k.id LIMIT {ROWS + 1}",
        )
    if asked.get("sort") == "received":
        return (f"{ORDERS} ORDER BY o.received_on, o.id LIMIT {ROWS + 1}",)
    return f"{ORDERS} WHERE o.id < ?{NEWEST}", asked.get("after", 2**31 - 1)
