"""Python's collector of garbage rests while very much is made that stays.

It looks at all objects again and again as they become more, and finds nothing: two thirds of the
time that reading thousands of entries takes.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection inside of the block, or of the function that this decorates."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def give_back() -> None:
    """Give memory that nothing uses any more back to the system, where the C library can."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
