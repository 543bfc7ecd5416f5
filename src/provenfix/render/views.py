"""What the templates show: plain data with all sentences and figures ready, nothing escaped yet."""

from __future__ import annotations

from dataclasses import dataclass

from provenfix.render.measured import Chooser, Strip
from provenfix.render.paged import Pager
from provenfix.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A whole program: its file name and its source."""

    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The error as it was printed, or as a page shows it.

    Args:
        lines: The lines that a reader recognises it by.
        heart: The one line that tells it from other errors.
        whole: The whole message, if `lines` is not all of it.
        source: The page that shows it, if no run did.
    """

    lines: str
    heart: str
    whole: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a program did when it was run.

    Args:
        happened: How it ended, in words.
        last: The last lines of its traceback.
        printed: Everything that it printed.
    """

    happened: str
    last: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A fix or a dead end.

    Args:
        anchor: Its id on the page, the same in both languages.
        kind: What it is claimed to do, a name for the style sheet.
        badge: The same, or its verdict, in a word or two.
        figures: In how many environments, and which versions.
        needs: What it requires, in words, or nothing.
        command: How to run it, if it changes the surroundings instead of the program.
        diff: The change against repro.py, if it changes the program.
        program: The whole program, if it is not repro.py itself.
        ran: What it did.
        strip: What was found in each environment.
    """

    anchor: str
    kind: str
    title: Text
    text: Text
    cost: Text | None
    badge: str
    figures: str
    needs: str
    command: str
    diff: str
    program: Program | None
    ran: Ran
    strip: Strip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One of several causes of an error, as diagnose.py tells it.

    Args:
        anchor, kind, badge, figures, needs, strip: As of a claim.
        fix: What cures it.
        printed: What diagnose.py printed when it ran a program with this cause.
        program: The program with this cause, if it is not repro.py.
    """

    anchor: str
    kind: str
    title: Text
    text: Text
    badge: str
    figures: str
    needs: str
    strip: Strip
    fix: Link
    printed: str
    program: Program | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The program that tells the causes of an error apart, and the causes it knows."""

    program: Program
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """A claim that a fresh run refuted: what it says, and what the run did where."""

    anchor: str
    title: Text
    claimed: str
    ran: Ran
    environments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A title, and where it leads (nowhere if `target` is empty)."""

    title: Text
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One row of the version table; neighbours that agree share it.

    Args:
        versions: The release, or the first and the last of several.
        releases: All of them.
        gpu: Whether they ran on a GPU.
    """

    versions: str
    releases: tuple[str, ...]
    gpu: bool
    device: str
    happened: str
    appears: bool
    wording: str
    fixes: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One thing that changed from a release to the next.

    Args:
        version, page: The newer release and its page; empty where the page is about just that one.
        entry: The error.
        sentence: What changed.
        old, new: What was printed before and since, where that is what changed.
    """

    version: str
    page: str
    entry: Link
    sentence: str
    old: str
    new: str

    @property
    def old_parts(self) -> tuple[str, str, str]:
        """`old` in three: what `new` begins with too, what differs, what `new` ends with too."""
        return _parts(self.old, self.new)

    @property
    def new_parts(self) -> tuple[str, str, str]:
        """`new` in the same three parts."""
        return _parts(self.new, self.old)


def _parts(text: str, other: str) -> tuple[str, str, str]:
    """A text in three: the words with which another one begins, what differs, and its end."""
    words, others = text.split(" "), other.split(" ")
    most = min(len(words), len(others))
    start = next((i for i in range(most) if words[i] != others[i]), most)
    end = next((i for i in range(most - start) if words[-1 - i] != others[-1 - i]), most - start)
    cut = len(words) - end
    before, middle, after = words[:start], words[start:cut], words[cut:]
    head = " ".join(before) + " " * bool(before and (middle or after))
    tail = " " * bool(after and middle) + " ".join(after)
    return head, " ".join(middle), tail


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentRow:
    """Where it was run: what was installed, and the evidence file.

    Args:
        name, evidence: The files of the environment and of what was observed there.
        facts: What was installed.
        contained: What the programs were kept from.
        runs: How often each was run, in words; empty for once.
    """

    name: str
    evidence: str
    facts: str
    contained: str
    runs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Yours:
    """What the reader's own message says.

    Args:
        text: Prose with placeholders.
        values: Those of the recorded message.
        patterns: The wordings with a group around each variable part, as JSON.
    """

    text: Text
    values: tuple[str, ...]
    patterns: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """The page of an error, in the reader's order."""

    slug: str
    title: Text
    summary: Text
    error: Wording
    also: tuple[Wording, ...]
    yours: Yours | None
    seen: str
    strip: Strip
    chooser: Chooser
    fixes: tuple[ClaimView, ...]
    cause: Text
    repro: Program
    repro_command: str
    diagnosis: Diagnosis | None
    repro_ran: Ran
    dead_ends: tuple[ClaimView, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    versions: tuple[VersionRow, ...]
    changes: tuple[ChangeView, ...]
    confused_with: tuple[Link, ...]
    leads_to: tuple[Link, ...]
    references: tuple[str, ...]
    environments: tuple[EnvironmentRow, ...]
    not_tested: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An error in a list: published with its figures, or waiting with the reason."""

    slug: str
    title: Text
    error: str = ""
    fixes: str = ""
    dead_ends: str = ""
    versions: str = ""
    waiting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The errors of a group, in the order of their slugs."""

    slug: str
    title: str
    published: tuple[Card, ...]
    waiting: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A group in the table of contents of a list: how many errors it has, and where they begin.

    Args:
        path: The page below docs/, without language and suffix.
    """

    slug: str
    title: str
    count: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All errors by group, with the figures of the whole."""

    groups: tuple[Group, ...]
    published: int
    waiting: tuple[Card, ...]
    verified: int
    environments: int
    versions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsePage:
    """One page of the list of errors.

    Args:
        all: The figures of the whole.
        topics: All groups.
        groups: What of them is on this page.
        waiting: The entries without a page, on the last one.
    """

    all: Catalogue
    topics: tuple[Topic, ...]
    groups: tuple[Group, ...]
    waiting: tuple[Card, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The home page: some errors of each group, and where the others are."""

    all: Catalogue
    groups: tuple[tuple[Topic, Group], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """Where an entry stands, and what it waits for."""

    entry: Link
    published: bool
    waiting: str
    fixes: int
    dead_ends: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A claim that no page shows as proven, and why."""

    entry: Link
    claim: str
    title: Text
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Number of claims by verdict, in the order of the table's columns.

    Args:
        name: The environment.
        evidence: Its file.
    """

    name: str
    evidence: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """Published and waiting entries; the first page has what is withheld, and the counts."""

    pager: Pager
    rows: tuple[StatusRow, ...]
    withheld: tuple[Withheld, ...]
    verdicts: tuple[str, ...]
    counts: tuple[Count, ...]
    total: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Changes of one kind."""

    slug: str
    title: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePage:
    """What changed in a release.

    Args:
        version: The release.
        before, after: Its recorded neighbours; `after` is empty for the newest.
        before_page, after_page: Their pages; empty where there is none.
        measured: The number of errors that were run in both.
        sections: What changed; none if nothing did.
    """

    version: str
    before: str
    after: str
    before_page: str
    after_page: str
    measured: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A release in the list of releases: how much of each kind changed."""

    version: str
    before: str
    page: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePage:
    """All releases, and what the chooser needs.

    Args:
        rows: The releases, the newest first.
        columns: What the counts are of.
        versions: What can be chosen, the oldest first.
        data: The path of the data below docs/.
    """

    rows: tuple[ReleaseRow, ...]
    columns: tuple[str, ...]
    versions: tuple[str, ...]
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """An environment: its release, its whole name, and its device if that is not the CPU."""

    version: str
    title: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """An entry in an environment: its mark, the number in it, and both in words."""

    mark: str
    number: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """An entry; `marks` are all marks that occur in it, for the filter."""

    entry: Link
    slug: str
    cells: tuple[MatrixCell, ...]
    marks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text of an error that was not run: in which releases' files it lies, and in which not."""

    entry: Link
    text: str
    present: str
    absent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage:
    """Entries against environments; the legend has the marks that occur, with their words."""

    pager: Pager
    texts: tuple[TextRow, ...]
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    legend: tuple[tuple[str, str], ...]
