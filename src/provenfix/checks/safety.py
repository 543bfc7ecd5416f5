"""Patterns that every engine matches quickly, JavaScript's too: no catastrophic backtracking.

A backtracking engine takes long where one text can be divided among repeats in many ways: a repeat
in a repeat, or two repeats in a row that take the same characters. Both are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from provenfix.match.patterns import DialectError, shape

MOST_WILDCARDS = 2
"""Repeats of any character that a pattern may hold."""
APART = 4
"""Characters of a literal that keeps two repeats apart."""

_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
_FORBIDDEN = {
    constants.ASSERT: "lookaround",
    constants.ASSERT_NOT: "lookaround",
    constants.GROUPREF: "back-references",
    constants.GROUPREF_EXISTS: "back-references",
    constants.ATOMIC_GROUP: "atomic groups",
    constants.POSSESSIVE_REPEAT: "possessive repeats",
}
_SAMPLE = [chr(code) for code in range(9, 127)] + ["é", "中"]
"""Characters on which two repeats are compared."""


def faults(pattern: str) -> Iterator[str]:
    """What keeps a pattern from being safe, each as what it must not hold.

    Args:
        pattern: A regular expression that compiles.
    """
    try:
        shape(pattern)
    except DialectError as error:
        yield f"what Python and JavaScript may read differently, from {str(error)!r} on"
    tree = parser.parse(pattern)
    yield from sorted({_FORBIDDEN[op] for op, _ in _walk(tree) if op in _FORBIDDEN})
    if tree.state.groupdict:
        yield "named groups"
    if tree.state.flags & ~constants.SRE_FLAG_UNICODE:
        yield "inline flags"
    repeats = [argument for op, argument in _walk(tree) if op in _REPEATS and _varies(argument)]
    if any(_holds_repeat(argument[2]) for argument in repeats):
        yield "a repeat inside a repeat"
    if sum(_takes(argument[2]) >= set("az09 .(") for argument in repeats) > MOST_WILDCARDS:
        yield f"more than {MOST_WILDCARDS} repeats of any character"
    if _adjacent(tree):
        yield "two repeats in a row that can take the same characters"


def _walk(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every node of a parse tree."""
    for op, argument in tree:
        yield op, argument
        for part in _parts(op, argument):
            yield from _walk(part)


def _parts(op: Any, argument: Any) -> list[Any]:
    """The trees inside a node."""
    if op in _REPEATS:
        return [argument[2]]
    if op is constants.SUBPATTERN:
        return [argument[3]]
    if op is constants.BRANCH:
        return list(argument[1])
    if op in (constants.ASSERT, constants.ASSERT_NOT):
        return [argument[1]]
    return [argument] if op is constants.ATOMIC_GROUP else []


def _varies(argument: Any) -> bool:
    """Whether a repeat can take more than one number of turns, beyond a plain optional."""
    least, most, _ = argument
    return bool(most is constants.MAXREPEAT or most - least > 1)


def _holds_repeat(tree: Any) -> bool:
    return any(
        op is constants.BRANCH or (op in _REPEATS and argument[0] != argument[1])
        for op, argument in _walk(tree)
    )


def _adjacent(tree: Any) -> bool:
    """Whether two varying repeats share a character that nothing between them keeps apart.

    Kept apart they are by a character that the first cannot take, or by a longer literal, which a
    text would have to repeat to make the engine try again.
    """
    taken, literal = set[str](), 0
    for op, argument in _flat(tree):
        if op is constants.AT:
            continue
        literal = literal + 1 if op is constants.LITERAL else 0
        if op in _REPEATS and _varies(argument):
            if _takes(argument[2]) & taken:
                return True
            taken = _takes(argument[2]) | (taken if argument[0] == 0 else set())
        elif literal >= APART or not (op in _REPEATS or _takes([(op, argument)]) & taken):
            taken = set()
    return any(_adjacent(part) for op, a in _walk(tree) for part in _parts(op, a))


def _flat(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The nodes of a sequence, plain groups opened."""
    for op, argument in tree:
        if op is constants.SUBPATTERN:
            yield from _flat(argument[3])
        else:
            yield op, argument


def _takes(tree: Any) -> set[str]:
    """The sample characters that a tree can begin with or consist of."""
    taken: set[str] = set()
    for op, argument in tree:
        if op is constants.LITERAL:
            taken.add(chr(argument))
        elif op is constants.NOT_LITERAL:
            taken |= set(_SAMPLE) - {chr(argument)}
        elif op is constants.ANY:
            taken |= set(_SAMPLE) - {"\n"}
        elif op is constants.IN:
            taken |= _class(argument)
        else:
            for part in _parts(op, argument):
                taken |= _takes(part)
    return taken


def _class(items: Any) -> set[str]:
    """The sample characters of a character class."""
    taken: set[str] = set()
    for op, argument in items:
        if op is constants.LITERAL:
            taken.add(chr(argument))
        elif op is constants.RANGE:
            taken |= {c for c in _SAMPLE if argument[0] <= ord(c) <= argument[1]}
        elif op is constants.CATEGORY:
            taken |= {c for c in _SAMPLE if _CATEGORIES[argument](c)}
    negated = bool(items) and items[0][0] is constants.NEGATE
    return set(_SAMPLE) - taken if negated else taken


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    constants.CATEGORY_DIGIT: str.isdigit,
    constants.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    constants.CATEGORY_SPACE: str.isspace,
    constants.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    constants.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    constants.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
