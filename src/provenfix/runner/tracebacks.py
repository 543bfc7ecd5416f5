"""Finds the exceptions in printed tracebacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenfix.runner.report import Error

_HEADER = "Traceback (most recent call last):"
_MARK = re.compile(r"^(\[rank(?:\d+|<rank>)\]: ?)")
_FINAL = re.compile(r"^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)(?:: (.*))?$")


def printed_errors(text: str) -> Iterator[Error]:
    """The exceptions of all tracebacks in a text, in order.

    A message ends at an empty line or where the next traceback begins.

    Args:
        text: What processes printed; lines of a rank may carry its mark (`[rank0]: `).
    """
    lines = iter([_MARK.sub("", line) for line in text.splitlines()])
    for line in lines:
        while line.strip() == _HEADER:
            final = next((line for line in lines if not line.startswith(" ")), "")
            message, line = _message(lines)
            if found := _FINAL.match(final):
                yield Error(found[1], "\n".join([found[2] or "", *message]))


def _message(lines: Iterator[str]) -> tuple[list[str], str]:
    """The further lines of a message, and the line that ended it."""
    found: list[str] = []
    for line in lines:
        if not line.strip() or line.strip() == _HEADER:
            return found, line
        found.append(line)
    return found, ""


def names(exception: str, text: str) -> bool:
    """Whether an exception stands as the last line of a traceback nested in a text.

    Args:
        exception: The name of its class, without the module.
        text: A message that may quote the traceback of another process.
    """
    line = rf"^(?:[A-Za-z_]\w*\.)*{re.escape(exception)}(?:: |$)"
    return _HEADER in text and re.search(line, text, re.MULTILINE) is not None
