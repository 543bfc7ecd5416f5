"""The parts that the documents of /api/v1/ share.

The docstring below a key is its description in the JSON Schema.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from provenfix.records import Outcome
from provenfix.verdict import Verdict


class Document(BaseModel):
    """Base of all documents and their parts."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Link(Document):
    """An address of the site."""

    path: str
    """Relative to the site's root."""
    url: str
    """Absolute."""


class Both(Document):
    """The same in English and in Chinese."""

    en: Link
    zh: Link


class Title(Document):
    """A title of ours in both languages."""

    en: str
    zh: str


class Text(Document):
    """A text in both languages: plain text, `backticks` are code, blank lines part paragraphs."""

    en: str
    zh: str
    zh_stale: bool
    """Whether the English changed since it was translated."""


class Reason(Document):
    """Why an entry waits or a claim is withheld."""

    code: str
    """What it is, for programs: `needs`, `untested`, `refuted`, ..."""
    names: list[str]
    """What it waits for or where it failed: capabilities, environments."""
    text: Title
    """The same in words."""


class Gpu(Document):
    """The device of a GPU environment."""

    name: str
    capability: str
    driver: str
    cuda_runtime: str
    count: int


class Environment(Document):
    """What was installed together and where it ran."""

    name: str
    """Its id; ends in the hash of these facts."""
    file: Link
    """Its evidence file."""
    device: str
    python: str
    torch: str
    build: str
    """The build of PyTorch: `cpu`, `cu130`, ..."""
    numpy: str | None
    setuptools: str | None
    system: str
    capabilities: list[str]
    gpu: Gpu | None


class Observation(Document):
    """What a program did in an environment."""

    outcome: Outcome | None
    """Null: there is no fresh run."""
    runs: int | None
    """How many times it was run."""
    differing: int | None
    """How many of these runs did not do what the others did."""
    measures: dict[str, float]
    """Costs that it printed, by name; ratios."""


class EntryEnvironment(Environment):
    """An environment, and what the program that raises the error did there."""

    evidence: Link | None
    """The evidence file of the entry there; null if there is none."""
    repro: Observation
    """What `repro.py` did; a claim counts only where it `raised`."""
    literals: dict[str, bool]
    """Whether the installed files hold the literal text of each signature."""


class ClaimVerdict(Document):
    """What the evidence says of a claim in an environment."""

    environment: str
    """The name of the environment."""
    verdict: Verdict
    ran: Observation
    """What its program did there."""


class Ran(Document):
    """What a program printed."""

    environment: str
    exception: str | None
    """The class of the error that it died of; null if it ran to its end."""
    message: str
    stdout: str
    traceback: str
