"""Keeps the beginning and the end of what a script prints, however much it is."""

from __future__ import annotations

CUT = "… output cut …"


class HeadTail:
    """Takes bytes, keeps the first and the last of them.

    Args:
        limit: How many bytes are kept.
    """

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._head = bytearray()
        self._tail = bytearray()
        self._cut = False

    def add(self, data: bytes) -> None:
        """Take what was printed next."""
        room = self._half - len(self._head)
        self._head += data[:room]
        self._tail += data[room:]
        if len(self._tail) > self._half:
            self._cut = True
            del self._tail[: -self._half]

    def text(self) -> str:
        """What was kept: whole lines, with one that says `CUT` where some are missing."""
        if not self._cut:
            return (self._head + self._tail).decode("utf-8", "replace")
        head = self._head.rpartition(b"\n")[0] or self._head
        tail = self._tail.partition(b"\n")[2] or self._tail
        return "\n".join((head.decode("utf-8", "replace"), CUT, tail.decode("utf-8", "replace")))
