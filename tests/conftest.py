"""What every test may ask for: an empty house on either engine, and a browser."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple, NoReturn

import pytest

from schema import migrations
from schema.database import close_database, database, open_database
from tests import postgres

pytest_plugins = ("tests.clinic", "tests.web")
ENGINES = tuple(os.environ.get("TEST_ENGINES", "sqlite,postgresql").split(","))
HOUSE_ON = {"sqlite": "sqlite_house", "postgresql": "postgres_house"}
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


# How long these files take, told as the number of usual tests that take as long.
HEAVY = {
    "admin_views/test_bad_files.py": 190,
    "admin_views/test_bad_input.py": 450,
    "admin_views/test_every_word.py": 160,
    "admin_views/test_matrix.py": 2000,
    "admin_views/test_no_markup.py": 75,
    "admin_views/test_random_walk.py": 60,
    "browser/test_a_day_of_lists.py": 480,
    "browser/test_a_working_day.py": 370,
    "browser/test_at_the_desk.py": 70,
    "browser/test_error_pages.py": 80,
    "browser/test_every_desk.py": 170,
    "browser/test_every_page_kind.py": 230,
    "browser/test_tablet.py": 70,
    "browser/test_the_whole_way.py": 90,
    "concurrency/test_statements.py": 50,
    "seed/test_first_rows.py": 70,
    "test_property_cards.py": 160,
    "test_property_custody.py": 150,
    "test_property_verbs.py": 50,
}


class House(NamedTuple):
    """One database that a test has to itself, open and bound."""

    engine: str
    url: str


class Template(NamedTuple):
    """The migrated database that every PostgreSQL house is a copy of."""

    admin_url: str
    name: str


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("DATABASE_URL", None)  # no test ever meets the clinic's own database
    os.environ["AUDIT_KEY"] = "an audit key that only the tests use"
    os.environ["TZ"] = "UTC"
    time.tzset()
    gc.set_threshold(20_000, 20, 20)  # looking for rubbish every 700 things takes 8% of a test
    if not is_worker(config):
        run = Path(tempfile.mkdtemp(prefix="benchside-tests-", dir=postgres.roomy_place()))
        (run / "pid").write_text(str(os.getpid()))
        os.environ["BENCHSIDE_TEST_RUN"] = str(run)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        template = this_run() / "postgres-template"
        if template.exists():
            postgres.drop_database(postgres.cluster(this_run()), template.read_text())
        postgres.stop(this_run())
        shutil.rmtree(this_run(), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: a long one at the end leaves the other workers without work."""
    tests = Counter(item.path for item in items)
    told = {Path(__file__).parent / name: count for name, count in HEAVY.items()}
    items.sort(key=lambda item: -max(tests[item.path], told.get(item.path, 0)))


def pytest_report_header() -> str:
    where = os.environ.get("TEST_POSTGRES_URL") or postgres.find_binaries() or "NOT FOUND"
    return f"engines: {', '.join(ENGINES)} (PostgreSQL: {where})"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Once for each engine."""
    return request.param


@pytest.fixture
def house(engine: str, request: pytest.FixtureRequest) -> House:
    """An empty migrated house, once on each engine."""
    return request.getfixturevalue(HOUSE_ON[engine])


@pytest.fixture
def sqlite_house(sqlite_template: Path) -> Iterator[House]:
    """An empty migrated house on SQLite."""
    skip_unless_wanted("sqlite")
    with tempfile.TemporaryDirectory(dir=this_run()) as folder:
        file = shutil.copyfile(sqlite_template, Path(folder) / "house.db")
        with opened(f"sqlite:///{file}") as url:
            yield House("sqlite", url)


@pytest.fixture
def postgres_house(postgres_template: Template, departed: list[str]) -> Iterator[House]:
    """An empty migrated house on PostgreSQL."""
    admin_url, template = postgres_template
    with postgres.lent(admin_url, template, departed) as url, opened(url):
        yield House("postgresql", url)


@pytest.fixture(scope="session")
def departed(postgres_template: Template) -> Iterator[list[str]]:
    """Houses to drop one test later: by then their connections are gone, a wait of 100 ms."""
    names: list[str] = []
    yield names
    for name in names:
        postgres.drop_database(postgres_template.admin_url, name)


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated SQLite file, made once for all workers of a run."""
    return Path(postgres.once(this_run() / "sqlite-template", build_sqlite_template))


@pytest.fixture(scope="session")
def postgres_template() -> Template:
    """A migrated PostgreSQL database, made once for all workers of a run."""
    skip_unless_wanted("postgresql")
    if not (os.environ.get("TEST_POSTGRES_URL") or postgres.find_binaries()):
        missing("PostgreSQL is not installed, HALF OF THE SUITE DID NOT RUN (TEST_POSTGRES_URL?)")
    admin_url = postgres.cluster(this_run())
    name = postgres.once(
        this_run() / "postgres-template", lambda: build_postgres_template(admin_url)
    )
    return Template(admin_url, name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that playwright can drive."""
    for name in (os.environ.get("CHROMIUM", ""), *BROWSERS):
        if found := shutil.which(name):
            return found
    missing("Chromium is not installed, the browser tests did not run (CHROMIUM=path?)")


def build_sqlite_template() -> str:
    file = this_run() / "template.db"
    with opened(f"sqlite:///{file}"):
        migrations.upgrade()
    return str(file)


def build_postgres_template(admin_url: str) -> str:
    name = f"benchside_template_{token_hex(6)}"
    with opened(postgres.create_database(admin_url, name)):
        migrations.upgrade()
    return name


@contextmanager
def opened(url: str) -> Iterator[str]:
    open_database(url)
    try:
        database.connect()
        yield url
    finally:
        close_database()


def this_run() -> Path:
    """The folder that all workers of this run share."""
    return Path(os.environ["BENCHSIDE_TEST_RUN"])


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def skip_unless_wanted(engine: str) -> None:
    if engine not in ENGINES:
        pytest.skip(f"TEST_ENGINES leaves out {engine}")


def missing(reason: str) -> NoReturn:
    """A machine of our own may lack a program; the one that judges must not."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
