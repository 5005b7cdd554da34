"""Migrations: the same house as the models build, whole or not at all, one process at a time."""

from __future__ import annotations

import multiprocessing
import shutil

import pytest

from schema import TABLES
from schema.base import create
from schema.catalogue import catalogue
from schema.database import close_database, database, engine_name, open_database
from schema.guards import install_guards, missing_guards
from schema.migrations import FOLDER, MigrationFailed, status, upgrade
from schema.patients import Patient
from schema.search import contains
from schema.statements import statements
from tests.factories.patients import a_patient
from tests.refusals import raw


def empty(house):
    """The same house with every table gone."""
    if house.engine == "postgresql":
        raw("DROP SCHEMA public CASCADE")
        raw("CREATE SCHEMA public")
        return
    close_database()
    open_database(house.url + "-empty")
    database.connect()


def test_the_migrated_house_is_the_house_that_the_models_build(house):
    migrated = catalogue()
    empty(house)
    with database.atomic():  # no act: there is no audit to seal it yet
        for model in TABLES:
            create(model, engine_name())
        install_guards(TABLES)
    built = catalogue()

    assert len(built) > 500
    assert {k: v for k, v in migrated.items() if built.get(k) != v} == {}
    assert built.keys() == migrated.keys()


def test_upgrading_twice_changes_nothing(house):
    before = catalogue()
    assert upgrade() == []
    assert catalogue() == before
    assert all(applied for _, applied in status())


def broken_folder(tmp_path, body):
    shutil.copytree(FOLDER, tmp_path / "m", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "m" / "9999_broken.py").write_text(body)
    return tmp_path / "m"


def test_a_failing_migration_leaves_the_house_as_it_was_and_says_what_to_do(house, tmp_path):
    before = catalogue()
    body = (
        "def up(migrator, database):\n"
        "    database.execute_sql('CREATE TABLE half (id INTEGER)')\n"
        "    database.execute_sql('ALTER TABLE nowhere ADD COLUMN x INTEGER')\n"
    )

    with pytest.raises(MigrationFailed, match="9999_broken.*as it was before.*db upgrade"):
        upgrade(broken_folder(tmp_path, body))

    assert catalogue() == before
    assert missing_guards(TABLES) == []


def killed(url, folder):
    open_database(url)
    upgrade(folder)


def test_a_killed_migration_leaves_the_house_as_it_was(house, tmp_path):
    before = catalogue()
    body = (
        "import os, signal\n"
        "def up(migrator, database):\n"
        "    database.execute_sql('CREATE TABLE half (id INTEGER)')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    folder = broken_folder(tmp_path, body)

    worker = multiprocessing.get_context("spawn").Process(target=killed, args=(house.url, folder))
    worker.start()
    worker.join()

    assert worker.exitcode == -9
    assert catalogue() == before
    assert upgrade() == []


def applied_by(url, folder, answers):
    open_database(url)
    answers.put(upgrade(folder))


def test_two_processes_that_start_together_migrate_once(house, tmp_path):
    folder = broken_folder(
        tmp_path,
        "def up(migrator, database):\n    database.execute_sql('CREATE TABLE once (id INTEGER)')\n",
    )
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    rivals = [spawn.Process(target=applied_by, args=(house.url, folder, answers)) for _ in range(4)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert sorted(answers.get() for _ in rivals) == [[], [], [], ["9999_broken"]]


def test_a_removed_guard_is_missed_and_put_back(house):
    name = "staff_keeps_an_admin"
    raw(
        f"DROP TRIGGER {name}_update"
        if house.engine == "sqlite"
        else f"DROP TRIGGER {name} ON staff"
    )
    assert missing_guards(TABLES)

    upgrade()

    assert missing_guards(TABLES) == []


def test_a_database_of_somebody_else_is_left_alone(house):
    empty(house)
    raw("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(MigrationFailed, match="no record of migrations"):
        upgrade()
    assert database.get_tables() == ["theirs"]


def test_a_guard_with_other_words_is_missed_and_put_right(house):
    name = "staff_keeps_an_admin"
    if house.engine == "sqlite":
        raw(f"DROP TRIGGER {name}_update")
        raw(f"CREATE TRIGGER {name}_update BEFORE UPDATE ON staff WHEN FALSE BEGIN SELECT 1; END")
    else:
        raw(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NEW; END$$"
        )
    assert missing_guards(TABLES)

    upgrade()

    assert missing_guards(TABLES) == []


def test_a_guard_that_is_no_longer_asked_is_missed_and_put_right(house):
    name = "staff_keeps_an_admin"
    weaker = ["DROP TRIGGER audit_change_is_history_delete"]
    if house.engine == "postgresql":
        called = f"CREATE TRIGGER {name} BEFORE UPDATE ON staff FOR EACH ROW WHEN (FALSE)"
        weaker = [
            f"DROP TRIGGER {name} ON staff; {called} EXECUTE FUNCTION {name}()",
            f"ALTER TABLE staff DISABLE TRIGGER {name}",
            "DROP TRIGGER audit_change_is_history_truncate ON audit_change",
            f"ALTER TABLE staff DISABLE TRIGGER {name}; CREATE TRIGGER {name} BEFORE UPDATE "
            f"ON role FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    for statements_of_one in weaker:
        for statement in statements_of_one.split("; "):
            raw(statement)
        assert missing_guards(TABLES)

        upgrade()

        assert missing_guards(TABLES) == []


def test_a_lost_search_index_is_missed_and_made_again_with_its_rows(house):
    a_patient(last_name="Ștefănescu")
    raw(
        "DROP TRIGGER patient_search_insert"
        if house.engine == "sqlite"
        else "DROP INDEX patient_search"
    )
    assert missing_guards(TABLES)
    a_patient(last_name="Ștefan")

    upgrade()

    assert missing_guards(TABLES) == []
    found = Patient.select().where(contains(Patient, Patient._meta.search, "stefan"))
    assert found.count() == 2


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_statements_of_a_table_are_printed_for_a_migration(engine):
    table, *indexes = statements("staff", engine)
    assert table.startswith('CREATE TABLE "staff" ("id" ') and "staff_email_is_normal" in table
    assert any("staff_email_is_free" in index for index in indexes)
