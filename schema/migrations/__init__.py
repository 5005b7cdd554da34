"""Takes a database from any released shape to today's, wholly or not at all."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import PeeweeException
from playhouse.migrations import Runner

from schema import TABLES
from schema.audit import AuditChange
from schema.database import database, engine_name, execute_plain, is_sqlite
from schema.guards import install_guards, missing_guards
from schema.trail import write_down_what_is_found

FOLDER = Path(__file__).parent
LOCK_KEY = 727_001


class MigrationFailed(RuntimeError):
    """A migration could not be applied; the database is as it was."""


def status() -> list[tuple[str, bool]]:
    """Every migration in order, with whether this database has it."""
    return [(step.name, step.applied is not None) for step in _runner().status()]


def pending() -> list[str]:
    """Names of the migrations that this database still lacks."""
    return [name for name, applied in status() if not applied]


def upgrade(folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, then put every guard in place; returns the applied names.

    All of it is one transaction under one lock. Raises MigrationFailed in words.
    """
    with _alone():
        runner = _runner(folder)
        if database.get_tables() and not runner.History.table_exists():
            raise MigrationFailed(
                "This database holds tables but no record of migrations. "
                "Point DATABASE_URL at an empty database or at one made by this program."
            )
        todo = [step for step in runner.status() if step.applied is None]
        if todo or missing_guards(TABLES):
            _apply(runner, todo)
        return [step.name for step in todo]


def _runner(folder: Path = FOLDER) -> Runner:
    return Runner(database.obj, str(folder))


def _apply(runner: Runner, todo: list) -> None:
    name = "guards"
    try:
        with runner.migrator.migration_context():
            runner.History.create_table(safe=True)
            for step in todo:
                name = step.name
                step.load().up(runner.migrator, database)
                runner.History.create(name=name)
            name = "guards"
            install_guards(TABLES)
            _check_keys()
            name = "audit"
            if todo and not AuditChange.select().exists():
                write_down_what_is_found(TABLES)
    except (PeeweeException, OSError, AttributeError, ValueError) as error:
        raise MigrationFailed(
            f"Migration {name} failed: {error}. The database is as it was before. "
            "Mend the cause and run `flask --app app db upgrade` again, "
            "or start the version of the program that was here before."
        ) from error


def _check_keys() -> None:
    if is_sqlite() and database.execute_sql("PRAGMA foreign_key_check").fetchall():
        raise ValueError("rows would lose the row that they refer to")


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process migrates the same database."""
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (LOCK_KEY,))
        return
    with open(f"{database.obj.database}.migrating", "w") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        yield


def run_sql_beside(file: str) -> None:
    """Run the statements of `<file without .py>.<engine>.sql`; a blank line ends a statement."""
    script = Path(file).with_suffix(f".{engine_name()}.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        if statement.strip():
            execute_plain(statement.strip().removesuffix(";"))
