"""What every table owes the audit: triggers that write down each change of each of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schema.triggers import pg_trigger

EVENTS = ("INSERT", "UPDATE", "DELETE")
HIDDEN = "hidden"
TRAIL = "INSERT INTO audit_change (at, table_name, row_id, act, before, after"
NOW_POSTGRESQL = "date_trunc('second', now() AT TIME ZONE 'UTC')"
TXID = "pg_current_xact_id()::text::bigint"


@dataclass(frozen=True)
class Recorded:
    """Triggers that write one row of `audit_change` for each change, whoever makes it.

    Of `hidden` columns only that they have or change a value is kept. Columns of neither list are
    not recorded. They need no function of ours, so that a change typed in a shell is kept too.
    """

    table: str
    columns: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    says: str = "A row keeps its number, and rows are removed one by one."
    field: str | None = None
    engine: str | None = None

    @property
    def name(self) -> str:
        return f"{self.table}_is_recorded"

    def sqlite(self, table: str) -> dict[str, str]:
        bodies = {
            "INSERT": f"{TRAIL}) VALUES (CURRENT_TIMESTAMP, '{table}', NEW.id, 'insert', NULL, "
            f"{self.whole_sqlite('NEW')})",
            "UPDATE": f"SELECT RAISE(ABORT, '{self.name}') WHERE NEW.id <> OLD.id; "
            f"{TRAIL}) SELECT CURRENT_TIMESTAMP, '{table}', OLD.id, 'update', "
            f"json_group_object(c, o), json_group_object(c, n) FROM ({self._pairs_sqlite()}) "
            "HAVING COUNT(*) > 0",
            "DELETE": f"{TRAIL}) VALUES (CURRENT_TIMESTAMP, '{table}', OLD.id, 'delete', "
            f"{self.whole_sqlite('OLD')}, NULL)",
        }
        return {
            f"{self.name}_{event.lower()}": (
                f"CREATE TRIGGER {self.name}_{event.lower()} AFTER {event} "
                f'ON "{table}" BEGIN {bodies[event]}; END'
            )
            for event in EVENTS
        }

    def postgresql(self, table: str) -> list[str]:
        refuse = (
            f"RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = '{self.name}', "
            f"CONSTRAINT = '{self.name}'; "
        )
        values = f"{NOW_POSTGRESQL}, '{table}'"
        body = (
            "DECLARE gone jsonb; come jsonb; BEGIN "
            f"IF TG_OP = 'TRUNCATE' THEN {refuse}"
            f"ELSIF TG_OP = 'INSERT' THEN {TRAIL}, txid) VALUES ({values}, NEW.id, 'insert', "
            f"NULL, {self.whole_postgresql('NEW')}, {TXID}); "
            f"ELSIF TG_OP = 'DELETE' THEN {TRAIL}, txid) VALUES ({values}, OLD.id, 'delete', "
            f"{self.whole_postgresql('OLD')}, NULL, {TXID}); "
            f"ELSIF NEW IS DISTINCT FROM OLD THEN IF NEW.id <> OLD.id THEN {refuse}END IF; "
            "SELECT jsonb_object_agg(c, o), jsonb_object_agg(c, n) INTO gone, come "
            f"FROM (VALUES {self._pairs_postgresql()}) AS pairs (c, o, n) "
            "WHERE o IS DISTINCT FROM n; "
            f"IF come IS NOT NULL THEN {TRAIL}, txid) VALUES ({values}, OLD.id, 'update', "
            f"gone::text, come::text, {TXID}); END IF; END IF; RETURN NULL; END"
        )
        return [
            *pg_trigger(self.name, "AFTER", EVENTS, table, body),
            f'DROP TRIGGER IF EXISTS {self.name}_truncate ON "{table}"',
            f'CREATE TRIGGER {self.name}_truncate BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()",
        ]

    def whole_sqlite(self, row: str) -> str:
        """The JSON text of all recorded columns of `row` (NEW, OLD or a table's name)."""
        return f"json_object({', '.join(self._named(row))})"

    def whole_postgresql(self, row: str) -> str:
        """The JSON text of all recorded columns of `row` (NEW, OLD or a table's name)."""
        return f"json_build_object({', '.join(self._named(row))})::text"

    def _named(self, row: str) -> Iterable[str]:
        yield from (f"'{name}', {row}.\"{name}\"" for name in self.columns)
        yield from (
            f"'{name}', CASE WHEN {row}.\"{name}\" IS NOT NULL THEN '{HIDDEN}' END"
            for name in self.hidden
        )

    def _pairs_sqlite(self) -> str:
        told = [(name, f'OLD."{name}"', f'NEW."{name}"') for name in self.columns]
        told += [(name, "NULL", f"'{HIDDEN}'") for name in self.hidden]
        return " UNION ALL ".join(
            f'SELECT \'{name}\' AS c, {old} AS o, {new} AS n WHERE OLD."{name}" IS NOT NEW."{name}"'
            for name, old, new in told
        )

    def _pairs_postgresql(self) -> str:
        plain = (
            f'(\'{name}\', to_jsonb(OLD."{name}"), to_jsonb(NEW."{name}"))' for name in self.columns
        )
        kept = (
            f'(\'{name}\', NULL, CASE WHEN OLD."{name}" IS DISTINCT FROM NEW."{name}" '
            f"THEN to_jsonb('{HIDDEN}'::text) END)"
            for name in self.hidden
        )
        return ", ".join((*plain, *kept))
