"""What is known of an entry in two environments, and what differs. Pure; derived, never typed.

A change is only spoken of where both sides are measured: an entry whose repro has no fresh run on
one side has no changes. Of an entry that neither side can run (its GPU is missing) all that is
known is whether the text of its message lies in the installed files, and that is what is compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from provenfix.claims import ClaimKind
from provenfix.match.anchors import anchor
from provenfix.records import Cell, Outcome
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.verdict import Verdict


class Kind(StrEnum):
    """What changed; labels.*.yaml holds its sentence under ``change.<kind>``."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    REPLACED = "replaced"
    REWORDED = "reworded"
    FIX_STARTED = "fix_started"
    FIX_STOPPED = "fix_stopped"
    DEAD_END_STARTED = "dead_end_started"
    DEAD_END_STOPPED = "dead_end_stopped"
    DEAD_END_REWORDED = "dead_end_reworded"
    TEXT_APPEARED = "text_appeared"
    TEXT_VANISHED = "text_vanished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between an older and a newer environment.

    Args:
        kind: What it is.
        entry: The entry's slug.
        claim: The claim that it is about; None if it is about the error itself.
        old, new: What was printed, where that is what changed; or the text that was looked for.
    """

    kind: Kind
    entry: str
    claim: str | None = None
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known of an entry in one environment; the browser compares the same states.

    Args:
        outcome: What the repro did; None without a fresh run.
        printed: The line of its error.
        claims: The verdict of each claim, and the line of the error that its script died of.
        texts: Whether the texts of the entry lie in the installed files; None where those files
            cannot tell.
    """

    outcome: Outcome | None
    printed: str
    claims: dict[str, tuple[Verdict, str]]
    texts: dict[str, bool | None]


def states(entry: EntryStanding, standing: Standing) -> dict[str, State]:
    """What is known of an entry in each environment."""
    texts, advice = informative(entry, standing), entry.advice

    def found(name: str) -> dict[str, bool | None]:
        if _tells(entry, standing, name):
            return {text: entry.literals[name].get(text) for text in texts}
        return dict.fromkeys(texts)

    return {
        name: State(
            outcome=control.outcome,
            printed=printed(control.cell),
            claims={
                claim.name: (claim.verdicts[name], printed(claim.runs[name].cell))
                for claim in advice
            },
            texts=found(name),
        )
        for name, control in entry.control.items()
    }


def compare(entry: EntryStanding, old: State, new: State) -> Iterator[Change]:
    """The changes of one entry between two environments; assets/js/upgrade.js does the same."""
    slug = entry.entry.slug
    if old.outcome is None or new.outcome is None:
        return
    if not ran(old) or not ran(new):
        yield from _texts(slug, old, new)
        return
    raised = old.outcome is Outcome.RAISED, new.outcome is Outcome.RAISED
    if raised == (False, True):
        yield Change(kind=Kind.APPEARED, entry=slug, new=new.printed)
    elif raised == (True, False):
        kind = Kind.VANISHED if new.outcome is Outcome.PASSED else Kind.REPLACED
        yield Change(kind=kind, entry=slug, old=old.printed, new=new.printed)
    elif raised == (True, True):
        if old.printed != new.printed:
            yield Change(kind=Kind.REWORDED, entry=slug, old=old.printed, new=new.printed)
        for claim in entry.advice:
            yield from _claim(slug, claim, old.claims[claim.name], new.claims[claim.name])


def printed(cell: Cell | None) -> str:
    """The line of an error that tells it from others: the one that matched, or the first."""
    if cell is None or cell.exception is None:
        return ""
    # What matched a message of one line stands in that line.
    sought = anchor(cell.signature) if cell.signature and len(cell.message) > 1 else ""
    heart = next((line.strip() for line in cell.message if sought in line), "")
    return f"{cell.exception}: {heart}" if heart else cell.exception


def ran(state: State) -> bool:
    """Whether the error could be looked for there."""
    return state.outcome not in (None, Outcome.NOT_APPLICABLE)


def _claim(
    slug: str, claim: ClaimStanding, old: tuple[Verdict, str], new: tuple[Verdict, str]
) -> Iterator[Change]:
    (before, said), (after, says) = old, new
    if {before, after} & {Verdict.STALE, Verdict.UNTESTED}:
        return
    fix, name = claim.claim.is_fix, claim.name
    held, holds = before is Verdict.VERIFIED, after is Verdict.VERIFIED
    if holds and not held:
        kind = Kind.FIX_STARTED if fix else Kind.DEAD_END_STARTED
        yield Change(kind=kind, entry=slug, claim=name)
    elif held and not holds:
        kind = Kind.FIX_STOPPED if fix else Kind.DEAD_END_STOPPED
        yield Change(kind=kind, entry=slug, claim=name)
    elif claim.claim.claim is ClaimKind.OTHER_ERROR and held and said != says:
        yield Change(kind=Kind.DEAD_END_REWORDED, entry=slug, claim=name, old=said, new=says)


def _texts(slug: str, old: State, new: State) -> Iterator[Change]:
    for text in old.texts:
        had, has = old.texts[text], new.texts[text]
        if (had, has) == (False, True):
            yield Change(kind=Kind.TEXT_APPEARED, entry=slug, new=text)
        elif (had, has) == (True, False):
            yield Change(kind=Kind.TEXT_VANISHED, entry=slug, old=text)


def informative(entry: EntryStanding, standing: Standing) -> tuple[str, ...]:
    """The texts of an entry that some environment holds; others are put together at run time."""
    texts = {text: None for found in entry.literals.values() for text in found}
    held = [
        text
        for text in texts
        if any(entry.literals[name].get(text) for name in standing.environments)
    ]
    return tuple(sorted(held))


def _tells(entry: EntryStanding, standing: Standing, name: str) -> bool:
    """Whether an environment's files were searched, and could hold the texts.

    A build without CUDA lacks the texts of CUDA errors, whatever its release.
    """
    needs_cuda = "cuda" in entry.entry.facts.requires.capabilities
    build = standing.environments[name].build
    return bool(entry.literals[name]) and not (needs_cuda and build == "cpu")
