"""Connections come from a pool and go back to it; no thread of the server keeps one."""

from __future__ import annotations

import threading

from schema.database import database
from tests.web import Web


def test_a_thread_that_served_holds_no_connection_when_it_ends(web: Web):
    kept = []

    def serve() -> None:
        web.stranger().get("/sign-in")
        kept.append(not database.is_closed())

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()

    assert kept == [False]
