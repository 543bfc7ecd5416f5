"""The small vocabularies beside the entries, and the house that holds it all."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol

from pydantic import Field, StringConstraints

from provenfix.fields import Frozen
from provenfix.model import Entry


class Term(Frozen):
    """A term of the glossary: its English, its agreed Chinese, others accepted and refused."""

    en: str
    zh: str
    also: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


class Glossary(Frozen):
    """glossary.yaml."""

    terms: tuple[Term, ...]


class Bilingual(Frozen):
    """A short text in both languages."""

    en: str
    zh: str


class Vocabularies(Protocol):
    """What entries share: all that a rule on one entry may look at beside it."""

    @property
    def groups(self) -> dict[str, Bilingual]:
        """The groups, by name."""

    @property
    def glossary(self) -> Glossary:
        """The agreed terms."""


class Column(Frozen):
    """One column of the matrix as planned in environments.yaml; versions are strings."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+$")]
    device: Literal["cpu", "gpu"]
    python: str
    torch: str
    build: str
    numpy: str
    setuptools: str


class Columns(Frozen):
    """environments.yaml: the columns, and the one that CI makes again at every change."""

    ci: str
    environments: tuple[Column, ...] = Field(min_length=1)


class House(Frozen):
    """Everything that people wrote: entries, vocabularies and the columns of the matrix."""

    entries: dict[str, Entry]
    groups: dict[str, Bilingual]
    glossary: Glossary
    columns: Columns
