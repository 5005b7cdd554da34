"""The clock: the worker's pulse, one worker at a time, and a queue that trusts only itself."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from huey.storage import MemoryStorage

from schema.base import utcnow
from schema.clock import WorkerTick
from schema.settings import PROJECT, Settings
from schema.workflow import clock
from tasks import heartbeat, queue
from tasks.alone import HouseLock
from tests.web import SECRET, Web

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def settings(house, tmp_path: Path):
    yield Settings(database_url=house.url, secret_key=SECRET, folder=tmp_path)
    queue.huey.storage.close()
    queue.huey.storage = MemoryStorage("benchside")


def test_a_tick_is_one_row_that_moves(house):
    clock.tick(NOW)
    clock.tick(NOW + dt.timedelta(minutes=1))

    assert clock.last_tick() == NOW + dt.timedelta(minutes=1)
    assert WorkerTick.select().count() == 1
    assert clock.last_tick("somebody else") is None


def test_the_heartbeat_ticks(house):
    heartbeat.beat.call_local()

    assert utcnow() - clock.last_tick() < dt.timedelta(seconds=5)


def test_health_tells_the_age_of_the_last_tick(web: Web):
    browser = web.stranger()
    assert browser.get("/healthz").json["worker"] == {"last_tick_seconds_ago": None, "late": True}

    clock.tick(utcnow() - dt.timedelta(seconds=400))
    late = browser.get("/healthz")
    assert late.status_code == 200 and late.json["worker"]["late"]
    assert late.json["worker"]["last_tick_seconds_ago"] in range(400, 410)
    assert browser.get("/healthz?worker=1").status_code == 503

    clock.tick(utcnow())
    assert browser.get("/healthz?worker=1").json["status"] == "ok"


def test_importing_the_queue_makes_no_file(tmp_path: Path):
    look = "import tasks.heartbeat, os; print(sorted(os.listdir()))"
    seen = subprocess.run(
        [sys.executable, "-c", look],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
    )
    assert (seen.stdout.strip(), seen.stderr) == ("[]", "")


def test_work_goes_through_the_queue_with_a_connection_of_its_own(settings):
    huey = queue.open_queue(settings)

    huey.enqueue(heartbeat.beat.s())
    huey.execute(huey.dequeue())

    assert clock.last_tick() is not None
    assert huey.dequeue() is None


def test_a_forged_message_is_never_unpacked(settings):
    huey = queue.open_queue(settings)
    genuine = huey.serialize_task(heartbeat.beat.s())

    huey.storage.enqueue(genuine[:-3] + b"abc")

    with pytest.raises(ValueError, match="mismatch"):
        huey.dequeue()


def test_a_lock_is_held_by_one_and_freed_when_it_is_let_go(settings):
    first, second = HouseLock("worker", settings), HouseLock("worker", settings)

    assert first.take() and first.is_held()
    assert not second.take() and not second.is_held()
    first.release()
    assert second.take()
    second.release()


@pytest.mark.slow
def test_a_real_worker_ticks_alone_and_ends_when_told(settings):
    told = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": SECRET,
        "AUDIT_KEY": SECRET,
        "VAR_FOLDER": str(settings.folder),
        "PATH": os.environ["PATH"],
    }
    first, second = (
        subprocess.Popen(
            [sys.executable, "-m", "tasks"],
            cwd=PROJECT,
            env=told,
            stderr=(settings.folder / f"worker{number}.log").open("w"),
        )
        for number in (1, 2)
    )
    try:
        said = [settings.folder / f"worker{number}.log" for number in (1, 2)]
        wait_until(lambda: all(file.read_text().strip() for file in said))
        order = [first, second] if works(said[0]) else [second, first]
        waiting = said[1] if works(said[0]) else said[0]
        assert clock.last_tick() is not None and not works(waiting)
        for worker in order:
            wait_until(lambda worker=worker: works(said[(first, second).index(worker)]))
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(20) == 0
    finally:
        for process in (first, second):
            process.kill()
            process.wait()


def works(said: Path) -> bool:
    return "the worker is at work" in said.read_text()


def wait_until(true, seconds: float = 20) -> None:
    for _ in range(int(seconds * 10)):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")
