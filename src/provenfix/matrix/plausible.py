"""Whether what a machine brought can be true: every rule that needs no second run. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from provenfix.matrix import plan
from provenfix.model import Entry
from provenfix.records import CONTAINED, Cell, Environment, Outcome


def environment(facts: Environment) -> Iterator[tuple[str, str]]:
    """What is wrong with an environment: the place in it, and what must hold there."""
    has = set(facts.capabilities)
    if ("cuda" in has) != (facts.gpu is not None):
        yield "gpu", "must be known if, and only if, the machine has the capability cuda"
    if ("cuda" in has) == ("no_cuda" in has):
        yield "capabilities", "must hold exactly one of cuda and no_cuda"
    if facts.gpu and ("multi_gpu" in has) != (facts.gpu.count > 1):
        yield "capabilities", f"must hold multi_gpu only with several GPUs (got {facts.gpu.count})"
    if (facts.device == "cpu") != (facts.gpu is None):
        yield "device", f"must be the GPU's name, or cpu where there is none (got {facts.device})"
    if not re.fullmatch(r"\d+(\.\d+)+", facts.torch):
        yield "torch", f"must be a release (got {facts.torch})"


def cell(entry: Entry, name: str, ran: Cell, facts: Environment) -> Iterator[str]:
    """What is wrong with a cell that is said to have been run.

    Args:
        entry: Its entry.
        name: `repro` or the claim's id.
        ran: What the machine says it did.
        facts: Where.
    """
    # Not `plan.missing`: a bundle cannot read version ranges, and runs what is out of them too.
    missing = [c for c in plan.capabilities(entry, name) if c not in facts.offers]
    if missing:
        yield f"must not have been run without {', '.join(dict.fromkeys(missing))}"
    asserts = _asserts(entry.scripts[entry.script_of(name)].text)
    if ran.asserts > asserts:
        yield f"must have reached at most its {asserts} asserts (got {ran.asserts})"
    if set(ran.contained) - CONTAINED:
        yield f"must be contained in known ways (got {', '.join(ran.contained)})"
    if ran.outcome is Outcome.RAISED and not _is_own(entry, ran):
        yield "must have died of the entry's own error, since it is said to have raised it"
    if ran.outcome is Outcome.PASSED and ran.exception:
        yield f"must have died of nothing, since it is said to have passed (got {ran.exception})"
    if ran.outcome is Outcome.NOT_APPLICABLE:
        yield "must say what it did, since it was run"


def _asserts(source: str) -> int:
    return sum(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))


def _is_own(entry: Entry, ran: Cell) -> bool:
    text = "\n".join(ran.message)
    return any(
        s.pattern == ran.signature and re.search(s.pattern, text) for s in entry.facts.signatures
    )
