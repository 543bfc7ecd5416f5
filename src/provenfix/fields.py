"""The kinds of values that entries are made of, each with its rule."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self, get_args

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Frozen(BaseModel):
    """Base of all models: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def __copy__(self) -> Self:
        """A copy without what was worked out from the fields, for the copy's may be others."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


def _specifier(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        raise ValueError("must be a version range such as '>=2.0,<2.6'") from None
    return text


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"must be a regular expression ({error})") from None
    return text


def _command(text: str) -> str:
    """A command line that needs no shell, with the place of the program in it."""
    words = text.split(" ")
    if words.count(SCRIPT) != 1 or words[0] == SCRIPT or not all(map(_WORD.match, words)):
        raise ValueError(f"must be plain words, one of them {SCRIPT}, without a shell's signs")
    return text


SCRIPT = "{script}"
"""Where a command line has the path of the program."""
_WORD = re.compile(r"^([\w./=:,+@%-]+|\{script\})$")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$")]
ExceptionName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*$")]
Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_regular_expression)]
VersionRange = Annotated[str, AfterValidator(_specifier)]
ScriptName = Annotated[
    str,
    StringConstraints(pattern=r"^(repro|diagnose|(fix|nofix|cause)_[a-z0-9]+(_[a-z0-9]+)*)$"),
]
ClaimId = Annotated[
    str, StringConstraints(pattern=r"^(fix|nofix|diagnose)_[a-z0-9]+(_[a-z0-9]+)*$")
]
CauseName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
PackageName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-.][a-z0-9]+)*$")]
Command = Annotated[str, AfterValidator(_command)]
EnvironmentVariable = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Prose = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Capability = Literal["cuda", "no_cuda", "multi_gpu", "fork", "gloo", "cpu_build", "cuda_build"]
Measure = Literal["seconds_ratio", "steps_ratio", "memory_ratio", "bytes_ratio"]
CAPABILITIES: tuple[str, ...] = get_args(Capability)
