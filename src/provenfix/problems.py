"""A problem in somebody's input: where it is, what must hold, and which command helps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that must be mended.

    Args:
        path: File, relative to the repository root, with forward slashes.
        line: Line, counted from 1.
        column: Column, counted from 1.
        message: What must hold, then what was found: ``title must be a string (got 3)``.
        tip: A command or action that helps, or an empty string.
    """

    path: str
    line: int
    column: int
    message: str
    tip: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return f"{text}\n  tip: {self.tip}" if self.tip else text


class InputError(Exception):
    """The input has problems; holds all of them at once.

    Args:
        problems: At least one problem.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
