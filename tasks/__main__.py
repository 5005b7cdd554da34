"""`python -m tasks`: the worker. One at a time works; another waits until it may take over."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

from huey.consumer import Consumer

from schema.base import utcnow
from schema.database import database, open_database
from schema.memory import keep_for_good
from schema.settings import Settings, WrongSetting, keep_utc, read_settings
from schema.start import UnsoundStart, refuse_unsound_start
from schema.workflow import clock
from tasks import automations, heartbeat, outside, proof, tidying, visits  # noqa: F401  the queue learns its work
from tasks.alone import HouseLock
from tasks.beside import BESIDE_PARENT, end_with_parent
from tasks.queue import open_queue

log = logging.getLogger("benchside.worker")
PAUSE = 2.0
LAST_WORK_MAY_TAKE = 30


def main() -> int:
    """Work until SIGTERM; then finish what is in hand."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the consumer has its own
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    try:
        settings = read_settings()
        keep_utc()
        open_database(settings.database_url)
        refuse_unsound_start()
    except (WrongSetting, UnsoundStart) as error:
        print(error, file=sys.stderr)
        return 2
    if BESIDE_PARENT in sys.argv:
        end_with_parent()
    work(settings)
    return 0


def work(settings: Settings) -> None:
    """Take the lock, then run the consumer until it is told to stop."""
    lock = HouseLock("worker", settings)
    while not lock.take():
        log.info("another worker is at work; waiting")
        time.sleep(PAUSE)
    threading.Thread(target=end_without, args=(lock,), daemon=True).start()
    clock.tick(utcnow())
    database.close()
    keep_for_good()
    log.info("the worker is at work")
    consumer(settings).run()


def consumer(settings: Settings) -> Consumer:
    """One thread, a look at the queue every other second, a graceful end on SIGTERM."""
    return open_queue(settings).create_consumer(
        workers=1,
        max_delay=PAUSE,
        shutdown_timeout=LAST_WORK_MAY_TAKE,
        graceful_signal="TERM",
    )


def end_without(lock: HouseLock) -> None:
    """A worker that lost its lock ends itself, because another may be at work already."""
    while lock.is_held():
        time.sleep(PAUSE)
    log.error("the worker's lock is lost")
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
