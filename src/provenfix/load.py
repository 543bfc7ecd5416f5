"""Files -> model. Reads everything, collects every problem, and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from provenfix import explainers, folders, strictyaml
from provenfix.cache import Cache
from provenfix.documents import Documents
from provenfix.fields import SLUG
from provenfix.folders import Files, Reader
from provenfix.garbage import uncollected
from provenfix.model import CONTROL, Entry, Facts, Script, Translations, Words
from provenfix.problems import InputError, Problem
from provenfix.strictyaml import Document
from provenfix.vocabulary import Bilingual, Columns, Glossary, House

ENTRIES, EVIDENCE, COLUMNS = "entries", "evidence", "environments.yaml"
PARTS: dict[str, type[BaseModel]] = {"entry.yaml": Facts, "en.yaml": Words, "zh.yaml": Translations}
_GROUPS: TypeAdapter[dict[str, Bilingual]] = TypeAdapter(dict[str, Bilingual])
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source:
    """An entry with the files that it came from, so that checks can point into them.

    Args:
        entry: The entry.
        documents: Its YAML files by name.
        digest: The digest of all its files.
    """

    entry: Entry
    documents: Documents
    digest: str

    def problem(
        self, file: str, location: strictyaml.Location, message: str, tip: str = ""
    ) -> Problem:
        """A problem at a place of one of the entry's YAML files."""
        return self.documents[file].problem(location, message, tip)


@dataclass(slots=True)
class Loaded:
    """What could be loaded, and every problem on the way."""

    groups: dict[str, Bilingual] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=lambda: Glossary(terms=()))
    columns: Columns | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def house(self) -> House:
        """The whole model.

        Raises:
            InputError: There are problems.
        """
        if self.problems or self.columns is None:
            raise InputError(sorted(self.problems))
        return House(
            entries={slug: source.entry for slug, source in self.sources.items()},
            groups=self.groups,
            glossary=self.glossary,
            columns=self.columns,
        )


@uncollected()
def load(root: Path, slugs: Sequence[str] = (), cache: Cache | None = None) -> Loaded:
    """Load the house, or just some entries of it.

    Args:
        root: The repository.
        slugs: The entries to load; all of them if empty.
        cache: Where entries are remembered, if all are loaded.
    """
    loaded = Loaded()
    entries = root / ENTRIES
    every = folders.names(entries)
    loaded.folders = frozenset(every)
    _vocabularies(root, loaded)
    for slug in slugs:
        if slug not in loaded.folders:
            tip = f"provenfix new {slug}"
            message = f"must be a folder of {ENTRIES}/ (got {slug!r})"
            loaded.problems.append(Problem(f"{ENTRIES}/{slug}", 1, 1, message, tip))
    known = [slug for slug in slugs or every if slug in loaded.folders]
    reader = Reader(entries, _is_part, _entry)
    for slug, (source, problems) in reader.values(known, None if slugs else cache).items():
        loaded.problems += problems
        if source:
            loaded.sources[slug] = source
    return loaded


def _is_part(name: str) -> bool:
    return name in PARTS or name.endswith(".py")


def _vocabularies(root: Path, loaded: Loaded) -> None:
    name = f"{ENTRIES}/groups.yaml"
    document = _yaml(name, _bytes(root / name), loaded.problems)
    if document:
        try:
            loaded.groups = _GROUPS.validate_python(document.data)
        except ValidationError as error:
            loaded.problems += explainers.problems(document, error)
    loaded.glossary = (
        _model(root, f"{ENTRIES}/glossary.yaml", Glossary, loaded.problems) or loaded.glossary
    )
    loaded.columns = _model(root, COLUMNS, Columns, loaded.problems)


def _entry(slug: str, files: Files) -> tuple[Source | None, list[Problem]]:
    """One entry folder; no entry if it has problems that keep it from being a model."""
    folder = f"{ENTRIES}/{slug}"
    problems: list[Problem] = []
    if not re.match(SLUG, slug) or len(slug) > 60:
        message = "a slug must be lower-case words joined by single hyphens, at most 60 characters"
        problems.append(Problem(folder, 1, 1, f"{message} (got {slug!r})"))
    documents: dict[str, Document] = {}
    parts: dict[str, Any] = {}
    for name, model in PARTS.items():
        tip = f"provenfix new {slug}"
        document = _yaml(f"{folder}/{name}", files.data.get(name), problems, tip)
        if document:
            documents[name] = document
            parts[name] = _validate(document, model, problems)
    scripts = _scripts(folder, files, problems)
    facts = parts.get("entry.yaml")
    if isinstance(facts, Facts):
        problems += _missing_scripts(documents["entry.yaml"], facts, scripts)
    if problems:
        return None, problems
    entry = Entry.model_construct(
        slug=slug, facts=facts, en=parts["en.yaml"], zh=parts["zh.yaml"], scripts=scripts
    )
    entry.work_out()
    return Source(entry, Documents(documents), files.digest), []


def _scripts(folder: str, files: Files, problems: list[Problem]) -> dict[str, Script]:
    """The scripts of a folder; one that is not UTF-8 is a problem, and there all the same."""
    scripts = {}
    for file, data in files.data.items():
        name = file.removesuffix(".py")
        if name == file:
            continue
        try:
            scripts[name] = Script(name=name, data=data)
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"a script must be UTF-8 (got byte 0x{data[error.start]:02x})"
            problems.append(Problem(f"{folder}/{file}", line, 1, message))
        except ValidationError:
            message = (
                "a script must be named repro.py, diagnose.py, fix_*.py, nofix_*.py or cause_*.py"
            )
            problems.append(Problem(f"{folder}/{file}", 1, 1, f"{message} (got {file})"))
    return scripts


def _missing_scripts(
    document: Document, facts: Facts, scripts: dict[str, Script]
) -> Iterable[Problem]:
    if CONTROL not in scripts:
        yield document.problem((), f"must have a script {CONTROL}.py beside it")
    for name, claim in facts.claims.items():
        wanted = {claim.program(name), claim.runs or CONTROL}
        for script in sorted(wanted - scripts.keys() - {CONTROL}):
            yield document.problem(("claims", name), f"must have a script {script}.py beside it")


def _yaml(name: str, data: bytes | None, problems: list[Problem], tip: str = "") -> Document | None:
    """A YAML file as a document; None, with problems, if there is none or it cannot be read."""
    if data is None:
        problems.append(Problem(name, 1, 1, "must exist", tip))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem(name, 1, 1, f"must be UTF-8 (got: {error.reason})"))
        return None
    document, found = strictyaml.read(name, text)
    problems += found
    return None if found else document


def _validate(document: Document, model: type[Model], problems: list[Problem]) -> Model | None:
    try:
        return model.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        problems += explainers.problems(document, error)
        return None


def _model(root: Path, name: str, model: type[Model], problems: list[Problem]) -> Model | None:
    document = _yaml(name, _bytes(root / name), problems)
    return _validate(document, model, problems) if document else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
