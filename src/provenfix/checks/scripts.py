"""Programs that readers can copy, and that prove something."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from provenfix.claims import ClaimKind
from provenfix.load import ENTRIES, Source
from provenfix.model import CONTROL, Script
from provenfix.problems import Problem
from provenfix.vocabulary import Vocabularies

LONGEST = 40
"""Lines of a script."""

MUST_ASSERT = (ClaimKind.FIXES, ClaimKind.SILENT, ClaimKind.WORKS_AT_A_COST)
"""Claims that are proven by running to the end, which proves nothing without an assert."""


def scripts(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """Each script is used, compiles, is short, is named for its claim, and asserts its result."""
    entry = source.entry
    used = {s.name: cell for cell in entry.cells[::-1] for s in entry.programs_of(cell)[::-1]}
    for name, script in entry.scripts.items():
        path = f"{ENTRIES}/{entry.slug}/{name}.py"
        if name not in used:
            tip = f"name it under claims in {ENTRIES}/{entry.slug}/entry.yaml, or remove it"
            yield Problem(path, 1, 1, "must be used by a claim", tip)
        lines = len(script.text.splitlines())
        if lines > LONGEST:
            yield Problem(path, LONGEST + 1, 1, f"must have at most {LONGEST} lines (got {lines})")
        yield from _program(path, script, _must_assert(source, used.get(name)))
    yield from _names(source)
    yield from _diagnoses(source)


def _names(source: Source) -> Iterator[Problem]:
    for name, claim in source.entry.facts.claims.items():
        for prefix, right in (("fix_", claim.is_fix), ("diagnose_", claim.is_diagnosis)):
            if name.startswith(prefix) != right:
                kind = ClaimKind.FIXES if prefix == "fix_" else ClaimKind.DIAGNOSES
                message = f"claims.{name} must be named {prefix}* if and only if it claims {kind}"
                yield source.problem("entry.yaml", ("claims", name), message)


def _diagnoses(source: Source) -> Iterator[Problem]:
    """A diagnosis tells causes apart, so there are two or more, each with a fix of the entry."""
    claims = source.entry.facts.claims
    causes = [claim.cause for claim in claims.values() if claim.is_diagnosis]
    for name, claim in claims.items():
        place = ("claims", name)
        if claim.fix and not (claim.fix in claims and claims[claim.fix].is_fix):
            message = f"claims.{name}.fix must be a claim that fixes (got {claim.fix!r})"
            yield source.problem("entry.yaml", place, message)
        if claim.cause and causes.count(claim.cause) > 1:
            message = f"claims.{name}.cause must differ from other causes (got {claim.cause!r})"
            yield source.problem("entry.yaml", place, message)
        if claim.cause and len(causes) == 1:
            message = f"claims.{name} must have a second cause beside it (got only {claim.cause!r})"
            yield source.problem("entry.yaml", place, message)


def _must_assert(source: Source, cell: str | None) -> bool:
    claims = source.entry.facts.claims
    return cell in claims and cell != CONTROL and claims[cell].claim in MUST_ASSERT


def _program(path: str, script: Script, must_assert: bool) -> Iterator[Problem]:
    try:
        tree = ast.parse(script.data)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        yield Problem(path, line, column, f"must compile (got: {error.msg})")
        return
    asserts = [node for node in _statements(tree) if isinstance(node, ast.Assert)]
    for node in asserts:
        if not any(isinstance(part, ast.Name) for part in ast.walk(node.test)):
            message = "an assert must look at a result (got a constant)"
            yield Problem(path, node.lineno, node.col_offset + 1, message)
    if must_assert and not asserts:
        yield Problem(path, 1, 1, "must assert the result of its work (got no assert)")


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Every statement of a program; expressions, most of a tree, are passed by."""
    for part in ("body", "handlers", "orelse", "finalbody", "cases"):
        for node in getattr(tree, part, None) or ():
            if isinstance(node, ast.stmt):
                yield node
            yield from _statements(node)
