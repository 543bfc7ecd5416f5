"""The documents of /api/v1/, as models: the data and its JSON Schema have this one source.

Unknown keys are no error in the schemas, since version 1 may gain keys.
"""

from __future__ import annotations

from typing import Any, Literal

from provenfix.claims import ClaimKind
from provenfix.render.api.parts import (
    Both,
    ClaimVerdict,
    Document,
    EntryEnvironment,
    Environment,
    Link,
    Ran,
    Reason,
    Text,
    Title,
)
from provenfix.verdict import Verdict

VERSION: Literal[1] = 1


class Signature(Document):
    """One wording of the error."""

    exception: str
    """The class as printed, without its module."""
    pattern: str
    """A regular expression that is searched in the message."""
    source: str | None
    """The page that shows this wording, where no recorded run does."""


class Wording(Document):
    """The error as it was printed."""

    exception: str
    message: str
    printed_on: list[str]
    """The versions of PyTorch that printed it."""
    environments: list[str]


class Requires(Document):
    """What a machine and its packages must have for a program to make sense there."""

    capabilities: list[str]
    torch: str | None
    python: str | None
    numpy: str | None


class Program(Document):
    """A whole program that can be saved and run."""

    file: str
    source: str


class Claim(Document):
    """A fix, a dead end or a diagnosis: this program, in these surroundings, does that."""

    id: str
    kind: ClaimKind
    """What it is claimed to do: `fixes`, `diagnoses`, or the kind of dead end."""
    fix: bool
    """Whether it is claimed to cure the error."""
    verdict: Verdict
    """One verdict for all environments; the worst counts."""
    shown: bool
    """Whether it is proven: verified somewhere, and failed nowhere."""
    withheld: Reason | None
    """Why it is not."""
    verified_in: list[str]
    """The names of the environments that verified it."""
    tested_in: list[str]
    """The names of the environments that raised the error and in which it was run."""
    verified_on: list[str]
    """The versions of PyTorch that verified it."""
    anchor: str | None
    """Its place on the entry's page; null if it has none."""
    title: Text
    text: Text
    cost: Text | None
    requires: Requires
    """Beyond what the entry requires."""
    exception: str | None
    """The other error (`other_error` only)."""
    pattern: str | None
    """What is searched in its message (`other_error` only)."""
    measure: str | None
    """What the program prints as its cost (`works_at_a_cost` only)."""
    program: str
    """The file name of its program, among the entry's programs."""
    variables: dict[str, str]
    """Environment variables that it is run with."""
    packages: dict[str, str]
    """Version ranges of packages that it is run on in the place of the environment's."""
    shm_mb: int | None
    """The size of /dev/shm that it is run with, MiB, if it needs one."""
    command: str | None
    """How to run it, if it changes the surroundings instead of the program."""
    runs: str | None
    """The file name of the program whose error it explains (`diagnoses` only)."""
    cause: str | None
    """The cause that it tells (`diagnoses` only)."""
    cured_by: str | None
    """The id of the claim that cures that cause (`diagnoses` only)."""
    diff: str | None
    """The change against `repro.py`, if it changes the program."""
    verdicts: list[ClaimVerdict]
    """The verdict in each environment."""
    sample: Ran | None
    """What it did in the newest environment that decided its verdict."""


class Group(Document):
    """The group of an entry."""

    slug: str
    title: Title


State = Literal["published", "waiting"]


class Entry(Document):
    """An error and everything that is known about it: `entries/<slug>.json`, a line of the dump."""

    version: Literal[1]
    slug: str
    """Its id; never renamed without an alias."""
    aliases: list[str]
    group: Group
    state: State
    """An entry that waits has no page."""
    waiting: Reason | None
    """What it waits for."""
    retired: bool
    """Whether no recent version of PyTorch prints it any more."""
    page: Both | None
    markdown: Both | None
    """The page as raw Markdown."""
    title: Text
    summary: Text
    cause: Text
    requires: Requires
    signatures: list[Signature]
    recognised_by: list[Signature]
    """Further texts that only the matcher looks for; no claim depends on them."""
    wordings: list[Wording]
    """The error as it was printed, the newest first."""
    claims: list[Claim]
    programs: list[Program]
    """`repro.py`, which raises the error, first."""
    environments: list[EntryEnvironment]
    """The newest last."""
    confused_with: list[str]
    leads_to: list[str]
    references: list[str]


class IndexEntry(Document):
    """An entry in the list."""

    slug: str
    aliases: list[str]
    state: State
    title: Title
    page: Both | None
    """Null: it waits, and has no page."""
    markdown: Both | None
    """The page as raw Markdown."""
    entry: Link
    """The entry's document."""
    exceptions: list[str]
    """The classes of its signatures."""
    verified_fixes: int
    verified_dead_ends: int
    raised_on: list[str]
    """The versions of PyTorch in which the error was raised."""


class Counts(Document):
    """Everything counted; all of it from the evidence."""

    entries: int
    published: int
    waiting: int
    verified_fixes: int
    verified_dead_ends: int
    environments: int


class Files(Document):
    """Where the rest is."""

    environments: Link
    signatures: Link
    dump: Link
    dump_sha256: Link
    openapi: Link
    schemas: dict[str, Link]


class Licence(Document):
    """SPDX expressions."""

    texts: str
    programs: str


class Index(Document):
    """`index.json`: what there is."""

    version: Literal[1]
    """The version of this API; within it, keys are only added."""
    site: str
    licence: Licence
    counts: Counts
    files: Files
    entries: list[IndexEntry]


class Environments(Document):
    """`environments.json`: where everything was run."""

    version: Literal[1]
    environments: list[Environment]
    """The newest last."""


class Signatures(Document):
    """`signatures.json`: what `provenfix.match` and the site's box recognise errors by."""

    version: int
    entries: list[tuple[str, list[tuple[str, str]]]]
    """Each entry's slug, and its signatures: the exception and the pattern."""
    rules: dict[str, Any]
    """What both matchers know of pastes; its form is not part of the promise of version 1."""
