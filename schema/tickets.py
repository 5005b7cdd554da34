"""The running number of job tickets: YY-NNNNNN, without a gap, whoever registers beside whom."""

from __future__ import annotations

from peewee import CharField, IntegerField

from schema.base import Row
from schema.database import database, is_sqlite
from schema.rules import Effect, Guard, Rule, Unique

FIRST_LOCK = 727_004
_LAST = (
    "COALESCE((SELECT k.last_number FROM ticket_counter k "
    "WHERE k.year = substr(NEW.ticket, 1, 2)), 0)"
)
TICKET_RULES = [
    Unique("lab_order_ticket_is_unique", ("ticket",), says="An order has this ticket already."),
    Rule(
        "lab_order_ticket_is_well_formed",
        "length(ticket) = 9 AND substr(ticket, 3, 1) = '-' "
        "AND ltrim(rtrim(ticket, '0123456789'), '0123456789') = '-'",
        says="A ticket is two digits of the year, a dash and six digits, such as 26-000123.",
        field="ticket",
    ),
    Rule(
        "lab_order_ticket_is_of_its_year",
        "substr(ticket, 1, 2) = substr(CAST(received_on AS text), 3, 2)",
        says="The ticket begins with the year in which the order was received.",
        field="ticket",
    ),
    Guard(
        "lab_order_ticket_is_the_next",
        ("INSERT",),
        "NEW.ticket IS DISTINCT FROM substr(NEW.ticket, 1, 2) || '-' "
        f"|| substr(CAST(1000001 + {_LAST} AS text), 2)",
        says="Tickets are numbered without a gap; take the next number of the year.",
        field="ticket",
        locks="ticket_counter WHERE year = substr(NEW.ticket, 1, 2)",
    ),
    Guard(
        "lab_order_ticket_stays",
        ("UPDATE OF ticket",),
        "NEW.ticket <> OLD.ticket",
        says="A ticket number never changes.",
        field="ticket",
    ),
    Effect(
        "lab_order_ticket_counts",
        ("INSERT",),
        "INSERT INTO ticket_counter (year, last_number) "
        "VALUES (substr(NEW.ticket, 1, 2), CAST(substr(NEW.ticket, 4) AS integer)) "
        "ON CONFLICT (year) DO UPDATE SET last_number = excluded.last_number",
    ),
]


class TicketCounter(Row):
    """The last ticket number of a year; it only ever repeats what the orders say."""

    year = CharField(max_length=2)
    last_number = IntegerField()

    class Meta:
        area = "Laboratory"
        help = "How far the tickets of a year have come."
        title = ("year", "last_number")
        shown = ("year", "last_number")
        verbs_only = True
        rules = [
            Unique("ticket_counter_one_per_year", ("year",), says="This year is counted already."),
            Guard(
                "ticket_counter_follows_the_orders",
                ("INSERT", "UPDATE"),
                "NEW.last_number IS DISTINCT FROM COALESCE((SELECT CAST(substr(MAX(o.ticket), 4) "
                "AS integer) FROM lab_order o WHERE o.ticket BETWEEN NEW.year || '-000000' "
                "AND NEW.year || '-999999'), 0)",
                says="The counter follows the orders; it is never set by hand.",
            ),
            Guard(
                "ticket_counter_stays",
                ("DELETE",),
                "TRUE",
                says="The counter of a year stays.",
            ),
        ]


def next_ticket(year: int) -> str:
    """The next ticket of a year; inside an act it stays ours until the order is written.

    Rivals queue here on PostgreSQL; SQLite has one writer at a time anyway.
    """
    short, mark = f"{year % 100:02d}", "?" if is_sqlite() else "%s"
    _begin_year(short, mark)
    wait = "" if is_sqlite() else " FOR UPDATE"
    [last] = database.execute_sql(
        f"SELECT last_number FROM ticket_counter WHERE year = {mark}{wait}", (short,)
    ).fetchone()
    return f"{short}-{last + 1:06d}"


def _begin_year(short: str, mark: str) -> None:
    """The counter of a year that has none yet.

    Whoever begins it meanwhile may already have written an order, which a counter at 0 denies.
    """
    known = f"SELECT 1 FROM ticket_counter WHERE year = {mark}"
    if database.execute_sql(known, (short,)).fetchone():
        return
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (FIRST_LOCK,))
    database.execute_sql(
        f"INSERT INTO ticket_counter (year, last_number) SELECT {mark}, 0 WHERE NOT EXISTS "
        f"({known}) ON CONFLICT (year) DO NOTHING",
        (short, short),
    )
