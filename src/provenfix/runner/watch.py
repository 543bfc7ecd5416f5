"""Watches a script run: which asserts it reaches, and which exceptions pass through its frames."""

from __future__ import annotations

import ast
import sys
import threading
from types import CodeType, FrameType
from typing import Any

from provenfix.runner.report import LIMIT, Error

_MOST_SEEN = 100


class Watch:
    """A trace function that looks at the frames of one file only.

    Args:
        tree: The parsed file.
        path: Its path, as its code objects carry it.
    """

    def __init__(self, tree: ast.Module, path: str) -> None:
        self._path = path
        self._lines = _assert_lines(tree)
        self._unreached: dict[CodeType, set[int]] = {}
        self._reached: set[int] = set()
        self._seen: dict[Error, None] = {}

    @property
    def asserts(self) -> int:
        """How many different assert statements were reached."""
        return len(self._reached)

    @property
    def seen(self) -> tuple[Error, ...]:
        """The different exceptions that passed through the script's frames, the first ones."""
        return tuple(self._seen)

    def start(self) -> None:
        """Watch this thread and those it starts, from the next call on."""
        threading.settrace(self._on_call)
        sys.settrace(self._on_call)

    def stop(self) -> None:
        """Stop watching."""
        sys.settrace(None)
        threading.settrace(None)

    def _on_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if code.co_filename != self._path:
            return None
        if code not in self._unreached:
            lines = {line for _, _, line in code.co_lines()}
            self._unreached[code] = {at for line, at in self._lines.items() if line in lines}
        # An event for each line is what costs, so only code with asserts to come pays for it.
        frame.f_trace_lines = bool(self._unreached[code])
        return self._on_event

    def _on_event(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line" and frame.f_lineno in self._lines:
            statement = self._lines[frame.f_lineno]
            self._reached.add(statement)
            self._unreached[frame.f_code].discard(statement)
            frame.f_trace_lines = bool(self._unreached[frame.f_code])
        elif event == "exception" and len(self._seen) < _MOST_SEEN:
            self._seen[error(argument[1])] = None
        return self._on_event


def error(exception: BaseException) -> Error:
    """An exception's name and message."""
    try:
        message = str(exception)
    except Exception:
        message = "<exception str() failed>"  # as Python prints it
    return Error(type(exception).__name__, message[:LIMIT])


def _assert_lines(tree: ast.Module) -> dict[int, int]:
    """The lines of all assert statements, each with the line its statement begins on."""
    return {
        line: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
