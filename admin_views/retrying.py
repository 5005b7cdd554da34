"""An act that PostgreSQL undid for a rival begins anew; nobody at the screen hears of it."""

from __future__ import annotations

from random import random
from time import sleep

from flask import Flask, request
from flask.typing import ResponseReturnValue
from peewee import OperationalError

from schema.database import lost_to_rival

PAUSES = (0.02, 0.1, 0.5)


class Retrying(Flask):
    """Answers each request in one act or two: what was undone left nothing behind."""

    def dispatch_request(self) -> ResponseReturnValue:
        for pause in PAUSES:
            try:
                return super().dispatch_request()
            except OperationalError as error:
                if not lost_to_rival(error):
                    raise
                self.logger.warning("%s begins anew after a deadlock", request.url_rule)
            rewind_files()
            sleep(pause * (0.5 + random()))
        return super().dispatch_request()


def rewind_files() -> None:
    """What was sent is read from its beginning again."""
    for file in request.files.values():
        file.stream.seek(0)
