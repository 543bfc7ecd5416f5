"""What came out of a cell, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Raw:
    """What came out of a cell.

    Args:
        ending: The harness's report; None if it never came.
        status: The script's wait status; None if the container died first.
        stdout, stderr: What was printed, the middle cut out beyond the limit.
        cut: Whether anything was cut out.
        timed_out, out_of_memory: Why it was killed.
        contained: What it was kept from.
    """

    ending: dict[str, Any] | None = None
    status: int | None = None
    stdout: str = ""
    stderr: str = ""
    cut: bool = False
    timed_out: bool = False
    out_of_memory: bool = False
    contained: list[str] = field(default_factory=list)
