"""The guard at the door: a house that is not sound does not open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import DatabaseError, OperationalError
from playhouse.migrations import Runner

from schema import TABLES
from schema.database import OLDEST_SAFE_SQLITE, PRAGMAS, database, is_sqlite, sqlite_library
from schema.guards import missing_guards
from schema.settings import PROJECT

PROMISES = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2}
DAMAGED = "The database file is damaged. Restore the last backup."
OLDEST_POSTGRESQL = 140_000
MIGRATIONS = str(PROJECT / "schema" / "migrations")


class UnsoundStart(RuntimeError):
    """The database is not fit to work with; the sentence says what to type."""


def refuse_unsound_start() -> None:
    """Raise UnsoundStart when the open database could break a promise of the house."""
    opened_here = _open()
    try:
        if is_sqlite():
            _refuse_unsafe_sqlite()
        else:
            _refuse_old_postgresql()
        _refuse_pending_migrations()
        _refuse_missing_guards()
    finally:
        if opened_here:
            database.close()


def _open() -> bool:
    try:
        return bool(database.connect(reuse_if_open=True))
    except OperationalError as error:
        raise UnsoundStart(
            f"The database cannot be opened: {error}. Look at DATABASE_URL, and whether this "
            "user may write there."
        ) from error
    except DatabaseError as error:
        raise UnsoundStart(DAMAGED) from error


def pending_migrations() -> list[str]:
    """Names of the changes that this program needs and the open database has not had."""
    steps = Runner(database.obj, MIGRATIONS).status()
    return [step.name for step in steps if step.applied is None]


def _refuse_unsafe_sqlite() -> None:
    if sqlite_library() < OLDEST_SAFE_SQLITE:
        oldest = ".".join(map(str, OLDEST_SAFE_SQLITE))
        raise UnsoundStart(
            f"This SQLite library can damage a database; {oldest} or newer is needed. "
            "Type: pip install -r requirements.txt"
        )
    for name, promised in PROMISES.items():
        [found] = database.execute_sql(f"PRAGMA {name}").fetchone()
        if found != promised:
            raise UnsoundStart(f"SQLite runs with {name}={found}; {promised} is needed.")
    with _small_cache():
        if not _is_whole():
            raise UnsoundStart(DAMAGED)
        if database.execute_sql("PRAGMA foreign_key_check").fetchone():
            raise UnsoundStart("Rows of the database lost rows they need. Restore a backup.")


@contextmanager
def _small_cache() -> Iterator[None]:
    """Reading the whole file once must not fill the memory of the process for good."""
    database.execute_sql("PRAGMA cache_size = -2000")
    try:
        yield
    finally:
        database.execute_sql("PRAGMA shrink_memory")
        database.execute_sql(f"PRAGMA cache_size = {PRAGMAS['cache_size']}")


def _is_whole() -> bool:
    try:
        return bool(database.execute_sql("PRAGMA quick_check").fetchone() == ("ok",))
    except DatabaseError:
        return False


def _refuse_old_postgresql() -> None:
    [version] = database.execute_sql("SHOW server_version_num").fetchone()
    if int(version) < OLDEST_POSTGRESQL:
        raise UnsoundStart("This PostgreSQL is too old; 14 or newer is needed.")


def _refuse_pending_migrations() -> None:
    pending = pending_migrations()
    if pending:
        raise UnsoundStart(
            f"The database lacks {len(pending)} changes, the first is {pending[0]}. "
            "Make a backup, then type: flask --app app db upgrade"
        )


def _refuse_missing_guards() -> None:
    missing = missing_guards(TABLES)
    if missing:
        raise UnsoundStart(
            f"The database lost {len(missing)} of its guards, such as {missing[0]}. "
            "Type: flask --app app db upgrade"
        )
