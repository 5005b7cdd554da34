"""The worker as a child of the web server, for a house on one machine."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time

from schema.settings import PROJECT

log = logging.getLogger("benchside.worker")
BESIDE_PARENT = "--beside-parent"
COMMAND = [sys.executable, "-m", "tasks", BESIDE_PARENT]
PAUSE = 5.0
PATIENCE = 35.0
GLANCE = 1.0


class WorkerBeside:
    """Starts the worker, starts it again when it dies, and ends it with the server."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._child = self._spawn()
        self._watch.start()

    def stop(self) -> None:
        """Let the worker finish what is in hand, for a while."""
        self._ending.set()
        self._watch.join()
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _spawn(self) -> subprocess.Popen[bytes]:
        """In a session of its own, so that Ctrl-C reaches only the parent, which ends it gently."""
        return subprocess.Popen(
            COMMAND,
            cwd=PROJECT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _keep_alive(self) -> None:
        while not self._ending.wait(PAUSE):
            if self._child is not None and self._child.poll() is not None:
                log.error("the worker ended with %s; starting it again", self._child.returncode)
                self._child = self._spawn()


def end_with_parent() -> None:
    """From now on this process ends, gently, when the one that started it is gone."""
    threading.Thread(target=_outlive_nobody, args=(os.getppid(),), daemon=True).start()


def _outlive_nobody(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(GLANCE)
    os.kill(os.getpid(), signal.SIGTERM)
