"""The view of the matrix: every entry against every environment, at a glance. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from provenfix.history import History
from provenfix.labels import Labels
from provenfix.records import Environment, Outcome
from provenfix.render import figures
from provenfix.render.links import link
from provenfix.render.paged import Pager
from provenfix.render.views import MatrixCell, MatrixColumn, MatrixPage, MatrixRow, TextRow
from provenfix.standing import EntryStanding
from provenfix.states import informative
from provenfix.verdict import FAILED, Verdict


class Mark(StrEnum):
    """What a cell of the page says; labels.*.yaml has its words under ``mark.<mark>``."""

    PROVEN = "proven"
    """The repro raised, and every claim that applies is verified."""
    FAILED = "failed"
    """The repro raised, and some claim did not hold."""
    NO_ERROR = "no_error"
    """The repro ran, and did not raise the entry's own error."""
    PRESENT = "present"
    """Not run; the text of the message lies in the installed files."""
    ABSENT = "absent"
    """Not run; the text of the message does not lie there."""
    NOT_RUN = "not_run"
    """Not run, and the files cannot tell."""
    OPEN = "open"
    """No record, or an outdated one."""


def page(
    history: History, entries: Sequence[EntryStanding], pager: Pager, say: Labels
) -> MatrixPage:
    """A page of the matrix, the newest environment first.

    Args:
        history: How environments differ.
        entries: Those on the page.
        pager: Which page it is.
        say: The language.
    """
    environments = history.standing.environments
    names = list(reversed(environments))
    rows = [_row(entry, history, names, say) for entry in entries]
    used = {cell.mark for row in rows for cell in row.cells}
    return MatrixPage(
        pager=pager,
        columns=tuple(_column(environments[name]) for name in names),
        rows=tuple(rows),
        texts=tuple(row for entry in entries for row in _texts(entry, history, say)),
        legend=tuple((mark.value, say(f"mark.{mark}")) for mark in Mark if mark.value in used),
    )


def _texts(entry: EntryStanding, history: History, say: Labels) -> Iterator[TextRow]:
    """The texts of an error that no environment could run, with the releases that hold them."""
    if any(run.outcome not in (None, Outcome.NOT_APPLICABLE) for run in entry.control.values()):
        return
    standing = history.standing
    states = {name: history.state(entry, name).texts for name in history.releases}
    for text in informative(entry, standing):
        told = [name for name, found in states.items() if found[text] is not None]
        sides = ([name for name in told if states[name][text] is has] for has in (True, False))
        present, absent = (figures.versions(standing, names, told, say) for names in sides)
        yield TextRow(
            entry=link(standing, entry.entry.slug, say), text=text, present=present, absent=absent
        )


def _column(environment: Environment) -> MatrixColumn:
    device = environment.gpu.name if environment.gpu else "CPU"
    return MatrixColumn(
        version=environment.torch,
        title=f"PyTorch {environment.torch}, {device}",
        device="" if environment.gpu is None else device,
    )


def _row(entry: EntryStanding, history: History, names: list[str], say: Labels) -> MatrixRow:
    cells = tuple(_cell(entry, history, name, say) for name in names)
    return MatrixRow(
        entry=link(history.standing, entry.entry.slug, say),
        slug=entry.entry.slug,
        cells=cells,
        marks=" ".join(sorted({cell.mark for cell in cells})),
    )


def _cell(entry: EntryStanding, history: History, name: str, say: Labels) -> MatrixCell:
    mark = mark_of(entry, history, name)
    verdicts = [claim.verdicts[name] for claim in entry.claims.values()]
    verified = sum(verdict is Verdict.VERIFIED for verdict in verdicts)
    words = say(
        f"matrix.cell.{mark}",
        verified=verified,
        failed=sum(verdict in FAILED for verdict in verdicts),
    )
    number = str(verified) if mark in (Mark.PROVEN, Mark.FAILED) else ""
    return MatrixCell(mark=mark.value, number=number, words=words)


def mark_of(entry: EntryStanding, history: History, name: str) -> Mark:
    """What the page says of an entry in an environment."""
    control = entry.control[name]
    verdicts = [claim.verdicts[name] for claim in entry.claims.values()]
    if control.outcome is None or Verdict.STALE in verdicts or Verdict.UNTESTED in verdicts:
        return Mark.OPEN
    if control.outcome is Outcome.NOT_APPLICABLE:
        texts = history.state(entry, name).texts
        if not texts or None in texts.values():
            return Mark.NOT_RUN
        return Mark.PRESENT if any(texts.values()) else Mark.ABSENT
    if any(verdict in FAILED for verdict in verdicts):
        return Mark.FAILED
    return Mark.PROVEN if control.outcome is Outcome.RAISED else Mark.NO_ERROR
