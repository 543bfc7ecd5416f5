"""What an entry is. Frozen models without I/O; `provenfix schema` publishes them as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from provenfix import digest
from provenfix.claims import Claim, Requirements, Requires, Surroundings
from provenfix.fields import (
    ClaimId,
    ExceptionName,
    Frozen,
    Pattern,
    Prose,
    ScriptName,
    Slug,
    Url,
)
from provenfix.match.anchors import anchor

PROTOCOL = 1
"""The runner's protocol, part of every record's inputs: raising it makes all evidence stale."""

CONTROL = "repro"
"""The script that must raise the entry's own error; a fix counts only beside it."""


class Signature(Frozen):
    """One wording of the error.

    Args:
        exception: Name of the class as printed, without its module.
        pattern: Regular expression that is searched in the message.
        source: The page that shows this wording, where no recorded run does.
        yours: Whether its variable parts are those that `yours` in en.yaml speaks of; or a pattern
            whose parts they are, for a message that says more than it is known by.
    """

    exception: ExceptionName
    pattern: Pattern
    source: Url | None = None
    yours: bool | Pattern = True

    @cached_property
    def anchor(self) -> str:
        """The literal text that every match holds."""
        return anchor(self.pattern)

    @property
    def parts(self) -> str | None:
        """The pattern whose variable parts `yours` in en.yaml speaks of, if it speaks of any."""
        return self.yours if isinstance(self.yours, str) else self.pattern if self.yours else None


class Facts(Frozen):
    """entry.yaml: facts and claims, no prose, no status, no dates.

    `with:` is what all cells have around them; a claim's own comes on top.
    `recognised_by` holds further texts by which a paste is known to be this error: its other lines,
    wordings that nobody runs. No claim depends on them, so they are no part of `inputs`.
    """

    group: str
    aliases: tuple[Slug, ...] = ()
    signatures: tuple[Signature, ...] = Field(min_length=1)
    recognised_by: tuple[Signature, ...] = ()
    requires: Requirements = Requires()
    surroundings: Surroundings | None = Field(default=None, alias="with")
    isolate: Literal["process"] | None = None
    claims: dict[ClaimId, Claim] = Field(min_length=1)
    confused_with: tuple[Slug, ...] = ()
    leads_to: tuple[Slug, ...] = ()
    references: tuple[Url, ...] = Field(min_length=1)
    retired: bool = False


class ClaimWords(Frozen):
    """What a page says about one claim."""

    title: Prose
    text: Prose
    cost: Prose | None = None


class Words(Frozen):
    """en.yaml: the English words of a page.

    Args:
        yours: What the reader's own message says; `{1}` stands for its first variable part.
    """

    title: Prose
    summary: Prose
    yours: Prose | None = None
    cause: Prose
    claims: dict[ClaimId, ClaimWords]


class Translation(Frozen):
    """A Chinese text and the short hash of the English text that it translates."""

    of: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8})?$")]
    text: Prose


class TranslatedClaim(Frozen):
    """The Chinese of ClaimWords."""

    title: Translation
    text: Translation
    cost: Translation | None = None


class Translations(Frozen):
    """zh.yaml: the same keys as en.yaml, a Translation in the place of each text."""

    title: Translation
    summary: Translation
    yours: Translation | None = None
    cause: Translation
    claims: dict[ClaimId, TranslatedClaim]


class Script(Frozen):
    """A program of an entry.

    Args:
        name: File name without `.py`.
        data: The bytes on disk; evidence is bound to them.
    """

    name: ScriptName
    data: bytes

    @property
    def text(self) -> str:
        """The program as text (scripts are checked to be UTF-8 when they are loaded)."""
        return self.data.decode("utf-8")


class Entry(Frozen):
    """An error and everything we claim about it. The slug is the id, the folder and the URL."""

    slug: Slug
    facts: Facts
    en: Words
    zh: Translations
    scripts: dict[str, Script]

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """The digest of what each cell depends on, by cell name (`repro` and the claims)."""
        # What only concerns the page is left out, so that it may change without a run.
        page_only = {"source", "yours"}
        signatures = [s.model_dump(mode="json", exclude=page_only) for s in self.facts.signatures]
        common = {
            "requires": self.facts.requires.model_dump(mode="json"),
            "isolate": self.facts.isolate,
        }
        if self.facts.surroundings:
            common["surroundings"] = self.facts.surroundings.inputs
        claims: dict[str, Any] = {CONTROL: None}
        claims |= {name: claim.inputs for name, claim in self.facts.claims.items()}
        return {
            name: digest.of_inputs(
                PROTOCOL,
                [script.data for script in self.programs_of(name)],
                signatures,
                {**common, "name": name, "claim": claim},
            )
            for name, claim in claims.items()
        }

    @cached_property
    def digest(self) -> str:
        """The digest of the whole entry, prose and all."""
        return digest.of_bytes(self.model_dump_json().encode())

    def work_out(self) -> None:
        """Work out what takes long, so that it is remembered with an entry."""
        _ = self.inputs, self.digest, [s.anchor for s in self.facts.signatures]

    def surroundings_of(self, cell: str) -> Surroundings | None:
        """What a cell changes around its program: what the entry does, and the claim on top."""
        claim = self.facts.claims.get(cell)
        own = claim.surroundings if claim else None
        return own.within(self.facts.surroundings) if own else self.facts.surroundings

    def programs_of(self, cell: str) -> tuple[Script, ...]:
        """The program that a cell runs, and with a diagnosis the program that it is run on."""
        claim = self.facts.claims.get(cell)
        beside = (claim.runs,) if claim and claim.runs else ()
        return tuple(self.scripts[name] for name in (self.script_of(cell), *beside))

    def script_of(self, cell: str) -> str:
        """The name of the script that a cell runs."""
        claim = self.facts.claims.get(cell)
        return claim.program(cell) if claim else cell

    def base_of(self, claim: str) -> str:
        """The name of the script that a claim changes: the repro, or that of another cause."""
        causes = [c.runs for c in self.facts.claims.values() if c.fix == claim and c.runs]
        return CONTROL if CONTROL in causes or not causes else causes[0]

    @property
    def cells(self) -> tuple[str, ...]:
        """The names of all cells, the control first, then the claims in the page's order."""
        return (CONTROL, *self.facts.claims)
