"""Truths that the database refuses to break, written once and spoken in words, for both engines."""

from __future__ import annotations

from dataclasses import dataclass

from schema.triggers import pg_trigger

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True)
class Rule:
    """A CHECK and the sentence that it says. `engine` limits it to one engine."""

    name: str
    condition: str
    says: str
    field: str | None = None
    engine: str | None = None

    def clause(self) -> str:
        return f"CONSTRAINT {self.name} CHECK ({self.condition})"


@dataclass(frozen=True)
class Agree:
    """A composite foreign key: these columns together name a row of `table`.

    The target columns need a Unique of their own. `deferred` waits until the end of the act.
    """

    name: str
    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    says: str
    field: str | None = None
    deferred: bool = False
    engine: str | None = None

    def clause(self) -> str:
        wait = " DEFERRABLE INITIALLY DEFERRED" if self.deferred else ""
        return (
            f"CONSTRAINT {self.name} FOREIGN KEY ({', '.join(self.columns)}) "
            f'REFERENCES "{self.table}" ({", ".join(self.target)}) ON DELETE RESTRICT{wait}'
        )


@dataclass(frozen=True)
class Unique:
    """A unique index; `columns` may be expressions, `where` makes it partial."""

    name: str
    columns: tuple[str, ...]
    says: str
    where: str | None = None
    field: str | None = None

    def statement(self, table: str) -> str:
        part = f" WHERE {self.where}" if self.where else ""
        return f'CREATE UNIQUE INDEX {self.name} ON "{table}" ({", ".join(self.columns)}){part}'


@dataclass(frozen=True)
class Index:
    """A plain index over columns or expressions; `where` makes it partial. It refuses nothing."""

    name: str
    columns: tuple[str, ...]
    where: str | None = None

    def statement(self, table: str) -> str:
        part = f" WHERE {self.where}" if self.where else ""
        return f'CREATE INDEX {self.name} ON "{table}" ({", ".join(self.columns)}){part}'


def where_told(table: str, *references: str) -> list[Index]:
    """The indexes of references that are mostly empty: an act that tells none writes to none."""
    columns = [f"{name}_id" for name in references]
    return [Index(f"{table}_{name}", (name,), where=f"{name} IS NOT NULL") for name in columns]


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses a row when `when` holds.

    `on` lists events (`INSERT`, `UPDATE`, `UPDATE OF a, b`, `DELETE`). `when` is one SQL condition
    for both engines (IS DISTINCT FROM, EXISTS, COALESCE, TRUE/FALSE; `NEW.` and `OLD.`). `locks`
    (`table WHERE id = NEW.x`) makes rivals queue on PostgreSQL before the condition is read.
    `first` follows from `when` and is quickly read: PostgreSQL sets up all of a long condition
    before it reads any of it.
    """

    name: str
    on: tuple[str, ...]
    when: str
    says: str
    field: str | None = None
    locks: str | None = None
    engine: str | None = None
    first: str = "TRUE"

    def sqlite(self, table: str) -> dict[str, str]:
        return {
            f"{self.name}_{event.split()[0].lower()}": (
                f"CREATE TRIGGER {self.name}_{event.split()[0].lower()} BEFORE {event} "
                f'ON "{table}" WHEN {self.when} '
                f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            )
            for event in self.on
        }

    def postgresql(self, table: str) -> list[str]:
        lock = f"PERFORM 1 FROM {self.locks} FOR UPDATE; " if self.locks else ""
        test = (
            f"IF {self.when} THEN RAISE EXCEPTION USING ERRCODE = '23514', "
            f"MESSAGE = '{self.name}', CONSTRAINT = '{self.name}'; END IF; "
        )
        if self.first != "TRUE":
            test = f"IF {self.first} THEN {test}END IF; "
        body = f"BEGIN {lock}{test}IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
        return pg_trigger(self.name, "BEFORE", self.on, table, body, self.first)


@dataclass(frozen=True)
class Effect:
    """A trigger that writes what follows from a row: `do` is one statement for both engines.

    `engine` limits it to one engine.
    """

    name: str
    on: tuple[str, ...]
    do: str
    when: str = "TRUE"
    engine: str | None = None

    def sqlite(self, table: str) -> dict[str, str]:
        return {
            f"{self.name}_{event.split()[0].lower()}": (
                f"CREATE TRIGGER {self.name}_{event.split()[0].lower()} AFTER {event} "
                f'ON "{table}" WHEN {self.when} BEGIN {self.do}; END'
            )
            for event in self.on
        }

    def postgresql(self, table: str) -> list[str]:
        body = f"BEGIN IF {self.when} THEN {self.do}; END IF; RETURN NULL; END"
        return pg_trigger(self.name, "AFTER", self.on, table, body, self.when)


@dataclass(frozen=True)
class NoOverlap:
    """Two rows with the same `by` never overlap in [start, end), among rows where `where` holds."""

    name: str
    by: str
    start: str
    end: str
    where: str
    says: str
    field: str | None = None

    def sqlite(self, table: str) -> dict[str, str]:
        new = self.where.replace(f"{table}.", "NEW.")
        clash = (
            f'EXISTS (SELECT 1 FROM "{table}" WHERE {table}.{self.by} = NEW.{self.by} '
            f"AND {table}.id IS NOT NEW.id AND {self.where} "
            f"AND {table}.{self.start} < NEW.{self.end} AND {table}.{self.end} > NEW.{self.start})"
        )
        guard = Guard(self.name, ("INSERT", "UPDATE"), f"({new}) AND {clash}", self.says)
        return guard.sqlite(table)

    def postgresql(self, table: str) -> list[str]:
        where = self.where.replace(f"{table}.", "")
        return [
            f'ALTER TABLE "{table}" ADD CONSTRAINT {self.name} EXCLUDE USING gist '
            f"({self.by} WITH =, tsrange({self.start}, {self.end}) WITH &&) WHERE ({where})"
        ]

    def queue(self, table: str) -> list[str]:
        """Rivals for the same `by` wait in line; two at once in an exclusion are a deadlock."""
        new = self.where.replace(f"{table}.", "NEW.")
        body = (
            f"BEGIN IF NEW.{self.by} IS NOT NULL AND {new} THEN "
            f"PERFORM pg_advisory_xact_lock(hashtext('{self.name}'), NEW.{self.by}); END IF; "
            "RETURN NEW; END"
        )
        return pg_trigger(f"{self.name}_queue", "BEFORE", ("INSERT", "UPDATE"), table, body)


@dataclass(frozen=True)
class History:
    """Append-only: rows are added and never changed, removed or replaced.

    `unless` is the one change that is allowed, a condition over `NEW.` and `OLD.`; a row may go
    after the day in its column `until`, where it has one.
    """

    table: str
    unless: str = "FALSE"
    until: str | None = None
    says: str = "History is only added to; it is never changed or removed."
    field: str | None = None
    engine: str | None = None

    @property
    def name(self) -> str:
        return f"{self.table}_is_history"

    @property
    def _changed(self) -> str:
        return "TRUE" if self.unless == "FALSE" else f"NOT COALESCE({self.unless}, FALSE)"

    @property
    def _stays(self) -> str:
        return f"OLD.{self.until} >= CURRENT_DATE" if self.until else "TRUE"

    def sqlite(self, table: str) -> dict[str, str]:
        replaced = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)'
        return {
            **Guard(self.name, ("DELETE",), self._stays, self.says).sqlite(table),
            **Guard(self.name, ("UPDATE",), self._changed, self.says).sqlite(table),
            **Guard(self.name, ("INSERT",), replaced, self.says).sqlite(table),
        }

    def postgresql(self, table: str) -> list[str]:
        forbidden = "TRUE" if self.unless == "FALSE" else f"TG_OP <> 'UPDATE' OR {self._changed}"
        if self.until:
            forbidden = (
                f"(TG_OP = 'DELETE' OR {forbidden}) AND (TG_OP <> 'DELETE' OR {self._stays})"
            )
        statements = Guard(self.name, ("UPDATE", "DELETE"), forbidden, self.says).postgresql(table)
        trigger = f"{self.name}_truncate"
        return [
            *statements,
            f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"',
            f'CREATE TRIGGER {trigger} BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()",
        ]


Truth = Rule | Agree | Unique | Guard | NoOverlap | History
AnyRule = Truth | Index | Effect
