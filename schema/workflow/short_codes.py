"""Short names for programs, made of what people typed."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from schema.database import fold

LONGEST = 30


def short_code(name: str, taken: Container[str], otherwise: str = "way") -> str:
    """A code that is not `taken`: `denture_rounds` for «Denture rounds», then `denture_rounds_2`.

    A name without a letter of a to z or digit becomes `otherwise`.
    """
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name) or "").strip("_")[:LONGEST] or otherwise
    return next(c for n in count(1) if (c := plain if n == 1 else f"{plain}_{n}") not in taken)
