"""The kinds of values that entries are made of, each with its rule."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Frozen(BaseModel):
    """Base of all models: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


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


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$")]
ExceptionName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*$")]
Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_regular_expression)]
VersionRange = Annotated[str, AfterValidator(_specifier)]
ScriptName = Annotated[
    str, StringConstraints(pattern=r"^(repro|(fix|nofix)_[a-z0-9]+(_[a-z0-9]+)*)$")
]
ClaimId = Annotated[str, StringConstraints(pattern=r"^(fix|nofix)_[a-z0-9]+(_[a-z0-9]+)*$")]
EnvironmentVariable = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Prose = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Capability = Literal["cuda", "no_cuda", "multi_gpu", "fork", "gloo"]
Measure = Literal["seconds_ratio", "steps_ratio", "memory_ratio", "bytes_ratio"]
CAPABILITIES: tuple[str, ...] = get_args(Capability)
