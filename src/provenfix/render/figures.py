"""Sentences with figures in them; every figure is counted from the evidence."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from provenfix.claims import Requires, Surroundings
from provenfix.fields import SCRIPT
from provenfix.labels import Labels
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.verdict import Verdict

_LISTED = 3
"""So many versions are listed by name; more are given as a range, if it has no holes."""


def versions(standing: Standing, names: Sequence[str], among: Sequence[str], say: Labels) -> str:
    """PyTorch versions of environments, oldest first: `2.6.0, 2.13.0` or `1.13.1–2.15.0`.

    Args:
        standing: Knows the environments.
        names: The environments to name.
        among: All that were tested; a range may only span versions that are in `names`.
        say: The language.
    """
    found = _versions(standing, names)
    tested = _versions(standing, among)
    if len(found) > _LISTED:
        start = tested.index(found[0])
        if tested[start : start + len(found)] == found:
            return f"{found[0]}–{found[-1]}"
    return say("list_separator").join(found)


def _versions(standing: Standing, names: Sequence[str]) -> list[str]:
    ordered = [e.torch for name, e in standing.environments.items() if name in names]
    return list(dict.fromkeys(ordered))


def proven(claim: ClaimStanding, standing: Standing, say: Labels) -> str:
    """In how many of the environments that raise the error a claim is verified, and versions."""
    return say(
        "page.figures",
        proven=len(claim.proven_in),
        tested=len(beside(claim)),
        versions=versions(standing, claim.proven_in, claim.tested_in, say),
    )


def verified(entry: EntryStanding, standing: Standing, say: Labels) -> str:
    """How many fixes of an entry are verified, and on which versions the best of them is."""
    proven = [_versions(standing, fix.proven_in) for fix in entry.fixes]
    kind = (
        "one" if len(proven) == 1 else "all" if proven.count(proven[0]) == len(proven) else "best"
    )
    return say(f"card.{kind}", count=len(proven), where=_where(entry.fixes[0], standing, say))


def _where(claim: ClaimStanding, standing: Standing, say: Labels) -> str:
    found = _versions(standing, claim.proven_in)
    named = versions(standing, claim.proven_in, claim.tested_in, say)
    if len(found) <= _LISTED:
        return say("card.few", versions=named)
    if named == f"{found[0]}–{found[-1]}":
        return say("card.range", count=len(found), versions=named)
    return say("card.between", count=len(found), first=found[0], last=found[-1])


def beside(claim: ClaimStanding) -> list[str]:
    """The environments that raise the error and in which a claim was run, the oldest first."""
    return [name for name in claim.tested_in if claim.verdicts[name] is not Verdict.RUNS]


def measured(claim: ClaimStanding, say: Labels) -> str:
    """The cost that was measured: one figure, or the range over all environments."""
    if claim.claim.measure is None:
        return ""
    cells = [claim.runs[name].cell for name in claim.proven_in]
    values = [cell.measures[claim.claim.measure] for cell in cells if cell]
    ends = dict.fromkeys(f"{value:.3g}" for value in (min(values), max(values)))
    return say(f"measure.{claim.claim.measure}", value="–".join(ends))


def needs(requires: Requires, say: Labels) -> str:
    """What something requires, in words; empty if it requires nothing."""
    ranges = {"PyTorch": requires.torch, "Python": requires.python, "NumPy": requires.numpy}
    named = [say(f"capability.{name}") for name in requires.capabilities]
    named += [f"{name} {version}" for name, version in ranges.items() if version]
    return say("page.needs", names=say("list_separator").join(named)) if named else ""


def command(around: Surroundings | None, script: str) -> str:
    """The commands of a cell that changes the surroundings; empty for all others.

    Args:
        around: What it changes.
        script: The program's name, without `.py`.
    """
    if around is None:
        return ""
    pins = " ".join(shlex.quote(name + version) for name, version in around.packages.items())
    settings = [f"{name}={shlex.quote(value)}" for name, value in around.env.items()]
    start = (around.command or f"python {SCRIPT}").replace(SCRIPT, f"{script}.py")
    lines = [f"pip install {pins}"] if pins else []
    if around.shm_mb:
        lines.append(f"mount -o remount,size={around.shm_mb}M /dev/shm")
    return "\n".join([*lines, " ".join([*settings, start])])
