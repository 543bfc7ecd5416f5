"""What is claimed of a program: what it does where the repro raises, and what it needs for that."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from provenfix.fields import (
    Capability,
    CauseName,
    ClaimId,
    Command,
    EnvironmentVariable,
    ExceptionName,
    Frozen,
    Measure,
    PackageName,
    Pattern,
    ScriptName,
    VersionRange,
)

DIAGNOSE = "diagnose"
"""The program that readers run on their own; it prints which cause their error has."""


def _capability_list(value: Any) -> Any:
    return {"capabilities": value} if isinstance(value, list) else value


class ClaimKind(StrEnum):
    """What a script is claimed to do where the repro raises the error."""

    FIXES = "fixes"
    SAME_ERROR = "same_error"
    OTHER_ERROR = "other_error"
    SILENT = "silent"
    WORKS_AT_A_COST = "works_at_a_cost"
    DIAGNOSES = "diagnoses"


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
    """What is changed around a program instead of in it: `with:` in the file.

    Args:
        env: Environment variables.
        packages: Other versions of packages than those of the environment, as ranges; only the
            packages that are named are replaced, not what they depend on.
        command: How it is started, with `{script}` where the program's path goes.
        shm_mb: Size of /dev/shm, MiB.
    """

    env: dict[EnvironmentVariable, str] = Field(default_factory=dict)
    packages: dict[PackageName, VersionRange] = Field(default_factory=dict)
    command: Command | None = None
    shm_mb: int | None = Field(default=None, ge=1, le=4096)

    @model_validator(mode="after")
    def _something(self) -> Surroundings:
        """One of the keys must be there."""
        if not self.model_fields_set:
            raise ValueError("must have one of 'env', 'packages', 'command', 'shm_mb'")
        return self

    def within(self, outer: Surroundings | None) -> Surroundings:
        """These surroundings on top of those of the entry."""
        if outer is None:
            return self
        return Surroundings(
            env={**outer.env, **self.env},
            packages={**outer.packages, **self.packages},
            command=self.command or outer.command,
            shm_mb=self.shm_mb or outer.shm_mb,
        )

    @property
    def inputs(self) -> dict[str, Any]:
        """What evidence is bound to; keys that came later count only where they are used."""
        later = {"packages": self.packages, "command": self.command, "shm_mb": self.shm_mb}
        return {"env": self.env, **{key: value for key, value in later.items() if value}}


class Claim(Frozen):
    """One claim: this script, in these surroundings, does that.

    Args:
        claim: What it is claimed to do.
        script: The script that is run, if it is not the one with the claim's own name.
        exception, pattern: The other error (`other_error` only).
        measure: What the script prints as its cost (`works_at_a_cost` only).
        runs: The program whose error it explains (`diagnoses` only).
        cause, fix: What it must print about it: the cause, and the claim that cures it.
        requires: Beyond what the entry requires.
        surroundings: `with:` in the file.
        isolate: `process` runs it in a fresh interpreter instead of a fork.
    """

    claim: ClaimKind
    script: ScriptName | None = None
    exception: ExceptionName | None = None
    pattern: Pattern | None = None
    measure: Measure | None = None
    runs: ScriptName | None = None
    cause: CauseName | None = None
    fix: ClaimId | None = None
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
        keys = {self.runs is not None, self.cause is not None, self.fix is not None}
        if keys != {self.is_diagnosis}:
            raise ValueError("must have 'runs', 'cause' and 'fix' if, and only if, it is diagnoses")
        return self

    @property
    def is_fix(self) -> bool:
        """Whether it is claimed to cure the error."""
        return self.claim is ClaimKind.FIXES

    @property
    def is_diagnosis(self) -> bool:
        """Whether it is claimed to tell which cause a program's error has."""
        return self.claim is ClaimKind.DIAGNOSES

    @property
    def is_dead_end(self) -> bool:
        """Whether it is advice that does not help, or not for nothing."""
        return not (self.is_fix or self.is_diagnosis)

    def program(self, name: str) -> str:
        """The script that is run for it; all diagnoses of an entry run the same one.

        Args:
            name: The claim's id.
        """
        return self.script or (DIAGNOSE if self.is_diagnosis else name)

    @property
    def inputs(self) -> dict[str, Any]:
        """What evidence is bound to; keys that came later count only where they are used."""
        later = {"runs": self.runs, "cause": self.cause, "fix": self.fix}
        content = self.model_dump(mode="json", exclude={*later, "surroundings"})
        content["surroundings"] = self.surroundings and self.surroundings.inputs
        return content | {key: value for key, value in later.items() if value}
