"""A throw-away PostgreSQL for the tests: one server a run, however many workers it has."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Composed, Identifier

ROOMY = 2**30
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
# Outlives a killed run, to leave neither server nor files behind; ends with "$@", how to stop.
WATCH = """
pid=$1 run=$2 home=$3
shift 3
while [ -d "/proc/$pid" ] && [ -d "$home" ]; do sleep 1; done
"$@"
rm -rf "$run" "$home"
"""


class PostgresWillNotStart(RuntimeError):
    """The programs are there, but no server came up."""


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on the PATH, else the newest of Debian's versions."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    folders = sorted((file.parent for file in found), key=lambda folder: float(folder.parts[-2]))
    return folders[-1] if folders else None


def cluster(run: Path) -> str:
    """The address of an administrator on this run's server; whoever asks first starts it."""
    given = os.environ.get("TEST_POSTGRES_URL")
    return given or once(run / "postgres-url", lambda: _start(run))


def stop(run: Path) -> None:
    """End the server of this run, if anyone started one."""
    home = run / "postgres-home"
    binaries = find_binaries()
    if home.exists() and binaries:
        _stop(binaries, Path(home.read_text()))


def create_database(admin_url: str, name: str, template: str | None = None) -> str:
    """Make a database, as a copy of `template` when one is named; returns its address."""
    statement = SQL("CREATE DATABASE {}").format(Identifier(name))
    if template:
        # Copying files beats PostgreSQL's default, copying through the log: 22 ms against 35.
        statement += SQL(" TEMPLATE {} STRATEGY file_copy").format(Identifier(template))
    _administer(admin_url, statement)
    return urlsplit(admin_url)._replace(path=f"/{name}").geturl()


@contextmanager
def lent(admin_url: str, template: str, departed: list[str]) -> Iterator[str]:
    """The address of a copy of `template` for one test, which takes the place of what `departed`.

    No test leaves more behind than it had: memory that the kernel has just got back is written at
    3.4 GB a second, and memory that nobody has touched yet at 0.8.
    """
    name = f"benchside_house_{token_hex(6)}"
    url = create_database(admin_url, name, template)
    while departed:
        drop_database(admin_url, departed.pop())
    try:
        yield url
    finally:
        departed.append(name)


def drop_database(admin_url: str, name: str) -> None:
    """Remove a database, and whoever is still connected to it."""
    _administer(admin_url, SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def once(answer: Path, make: Callable[[], str]) -> str:
    """What `make` answered to the first worker of this run that asked; the others wait for it."""
    with answer.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(make())
        return answer.read_text()


def roomy_place() -> str | None:
    """The memory disk when it is big enough, because a database is a thousand small files."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY:
        return str(memory)
    return None


def _start(run: Path) -> str:
    binaries = find_binaries()
    if not binaries:
        raise PostgresWillNotStart("initdb is nowhere to be found")
    home = Path(tempfile.mkdtemp(prefix="benchside-postgres-", dir=roomy_place()))
    if _is_root():
        shutil.chown(home, "postgres", "postgres")
    (run / "postgres-home").write_text(str(home))
    _watch(run, binaries, home)
    _make(binaries, home)
    return _serve(binaries, home)


def _watch(run: Path, binaries: Path, home: Path) -> None:
    quiet = subprocess.DEVNULL
    known = [(run / "pid").read_text(), str(run), str(home)]
    subprocess.Popen(
        ["sh", "-c", WATCH, "sh", *known, *_stopping(binaries, home)],
        cwd="/",
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


def _make(binaries: Path, home: Path) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run(_as_postgres(binaries / "initdb", f"--pgdata={home}/data", "-U", "postgres", *options))


def _serve(binaries: Path, home: Path) -> str:
    settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    for _ in range(3):  # another program may take the free port first
        port = _free_port()
        options = ["--wait", f"--log={home}/log", f"--options={settings} -c port={port}"]
        with suppress(PostgresWillNotStart):
            _run(_as_postgres(binaries / "pg_ctl", "start", f"--pgdata={home}/data", *options))
            return f"postgresql://postgres:postgres@127.0.0.1:{port}/postgres"
    raise PostgresWillNotStart((home / "log").read_text())


def _stop(binaries: Path, home: Path) -> None:
    if (home / "data" / "postmaster.pid").exists():
        _run(_stopping(binaries, home))
    shutil.rmtree(home, ignore_errors=True)


def _stopping(binaries: Path, home: Path) -> list[str]:
    return _as_postgres(binaries / "pg_ctl", "stop", f"--pgdata={home}/data", "--mode=immediate")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise PostgresWillNotStart(done.stderr or done.stdout)


def _as_postgres(program: Path, *arguments: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root lends it the user of its package."""
    lend = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    return [*(lend if _is_root() else []), str(program), *arguments]


def _is_root() -> bool:
    return os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _administer(admin_url: str, statement: Composed) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(statement)
