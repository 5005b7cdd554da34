"""What a board costs at least: one tuned query for the cards, one for the steps, a plain page."""

from __future__ import annotations

from itertools import groupby

from flask import render_template_string

from bench.asking import ask
from schema.database import is_sqlite

MOST = 50
PAGE = """<!doctype html><title>Lab order</title>
{% for name, many, cards in lanes %}<section><h2>{{ name }}</h2> {{ many }}
{% for card in cards %}<article data-card="{{ card[0] }}">
<a href="/cards/{{ card[0] }}">{{ card[4] }}</a> <b>{{ card[5] }}</b>
{{ card[6] }} · {{ card[7] }} {{ card[8] }} {{ card[9] }}
{% if card[10] == 'urgent' %}Urgent{% endif %}{% if card[11] %}At risk{% endif %}
{% if card[12] %}On hold: {{ card[12] }}{% endif %}{% if card[13] %}Forced{% endif %}
<button>Move to…</button></article>{% endfor %}</section>{% endfor %}
<script type="application/json">{{ ways|tojson }}</script>"""
TEETH = {True: "group_concat(x.tooth, ', ')", False: "string_agg(x.tooth::text, ', ')"}
CARDS = """SELECT r.id, s.position, s.name, r.many, o.ticket, p.code, w.name,
(SELECT {teeth} FROM order_tooth x WHERE x.order_id = o.id), r.due_at,
h.last_name || ' ' || h.first_name, r.priority, r.at_risk,
(SELECT d.reason FROM hold d WHERE d.card_id = r.id AND d.ended_at IS NULL),
EXISTS (SELECT 1 FROM card_step t WHERE t.card_id = r.id AND t.forced)
FROM (SELECT k.*, COUNT(*) OVER (PARTITION BY k.stage_id) AS many, ROW_NUMBER() OVER (
  PARTITION BY k.stage_id ORDER BY CASE k.priority WHEN 'urgent' THEN 0 ELSE 1 END,
  k.due_at IS NULL, k.due_at, k.id) AS place
  FROM card k WHERE k.kind = 'order' AND k.closed_at IS NULL) r
JOIN stage s ON s.id = r.stage_id JOIN lab_order o ON o.card_id = r.id
JOIN patient p ON p.id = o.patient_id JOIN work_type w ON w.id = o.work_type_id
LEFT JOIN staff h ON h.id = r.responsible_id
WHERE r.place <= ? ORDER BY s.position, r.place"""
STEPS = """SELECT t.from_stage_id, t.to_stage_id, s.name, t.back FROM stage_step t
JOIN stage s ON s.id = t.to_stage_id JOIN pipeline p ON p.id = t.pipeline_id
WHERE p.code = 'order'"""


def board() -> str:
    """The first fifty cards of each column, with what strikes the eye."""
    rows = ask(CARDS.format(teeth=TEETH[is_sqlite()]), MOST)
    lanes = [
        (name, found[0][3], found)
        for (_, name), cards in groupby(rows, key=lambda row: (row[1], row[2]))
        if (found := list(cards))
    ]
    ways = [[here, there, name, bool(back)] for here, there, name, back in ask(STEPS)]
    return render_template_string(PAGE, lanes=lanes, ways=ways)
