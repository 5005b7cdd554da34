"""The front door: settings spoken loudly, an unsound house stays shut, the whole thing serves."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from app import create_app
from schema.database import close_database, open_database
from schema.memory import keep_for_good
from schema.settings import PROJECT, Settings, WrongSetting, read_settings
from schema.start import UnsoundStart, refuse_unsound_start
from tests.refusals import raw
from tests.web import SECRET, Web

PLAIN = {"PATH": os.environ["PATH"], "TZ": "UTC"}


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    """The environment of a house that is told nothing but where its files are."""
    return {"VAR_FOLDER": str(tmp_path / "var")}


def test_an_embedded_house_needs_no_setting_and_keeps_its_key(told):
    first, second = read_settings(told), read_settings(told)

    assert first == second
    assert first.database_url == f"sqlite:///{told['VAR_FOLDER']}/benchside.db"
    assert first.base_url == "http://127.0.0.1:8000" and not first.is_https
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((first.folder / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "sqlite:///{VAR_FOLDER}/queue.db"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_FALLBACKS", f"{SECRET},short"),
        ("AUDIT_KEY", "short"),
        ("AUDIT_KEY_FALLBACKS", f"{SECRET},short"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("PROXY_HOPS", "-1"),
        ("PICTURE_HOSTS", "http://photos.clinic.test"),
        ("PICTURE_HOSTS", "https://photos.clinic.test https://*.clinic.test"),
        ("PICTURE_HOSTS", "https://photos.clinic.test/cases"),
        ("CLINIC_TIMEZONE", "Europe/Bucuresti"),
        ("CLINIC_TIMEZONE", "../etc/passwd"),
        ("BASE_URL", "panel.clinic.example"),
        ("BASE_URL", "ftp://panel.clinic.example"),
        ("BASE_URL", "https://panel.clinic.example/path"),
        ("BASE_URL", "https://me:word@panel.clinic.example"),
        ("TZ", "Europe/Bucharest"),
    ],
)
def test_a_wrong_setting_is_named(told, variable, text):
    with pytest.raises(WrongSetting, match=f"^{variable}"):
        read_settings(told | {variable: text.format(**told)})


def test_a_house_on_postgresql_is_told_its_key(told):
    elsewhere = told | {"DATABASE_URL": "postgresql://host/name"}
    with pytest.raises(WrongSetting, match="^SECRET_KEY is missing"):
        read_settings(elsewhere)
    with pytest.raises(WrongSetting, match="^AUDIT_KEY is missing"):
        read_settings(elsewhere | {"SECRET_KEY": SECRET})


def test_a_house_that_others_reach_is_told_its_address(told):
    with pytest.raises(WrongSetting, match="^BASE_URL is missing"):
        read_settings(told | {"HOST": "0.0.0.0"})

    settings = read_settings(told | {"HOST": "0.0.0.0", "BASE_URL": "https://Panel.example/"})
    assert (settings.base_url, settings.trusted_hosts) == (
        "https://panel.example",
        ["panel.example"],
    )


@pytest.mark.parametrize("variable", ["SECRET_KEY", "AUDIT_KEY"])
def test_a_key_that_others_can_read_is_refused(told, variable):
    read_settings(told)
    (Path(told["VAR_FOLDER"]) / variable.lower()).chmod(0o644)

    with pytest.raises(WrongSetting, match=f"^{variable}: others can read"):
        read_settings(told)


def test_a_sound_house_opens(house):
    refuse_unsound_start()


def test_a_house_that_lost_a_guard_stays_shut(house):
    if house.engine == "sqlite":
        raw("DROP TRIGGER staff_keeps_an_admin_update")
    else:
        raw("DROP TRIGGER staff_keeps_an_admin ON staff")

    said = "guards.*staff_keeps_an_admin.*flask --app app db upgrade"
    with pytest.raises(UnsoundStart, match=said):
        refuse_unsound_start()
    with pytest.raises(UnsoundStart):
        create_app(Settings(database_url=house.url, secret_key=SECRET))


def test_a_house_that_lacks_a_change_stays_shut_and_says_what_to_type(house, web: Web):
    raw("DELETE FROM schema_migration")

    with pytest.raises(UnsoundStart, match="lacks .* changes.*flask --app app db upgrade"):
        refuse_unsound_start()
    answer = web.stranger().get("/healthz")
    assert answer.status_code == 503 and answer.json["migrations_pending"]


def test_an_unsafe_sqlite_is_refused(sqlite_house, monkeypatch):
    monkeypatch.setattr("schema.start.sqlite_library", lambda: (3, 51, 2))
    with pytest.raises(UnsoundStart, match="3.51.3"):
        refuse_unsound_start()


def test_a_damaged_file_is_refused(sqlite_house):
    raw("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(sqlite_house.url.removeprefix("sqlite:///"))
    close_database()
    size = file.stat().st_size
    with file.open("r+b") as sheet:
        for page in range(20, size // 4096, 7):
            sheet.seek(page * 4096)
            sheet.write(b"\xff" * 64)
    open_database(sqlite_house.url)

    with pytest.raises(UnsoundStart, match="damaged. Restore the last backup"):
        refuse_unsound_start()


def test_a_database_that_cannot_be_opened_is_told_in_words(tmp_path, sqlite_house):
    close_database()
    open_database(f"sqlite:///{tmp_path}/no/such/folder/house.db")

    with pytest.raises(UnsoundStart, match="cannot be opened.*DATABASE_URL"):
        refuse_unsound_start()


def test_an_old_key_is_accepted_until_it_is_taken_away(house):
    settings = Settings(house.url, secret_key=SECRET, earlier_keys=("an earlier key " * 3,))
    assert create_app(settings).config["SECRET_KEY_FALLBACKS"] == ["an earlier key " * 3]


def flask(told: dict[str, str], *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=PROJECT,
        env=PLAIN | told | more,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_the_command_line_works_on_a_house_that_is_not_there_yet(told):
    assert "PENDING" in flask(told, "db", "status").stdout
    assert "flask --app app db upgrade" in flask(told, "seed", "rows").stderr
    assert "0001" in flask(told, "db", "upgrade").stdout
    assert "PENDING" not in flask(told, "db", "status").stdout
    assert "not the demo clinic" in flask(told, "demo-logins").stderr

    wrong = flask(told, "db", "status", PORT="abc")
    assert wrong.returncode == 2 and "PORT is 'abc'" in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_one_command_serves_web_and_worker_and_ends_both(told, end):
    port = str(free_port())
    server = subprocess.Popen(
        [sys.executable, str(PROJECT / "app.py")],
        cwd="/",
        env=PLAIN | told | {"PORT": port},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert f"http://127.0.0.1:{port}" in server.stdout.readline()
        health = wait_for(f"http://127.0.0.1:{port}/healthz?worker=1")
        assert health["worker"]["last_tick_seconds_ago"] < 60
    finally:
        server.send_signal(end)
        assert server.wait(40) == (-end if end == signal.SIGKILL else 0)
    for _ in range(100):
        if not workers_of(told["VAR_FOLDER"]):
            return
        time.sleep(0.1)
    raise AssertionError("a process outlived its parent")


def wait_for(address: str) -> dict:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} never answered")


def workers_of(folder: str) -> list[str]:
    """Processes that still know of this house."""
    known = []
    for file in Path("/proc").glob("[0-9]*/environ"):
        try:
            if folder.encode() in file.read_bytes():
                known.append(file.parent.name)
        except OSError:
            continue
    return known


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_was_there_at_the_start_is_looked_through_no_more():
    before = gc.get_freeze_count()
    keep_for_good()
    try:
        assert before == 0 < gc.get_freeze_count()
    finally:
        gc.unfreeze()
