"""The memory of a process that serves for days: what its start leaves behind, and what stays."""

from __future__ import annotations

import ctypes
import gc


def give_memory_back() -> None:
    """What the start needed for a moment goes back to the system: 7 MiB a process, on glibc."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def keep_for_good() -> None:
    """What is there now lives as long as the process, so nobody looks through it any more.

    Python's collector would, now and then: for 50 ms, in which whoever has the turn to write has
    it, and all others wait.
    """
    gc.collect()
    gc.freeze()
