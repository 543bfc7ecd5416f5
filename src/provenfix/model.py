"""What an entry is. Frozen models without I/O; `provenfix schema` publishes them as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from provenfix import digest
from provenfix.fields import (
    Capability,
    ClaimId,
    EnvironmentVariable,
    ExceptionName,
    Frozen,
    Measure,
    Pattern,
    Prose,
    ScriptName,
    Slug,
    Url,
    VersionRange,
)

PROTOCOL = 1
"""The runner's protocol, part of every record's inputs: raising it makes all evidence stale."""

CONTROL = "repro"
"""The script that must raise the entry's own error; a fix counts only beside it."""


def _capability_list(value: Any) -> Any:
    return {"capabilities": value} if isinstance(value, list) else value


class ClaimKind(StrEnum):
    """What a script is claimed to do where the repro raises the error."""

    FIXES = "fixes"
    SAME_ERROR = "same_error"
    OTHER_ERROR = "other_error"
    SILENT = "silent"
    WORKS_AT_A_COST = "works_at_a_cost"


class Signature(Frozen):
    """One wording of the error.

    Args:
        exception: Name of the class as printed, without its module.
        pattern: Regular expression that is searched in the message.
        source: The page that shows this wording, where no recorded run does.
    """

    exception: ExceptionName
    pattern: Pattern
    source: Url | None = None


class Requires(Frozen):
    """What a machine and its packages must have for a script to make sense there."""

    capabilities: tuple[Capability, ...] = ()
    torch: VersionRange | None = None
    python: VersionRange | None = None
    numpy: VersionRange | None = None


Requirements = Annotated[
    Requires,
    BeforeValidator(_capability_list, json_schema_input_type=tuple[Capability, ...] | Requires),
]


class Surroundings(Frozen):
    """What a claim changes around its program instead of in it."""

    env: dict[EnvironmentVariable, str] = Field(min_length=1)


class Claim(Frozen):
    """One claim: this script, in these surroundings, does that.

    Args:
        claim: What it is claimed to do.
        script: The script that is run, if it is not the one with the claim's own name.
        exception, pattern: The other error (`other_error` only).
        measure: What the script prints as its cost (`works_at_a_cost` only).
        requires: Beyond what the entry requires.
        surroundings: `with:` in the file.
        isolate: `process` runs it in a fresh interpreter instead of a fork.
    """

    claim: ClaimKind
    script: ScriptName | None = None
    exception: ExceptionName | None = None
    pattern: Pattern | None = None
    measure: Measure | None = None
    requires: Requirements = Requires()
    surroundings: Surroundings | None = Field(default=None, alias="with")
    isolate: Literal["process"] | None = None

    @model_validator(mode="after")
    def _keys_of_its_kind(self) -> Claim:
        """The keys must be those of the claim's kind."""
        other = self.claim is ClaimKind.OTHER_ERROR
        if other != (self.exception is not None) or other != (self.pattern is not None):
            raise ValueError(
                "must have 'exception' and 'pattern' if, and only if, it is other_error"
            )
        if (self.claim is ClaimKind.WORKS_AT_A_COST) != (self.measure is not None):
            raise ValueError("must have 'measure' if and only if it is works_at_a_cost")
        return self

    @property
    def is_fix(self) -> bool:
        """Whether it is claimed to cure the error (and is not a dead end)."""
        return self.claim is ClaimKind.FIXES


class Facts(Frozen):
    """entry.yaml: facts and claims, no prose, no status, no dates.

    `recognised_by` holds further texts by which a paste is known to be this error: its other lines,
    wordings that nobody runs. No claim depends on them, so they are no part of `inputs`.
    """

    group: str
    aliases: tuple[Slug, ...] = ()
    signatures: tuple[Signature, ...] = Field(min_length=1)
    recognised_by: tuple[Signature, ...] = ()
    requires: Requirements = Requires()
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
    """en.yaml: the English words of a page."""

    title: Prose
    summary: Prose
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
        signatures = [s.model_dump(mode="json", exclude={"source"}) for s in self.facts.signatures]
        common = {
            "requires": self.facts.requires.model_dump(mode="json"),
            "isolate": self.facts.isolate,
        }
        claims: dict[str, Any] = {CONTROL: None}
        claims |= {name: c.model_dump(mode="json") for name, c in self.facts.claims.items()}
        return {
            name: digest.of_inputs(
                PROTOCOL,
                self.scripts[self.script_of(name)].data,
                signatures,
                {**common, "name": name, "claim": claim},
            )
            for name, claim in claims.items()
        }

    def script_of(self, cell: str) -> str:
        """The name of the script that a cell runs."""
        claim = self.facts.claims.get(cell)
        return (claim.script if claim else None) or cell

    @property
    def cells(self) -> tuple[str, ...]:
        """The names of all cells, the control first, then the claims in the page's order."""
        return (CONTROL, *self.facts.claims)
