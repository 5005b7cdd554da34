"""The bench house: built once for each size and engine, then kept in var/bench."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import large_rows
from bench.loading import guards_asleep, load
from bench.small_rows import Small, sow_small
from schema import TABLES, migrations
from schema.database import close_database, database, execute_plain, one_act, open_database
from schema.marks import mark_rows
from schema.orders import LabOrder
from schema.settings import PROJECT
from schema.start import refuse_unsound_start
from seed.rights import sow_rights

FOLDER = PROJECT / "var" / "bench"


def open_house(engine: str, orders: int, server: str) -> str:
    """Open the bench database of that size, built when it is not there yet; its address."""
    return house_of(engine, str(orders), server, lacks_orders, lambda: build(orders))


def fresh_house(engine: str, name: str, orders: int, server: str) -> str:
    """The same under a name of its own, built anew: whoever writes begins where all began."""
    url = house_url(engine, name, server)
    _forget(engine, url, server)
    return house_of(engine, name, server, lacks_orders, lambda: build(orders))


def _forget(engine: str, url: str, server: str) -> None:
    if engine == "sqlite":
        file = Path(url.removeprefix("sqlite:///"))
        for part in file.parent.glob(f"{file.name}*"):
            part.unlink()
        return
    with opened(f"{server}/postgres"):
        database.connection().autocommit = True
        database.execute_sql(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]}")


def house_of(
    engine: str, name: str, server: str, is_empty: Callable[[], bool], fill: Callable[[], None]
) -> str:
    """Open the bench database of that name, filled when it is empty; its address."""
    url = house_url(engine, name, server)
    open_database(url)
    database.connect()
    migrations.upgrade()
    if is_empty():
        started = time.perf_counter()
        fill()
        print(f"{name} built in {time.perf_counter() - started:.0f} s", flush=True)
    mark_rows(TABLES)  # as the clock does each day
    refuse_unsound_start()
    database.close()
    return url


def lacks_orders() -> bool:
    return not LabOrder.select().exists()


def house_url(engine: str, size: str, server: str) -> str:
    """The address of the database; PostgreSQL is asked to make it when it lacks it."""
    name = f"benchside_bench_{size}_{shape_of(engine)}"
    if engine == "sqlite":
        FOLDER.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{FOLDER}/{name}.db"
    with opened(f"{server}/postgres"):
        database.connection().autocommit = True
        known = database.execute_sql("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if not known.fetchone():
            database.execute_sql(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def shape_of(engine: str) -> str:
    """A short word for the present tables, so that a house of another shape is not reused."""
    scripts = sorted((PROJECT / "schema" / "migrations").glob(f"*.{engine}.sql"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in scripts)).hexdigest()[:8]


@contextmanager
def opened(url: str) -> Iterator[None]:
    open_database(url)
    try:
        database.connect()
        yield
    finally:
        close_database()


def build(orders: int) -> None:
    """Write every row past the guards, then put the guards back."""
    with one_act():
        sow_rights()
        small = sow_small()
    with guards_asleep(), one_act():
        _fill(orders, small)
    migrations.upgrade()
    execute_plain("ANALYZE")


def _fill(orders: int, small: Small) -> None:
    people = orders * 2 // 3
    load("patient", large_rows.PATIENT, large_rows.patients(people, small))
    load("card", large_rows.CARD, large_rows.cards(orders, small))
    load("lab_order", large_rows.ORDER, large_rows.orders(orders, people, small))
    load("order_tooth", large_rows.TOOTH, large_rows.teeth(orders))
