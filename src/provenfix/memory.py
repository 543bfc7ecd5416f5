"""What a process that builds again and again remembers from build to build, beside its cache.

To unpickle thousands of entries takes longer than to see that their files are as they were. A
process that ends after one build would only hold everything twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
_known: dict[Hashable, tuple[Any, Any]] | None = None


def begin() -> None:
    """Remember from now on."""
    global _known
    if _known is None:
        _known = {}


def of(name: Hashable, key: Any, make: Callable[[], T]) -> T:
    """A value: the one of before if its key is equal, or a new one.

    Args:
        name: What it is; the next key of the same name takes its place.
        key: All that it follows from.
        make: Makes it.
    """
    if _known is None:
        return make()
    found = _known.get(name)
    if found is not None and found[0] == key:
        value: T = found[1]
        return value
    value = make()
    _known[name] = key, value
    return value
