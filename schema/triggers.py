"""How PostgreSQL is told of a trigger and its function."""

from __future__ import annotations


def pg_trigger(
    name: str, moment: str, events: tuple[str, ...], table: str, body: str, when: str = "TRUE"
) -> list[str]:
    """The statements of a trigger; its function is not even called where `when` does not hold.

    PostgreSQL asks `when` of the row alone, so that one with a question, or of a row that the event
    has not, is left to the function.
    """
    lacks = {"OLD." for event in events if event == "INSERT"}
    lacks |= {"NEW." for event in events if event == "DELETE"}
    alone = not any(word in when for word in ("SELECT", *lacks))
    only = f"WHEN ({when}) " if alone and when != "TRUE" else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
        f'CREATE TRIGGER {name} {moment} {" OR ".join(events)} ON "{table}" '
        f"FOR EACH ROW {only}EXECUTE FUNCTION {name}()",
    ]
