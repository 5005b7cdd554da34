"""What the database refuses inside a verb becomes a refusal in words, like the verb's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from peewee import IntegrityError

from schema import TABLES
from schema.database import one_act
from schema.explain import Explainer, Explanation
from schema.workflow import Refused


@contextmanager
def one_spoken_act() -> Iterator[None]:
    """One act; a rule that is broken inside is raised as Refused with the rule's sentence."""
    try:
        with one_act():
            yield
    except IntegrityError as error:
        told = explained(error)
        facts = {"what": told.what} if told.what else {}
        raise Refused(told.says, **facts) from error


def explained(error: IntegrityError) -> Explanation:
    """The rule that was broken, and its sentence."""
    return _explainer().explain(error)


@cache
def _explainer() -> Explainer:
    return Explainer(TABLES)
