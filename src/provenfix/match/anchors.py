"""What every match of a pattern must contain: the longest literal text on its way. Pure.

The matcher looks for this text first and runs the pattern only where it stands, which is what makes
hundreds of patterns cheap.
"""

from __future__ import annotations

from functools import cache
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SHORTEST = 8
"""Characters that an anchor must have to be worth looking for."""


@cache
def anchor(pattern: str) -> str:
    """The longest literal run that every match contains; empty if there is none.

    Args:
        pattern: A regular expression.

    Raises:
        re.error: It is none.
    """
    runs = _runs(parser.parse(pattern))
    return max(runs, key=len, default="")


def _runs(tree: Any) -> list[str]:
    """Literal runs that stand one after the other in every match."""
    runs, current = [], ""
    for operation, argument in tree:
        if operation is constants.LITERAL:
            current += chr(argument)
            continue
        if operation is constants.AT:
            continue
        runs.append(current)
        current = ""
        if operation is constants.SUBPATTERN and not argument[1]:
            runs += _runs(argument[3])
        elif operation in (constants.MAX_REPEAT, constants.MIN_REPEAT) and argument[0] > 0:
            runs += _runs(argument[2])
    return [*runs, current]
