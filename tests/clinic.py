"""A small sown demo clinic on either engine: a whole house in which every table has rows."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

import pytest

from schema.database import close_database, database, open_database
from seed.demo import sow_demo_clinic
from tests import postgres
from tests.factories import NOW

PATIENTS = 12
CLINIC_ON = {"sqlite": "sqlite_clinic", "postgresql": "postgres_clinic"}


class DemoHouse(NamedTuple):
    """A demo clinic that a test has to itself, open and bound; `now` is the moment it shows."""

    engine: str
    url: str
    now: dt.datetime = NOW


@pytest.fixture
def clinic(engine: str, request: pytest.FixtureRequest) -> DemoHouse:
    """A copy of a small demo clinic, once on each engine."""
    return request.getfixturevalue(CLINIC_ON[engine])


@pytest.fixture
def sqlite_clinic(sqlite_clinic_template: Path) -> Iterator[DemoHouse]:
    """A copy of a small demo clinic on SQLite."""
    with tempfile.TemporaryDirectory(dir=_run()) as folder:
        file = shutil.copyfile(sqlite_clinic_template, Path(folder) / "clinic.db")
        with _opened(f"sqlite:///{file}") as url:
            yield DemoHouse("sqlite", url)


@pytest.fixture
def postgres_clinic(
    postgres_template: Any, postgres_clinic_template: str, departed: list[str]
) -> Iterator[DemoHouse]:
    """A copy of a small demo clinic on PostgreSQL."""
    admin_url, template = postgres_template.admin_url, postgres_clinic_template
    with postgres.lent(admin_url, template, departed) as url, _opened(url):
        yield DemoHouse("postgresql", url)


@pytest.fixture(scope="session")
def sqlite_clinic_template(sqlite_template: Path) -> Path:
    """A sown SQLite file, made once for all workers of a run."""

    def build() -> str:
        file = shutil.copyfile(sqlite_template, _run() / "clinic-template.db")
        return _sown(f"sqlite:///{file}", str(file))

    return Path(postgres.once(_run() / "sqlite-clinic", build))


@pytest.fixture(scope="session")
def postgres_clinic_template(postgres_template: Any) -> str:
    """A sown PostgreSQL database, made once for all workers of a run."""
    admin_url, empty = postgres_template

    def build() -> str:
        name = f"benchside_clinic_template_{token_hex(6)}"
        return _sown(postgres.create_database(admin_url, name, empty), name)

    return postgres.once(_run() / "postgres-clinic", build)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever began the run clears the template away, while the server still stands."""
    answer = _run() / "postgres-clinic"
    if not hasattr(config, "workerinput") and answer.exists():
        postgres.drop_database(postgres.cluster(_run()), answer.read_text())


def _sown(url: str, answer: str) -> str:
    with _opened(url):
        sow_demo_clinic(NOW, patients=PATIENTS)
    return answer


@contextmanager
def _opened(url: str) -> Iterator[str]:
    open_database(url)
    try:
        database.connect()
        yield url
    finally:
        close_database()


def _run() -> Path:
    """The folder that all workers of this run share."""
    return Path(os.environ["BENCHSIDE_TEST_RUN"])
