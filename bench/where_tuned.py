"""One statement, tuned by hand for each engine, that gives every fact of «where is X's work»."""

from __future__ import annotations

from typing import Any

from schema.base import utcnow
from schema.database import fold, is_sqlite
from schema.search import HIGHEST

# The newest 201 patients and orders that answer, counted; of four each, what the page says.
TUNED = """
WITH people AS MATERIALIZED (
  SELECT id, code, last_name, first_name, birth_on, phone, ended_on
  FROM patient WHERE {named} ORDER BY {patient_key} DESC LIMIT 201),
works AS MATERIALIZED (
  SELECT o.id, o.ticket, o.patient_id, o.work_type_id, o.card_id, c.stage_id, c.location_id,
    c.responsible_id, c.due_at, c.opened_at, c.closed_at
  FROM lab_order o JOIN card c ON c.id = o.card_id
  WHERE o.id IN (SELECT id FROM lab_order WHERE patient_id IN (SELECT id FROM people)
    UNION SELECT id FROM lab_order WHERE {ticketed})
  ORDER BY {order_key} DESC LIMIT 201),
named AS (SELECT * FROM people{begun}),
best AS (SELECT * FROM works ORDER BY closed_at IS NOT NULL, id DESC LIMIT 4)
SELECT 'work', (SELECT COUNT(*) FROM works), w.ticket, p.last_name, p.first_name, k.name, s.name,
  l.name, r.last_name, r.first_name, w.due_at, w.closed_at,
  (SELECT COUNT(*) FROM order_tooth t WHERE t.order_id = w.id AND t.layer = 'final'),
  (SELECT MAX(at) FROM card_step g WHERE g.card_id = w.card_id),
  (SELECT COUNT(*) FROM hold h WHERE h.card_id = w.card_id AND h.ended_at IS NULL),
  (SELECT MIN(d.opened_at) FROM track t JOIN card d ON d.id = t.card_id
   WHERE t.order_id = w.id AND d.closed_at IS NULL),
  (SELECT MIN(a.starts_at) FROM order_visit v JOIN appointment a ON a.id = v.appointment_id
   WHERE v.order_id = w.id AND v.purpose IN ('try_in', 'placement') AND a.cancelled_at IS NULL
   AND a.missed_at IS NULL AND a.completed_at IS NULL)
FROM best w JOIN patient p ON p.id = w.patient_id JOIN work_type k ON k.id = w.work_type_id
JOIN stage s ON s.id = w.stage_id LEFT JOIN location l ON l.id = w.location_id
LEFT JOIN staff r ON r.id = w.responsible_id
UNION ALL
SELECT 'patient', (SELECT COUNT(*) FROM people), p.code, p.last_name, p.first_name, p.phone, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  (SELECT MIN(a.starts_at) FROM appointment a
   WHERE a.patient_id = p.id AND a.starts_at >= {mark} AND a.cancelled_at IS NULL)
FROM (SELECT * FROM named ORDER BY ended_on IS NOT NULL, id DESC LIMIT 4) p
"""
# Where more than 200 answer: among the older ones, those whose name begins with the word.
BEGUN = """ UNION SELECT * FROM (
  SELECT id, code, last_name, first_name, birth_on, phone, ended_on FROM patient
  WHERE last_name >= {mark} AND last_name < {mark} ORDER BY id DESC LIMIT 100) b"""
PERSON = " || ' ' || ".join(
    f"COALESCE({name}, '')" for name in ("last_name", "first_name", "code", "phone", "email")
)


def tuned(word: str, many: bool) -> tuple[str, tuple[Any, ...]]:
    """The statement and its values for one word; `many` when more than 200 patients answer."""
    text = fold(word) or ""
    mark = "?" if is_sqlite() else "%s"
    begun = BEGUN.format(mark=mark) if many else ""
    first = (text.capitalize(), f"{text.capitalize()}{HIGHEST}") if many else ()
    if is_sqlite():
        phrase = f'"{text}"'
        told = TUNED.format(
            named="id IN (SELECT rowid FROM patient_search WHERE patient_search MATCH ?)",
            ticketed="id IN (SELECT rowid FROM lab_order_search WHERE lab_order_search MATCH ?)",
            patient_key="id",
            order_key="o.id",
            mark=mark,
            begun=begun,
        )
        return told, (phrase, phrase, *first, f"{utcnow():%Y-%m-%d %H:%M:%S}")
    told = TUNED.format(
        named=f"fold({PERSON}) LIKE %s",
        ticketed="fold(COALESCE(ticket, '')) LIKE %s",
        # So that the planner does not walk the whole table from its newest row.
        patient_key="id + 0",
        order_key="o.id + 0",
        mark=mark,
        begun=begun,
    )
    return told, (f"%{text}%", f"%{text}%", *first, utcnow())
