"""The crowd that all races of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.concurrency.crowd import Crowd


@pytest.fixture(scope="package")
def crowd() -> Iterator[Crowd]:
    """Eight processes, at whatever house a test opens."""
    people = Crowd()
    with people.pool:
        yield people
