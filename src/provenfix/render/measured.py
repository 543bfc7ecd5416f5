"""The measured strip: one tick for each recorded environment, the oldest release first. Pure.

The chooser of the reader's version (assets/js/chooser.js) reads the same ticks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from provenfix.labels import Labels
from provenfix.records import Environment, Outcome
from provenfix.render import figures
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.verdict import FAILED, Verdict


class Mark(StrEnum):
    """What a tick says; labels.*.yaml has its words under ``measured.<mark>``."""

    RAISED = "raised"
    """The program raised the error (the strip of the error itself)."""
    OTHER = "other"
    """It ended in a way of its own (likewise)."""
    VERIFIED = "verified"
    """The fix worked beside the raised error."""
    CONFIRMED = "confirmed"
    """The dead end did what the page says, beside the raised error."""
    REFUTED = "refuted"
    """The claim did not hold."""
    NO_ERROR = "no_error"
    """The program ran, and the error does not appear there."""
    UNFIT = "unfit"
    """The error appears there, and the claim is for other releases."""
    NOT_RUN = "not_run"
    """No fresh run tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One environment on a strip.

    Args:
        mark: What was found there.
        torch: Its release.
        gpu: Whether it has a GPU.
        title: Release, device and mark in words.
    """

    mark: Mark
    torch: str
    gpu: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """All ticks of the error or of a claim, and the same as a text."""

    ticks: tuple[Tick, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """What the reader chooses from, and the sentences that answer, as JSON."""

    releases: tuple[str, ...]
    words: str


_WORDS = {
    "badge": ("raised", "other", "no_error", "not_run"),
    "mark": ("verified", "confirmed", "refuted", "no_error", "unfit", "not_run"),
    "says": ("raised", "other", "no_error", "not_run", "unknown", "nearest", "no_gpu", "cpu_only"),
}
"""The sentences of the chooser, by their keys in labels.*.yaml below ``chooser``."""


def of_error(entry: EntryStanding, standing: Standing, say: Labels) -> Strip:
    """Where the repro raised the error."""
    return _strip({name: _seen(run.outcome) for name, run in entry.control.items()}, standing, say)


def of_claim(claim: ClaimStanding, entry: EntryStanding, standing: Standing, say: Labels) -> Strip:
    """Where a claim is verified."""
    marks = {
        name: _held(verdict, _seen(entry.control[name].outcome), is_fix=claim.claim.is_fix)
        for name, verdict in claim.verdicts.items()
    }
    return _strip(marks, standing, say)


def seen(entry: EntryStanding, standing: Standing, say: Labels) -> str:
    """In how many of the environments that ran the repro it raised the error, and versions."""
    marks = {name: _seen(run.outcome) for name, run in entry.control.items()}
    ran = [name for name, mark in marks.items() if mark is not Mark.NOT_RUN]
    return say(
        "page.figures",
        proven=len(entry.raised_in),
        tested=len(ran),
        versions=figures.versions(standing, entry.raised_in, ran, say),
    )


def chooser(standing: Standing, say: Labels) -> Chooser:
    """The recorded releases, the newest first, and what the chooser says."""
    releases = list(dict.fromkeys(e.torch for e in standing.environments.values()))
    releases.sort(key=lambda v: [int(p) for p in v.split(".") if p.isdigit()], reverse=True)
    words = {
        kind: {name: say.sentences[f"chooser.{kind}.{name}"] for name in names}
        for kind, names in _WORDS.items()
    }
    return Chooser(releases=tuple(releases), words=json.dumps(words, ensure_ascii=False))


def _seen(outcome: Outcome | None) -> Mark:
    match outcome:
        case Outcome.RAISED:
            return Mark.RAISED
        case Outcome.PASSED:
            return Mark.NO_ERROR
        case None | Outcome.NOT_APPLICABLE:
            return Mark.NOT_RUN
        case _:
            return Mark.OTHER


def _held(verdict: Verdict, control: Mark, *, is_fix: bool) -> Mark:
    if verdict is Verdict.VERIFIED:
        return Mark.VERIFIED if is_fix else Mark.CONFIRMED
    if verdict in FAILED:
        return Mark.REFUTED
    if control in (Mark.NO_ERROR, Mark.OTHER):
        return Mark.NO_ERROR
    unfit = verdict is Verdict.NOT_APPLICABLE and control is Mark.RAISED
    return Mark.UNFIT if unfit else Mark.NOT_RUN


def _strip(marks: dict[str, Mark], standing: Standing, say: Labels) -> Strip:
    ticks = tuple(_tick(mark, standing.environments[name], say) for name, mark in marks.items())
    parts = [_part(mark, marks, standing, say) for mark in Mark if mark in marks.values()]
    return Strip(ticks=ticks, words=say("measured.strip", parts=" ".join(parts)))


def _tick(mark: Mark, environment: Environment, say: Labels) -> Tick:
    device = environment.gpu.name if environment.gpu else "CPU"
    words = say(f"measured.{mark}")
    return Tick(
        mark=mark,
        torch=environment.torch,
        gpu=environment.gpu is not None,
        title=say("measured.tick", version=environment.torch, device=device, mark=words),
    )


def _part(mark: Mark, marks: dict[str, Mark], standing: Standing, say: Labels) -> str:
    names: Sequence[str] = [name for name, found in marks.items() if found is mark]
    versions = figures.versions(standing, names, list(marks), say)
    return say("measured.part", mark=say(f"measured.{mark}"), versions=versions)
