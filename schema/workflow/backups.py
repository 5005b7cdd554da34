"""Copies of the whole database that were looked at before they are called backups."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee

from schema.clock import BACKUP, JobRun
from schema.database import database, is_sqlite, one_act
from schema.workflow import Refused

MIGRATIONS = "schema_migration"
POSTGRES_HOMES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
SQLITE_ERROR = peewee.sqlite3.DatabaseError


def back_up(file: Path, url: str, now: dt.datetime) -> int:
    """Copy the open database to a new file while people work; returns its size in bytes.

    The copy is read back and checked before it gets its name. Raises Refused when the file is
    there already or the copy is not whole.
    """
    if file.exists():
        raise Refused("%(file)s is there already; give the backup another name.", file=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600))
        (_copy_sqlite if is_sqlite() else _dump)(draft, url)
        refuse_broken(draft, is_sqlite())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    _note(now)
    return file.stat().st_size


def restore(file: Path, url: str, *, overwrite: bool, now: dt.datetime) -> Path | None:
    """Put a backup in the place of the open database, after looking at it.

    A SQLite database that is overwritten is copied aside first; the copy's path is returned.
    Raises Refused when the backup is not whole, or the database is not empty without `overwrite`.
    """
    if not file.is_file():
        raise Refused("%(file)s is not a file.", file=file)
    refuse_broken(file, is_sqlite())
    full = bool(database.get_tables())
    if full and not overwrite:
        raise Refused("This database is not empty. With --yes the backup takes its place.")
    aside = None
    if is_sqlite():
        aside = _aside(url, now) if full else None
        with closing(_opened(file)) as source:
            source.backup(database.connection())
        database.execute_sql("PRAGMA journal_mode = wal")
    else:
        _run(
            *("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner"),
            *("--clean", "--if-exists", f"--dbname={_nameless(url)}", str(file)),
            url=url,
        )
    return aside


def refuse_broken(file: Path, sqlite: bool) -> None:
    """Refused unless the file is a whole backup of a house on this engine."""
    if not sqlite:
        listed = _run("pg_restore", "--list", str(file), url="")
        if MIGRATIONS not in listed:
            raise Refused("%(file)s is no backup of this program.", file=file)
        return
    try:
        with closing(_opened(file)) as copy:
            [found] = copy.execute("PRAGMA integrity_check").fetchone()
            lost = copy.execute("PRAGMA foreign_key_check").fetchone()
            names = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    except SQLITE_ERROR as error:
        raise Refused("%(file)s cannot be read: %(why)s.", file=file, why=error) from error
    if found != "ok" or lost:
        raise Refused("%(file)s is damaged; take another backup.", file=file)
    if MIGRATIONS not in names:
        raise Refused("%(file)s is no backup of this program.", file=file)


def last_backup() -> dt.datetime | None:
    """When a backup was last made by the command; None when never."""
    runs = JobRun.select().where(JobRun.job == BACKUP, JobRun.finished_at.is_null(False))
    row = runs.order_by(JobRun.finished_at.desc()).first()
    return row.finished_at if row else None


def _note(now: dt.datetime) -> None:
    """Write down that a backup was made; the page of what is missing asks for it."""
    with one_act():
        told = {"started_at": now, "finished_at": now}
        known = JobRun.update(**told).where(JobRun.job == BACKUP, JobRun.due_on == now.date())
        if not known.execute():
            JobRun.create(job=BACKUP, due_on=now.date(), **told)


def _copy_sqlite(draft: Path, url: str) -> None:
    with closing(peewee.sqlite3.connect(str(draft))) as copy:
        database.connection().backup(copy)
        copy.execute("PRAGMA journal_mode = delete")


def _dump(draft: Path, url: str) -> None:
    _run("pg_dump", "--format=custom", f"--file={draft}", f"--dbname={_nameless(url)}", url=url)


def _aside(url: str, now: dt.datetime) -> Path:
    """The database that is overwritten, kept beside itself."""
    place = Path(unquote(urlsplit(url).path[1:]))
    aside = place.with_name(f"{place.name}.before-{now:%Y%m%d-%H%M%S}")
    os.close(os.open(aside, os.O_CREAT | os.O_WRONLY, 0o600))
    _copy_sqlite(aside, url)
    return aside


def _opened(file: Path) -> Any:
    return peewee.sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)


def _nameless(url: str) -> str:
    """The address without its password, which other users of the machine could read."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{user}{parts.hostname or ''}{port}").geturl()


def _run(program: str, *words: str, url: str) -> str:
    password = urlsplit(url).password
    told = {"PGPASSWORD": unquote(password)} if password else {}
    done = subprocess.run(
        [_found(program), *words], env={**os.environ, **told}, capture_output=True, text=True
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or [""]
        raise Refused("%(program)s failed: %(why)s", program=program, why=said[0])
    return done.stdout


def _found(program: str) -> str:
    """The newest program of that name: an older one refuses a newer server."""
    homes = [Path(home) for home in POSTGRES_HOMES if Path(home).is_dir()]
    installed = sorted((p for home in homes for p in home.glob(f"*/bin/{program}")), key=_version)
    path = str(installed[-1]) if installed else shutil.which(program)
    if path is None:
        raise Refused("%(program)s is not installed on this machine.", program=program)
    return path


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.parent.parent.name.split(".") if part.isdecimal())
