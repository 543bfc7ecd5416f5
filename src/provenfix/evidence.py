"""Records on disk: what was observed. Only the runner's results are written, and only whole files.

One file per entry and environment, sorted keys, one value a line, no durations and no dates:
running again changes nothing unless something changed, and two machines never touch one file. A
record carries the digest of its own content (`seal`), so that an edit by hand is found without
running anything.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from provenfix import digest, explainers, strictyaml
from provenfix.load import EVIDENCE
from provenfix.model import PROTOCOL, Frozen
from provenfix.problems import Problem

ENVIRONMENTS = "environments"
AGREE_WITHIN = 2.0
"""Two measured costs agree if neither is more than this many times the other."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Outcome(StrEnum):
    """What a script did."""

    PASSED = "passed"
    RAISED = "raised"
    OTHER_ERROR = "other_error"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    NOT_APPLICABLE = "not_applicable"


class Cell(Frozen):
    """What one script did in one environment.

    Args:
        inputs: Digest of what the run depended on (`digest.of_inputs`).
        asserts: Distinct assert statements that the main program reached.
        caught: The entry's own error passed through the script and was swallowed.
        contained: What the script was kept from: files, memory, network, processes, time.
        exception, message: The final error, if it died of one; lines, normalised.
        expected: The final error was the other error that the claim names.
        measures: The costs that the script printed, by name (ratios, without a unit).
        reason: Why it ended as it did, where the outcome does not say.
        signature: The entry's pattern that matched.
        stdout, traceback: What it printed; lines, normalised and cut.
    """

    inputs: Digest
    outcome: Outcome
    asserts: int = 0
    caught: bool = False
    contained: tuple[str, ...] = ()
    exception: str | None = None
    expected: bool = False
    measures: dict[str, float] = Field(default_factory=dict)
    message: tuple[str, ...] = ()
    reason: str | None = None
    signature: str | None = None
    stdout: tuple[str, ...] = ()
    traceback: tuple[str, ...] = ()

    def agrees(self, other: Cell) -> bool:
        """Whether both say the same; measured costs may differ by the factor `AGREE_WITHIN`."""
        if not self.measures:
            return self == other
        # The printed lines hold the measured figures, so they differ as the figures do.
        printed = {"measures": other.measures, "stdout": other.stdout}
        if self.model_copy(update=printed) != other:
            return False
        return self.measures.keys() == other.measures.keys() and all(
            1 / AGREE_WITHIN <= value / other.measures[name] <= AGREE_WITHIN
            for name, value in self.measures.items()
        )


class Gpu(Frozen):
    """The device of a GPU environment."""

    name: str
    capability: str
    driver: str
    cuda_runtime: str
    count: int


class Environment(Frozen):
    """What was installed together and where it ran. Its name ends in the hash of these facts."""

    device: str
    python: str
    torch: str
    build: str
    numpy: str | None
    setuptools: str | None
    system: str
    capabilities: tuple[str, ...]
    gpu: Gpu | None

    @property
    def column(self) -> str:
        """The column of the matrix that it belongs to, as named in environments.yaml."""
        return f"{self.device}-torch-{self.torch}"

    @property
    def name(self) -> str:
        """The name of its file, without `.json`."""
        minor = "".join(self.python.split(".")[:2])
        content = digest.of_json(self.model_dump(mode="json"))[: digest.ENVIRONMENT]
        return f"{self.device}-py{minor}-torch{self.torch}-{self.build}-{content}"


class Record(Frozen):
    """All cells of one entry in one environment."""

    entry: str
    environment: str
    protocol: int
    cells: dict[str, Cell]

    def content(self) -> dict[str, Any]:
        """The record as it is sealed and written, without its seal."""
        return self.model_dump(mode="json")


class _Sealed(Record):
    seal: Digest


class Store(Frozen):
    """All evidence of the repository."""

    environments: dict[str, Environment]
    records: dict[tuple[str, str], Record]

    def record(self, entry: str, environment: str) -> Record | None:
        """The record of an entry in an environment, if there is one."""
        return self.records.get((entry, environment))


def write(root: Path, record: Record, environment: Environment) -> bool:
    """Write a record and its environment, each whole or not at all, and only if something changed.

    Args:
        root: The repository.
        record: What was observed; a cell that agrees with the one on disk leaves that one as it is.
        environment: Where.

    Returns:
        Whether the record's file changed.
    """
    folder = root / EVIDENCE
    facts = environment.model_dump(mode="json")
    replace(folder / ENVIRONMENTS / f"{environment.name}.json", _text(facts))
    path = folder / record.entry / f"{environment.name}.json"
    before, _ = _record(path, path.name) if path.exists() else (None, [])
    cells = dict(record.cells)
    for name, cell in cells.items():
        old = before.cells.get(name) if before else None
        if old is not None and cell.agrees(old):
            cells[name] = old
    content = record.model_copy(update={"cells": cells}).content()
    return replace(path, _text({**content, "seal": digest.of_json(content)}))


def replace(path: Path, text: str) -> bool:
    """Replace a file's content atomically; leave the file alone if it already holds the text.

    Returns:
        Whether the file changed.
    """
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def read(
    root: Path,
    cells: Mapping[str, Iterable[str]] | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Store, list[Problem]]:
    """Read all evidence.

    Args:
        root: The repository.
        cells: The known cell names of each entry; a record of an entry or cell that is not among
            them is a problem. None skips this check.
        unread: Entries that exist but are not in `cells`; their records are not checked against it.
    """
    problems: list[Problem] = []
    environments: dict[str, Environment] = {}
    records: dict[tuple[str, str], Record] = {}
    folder = root / EVIDENCE
    for path in sorted((folder / ENVIRONMENTS).glob("*.json")):
        name = path.relative_to(root).as_posix()
        environment, found = _environment(path, name)
        problems += found
        if environment:
            environments[environment.name] = environment
    for path in sorted(folder.glob("*/*.json")):
        if path.parent.name == ENVIRONMENTS:
            continue
        name = path.relative_to(root).as_posix()
        record, found = _record(path, name)
        if record:
            found = list(_place(path, name, record, environments))
            if cells is not None and record.entry not in unread:
                found += _known(path, name, record, cells)
        problems += found
        if record and not found:
            records[record.entry, record.environment] = record
    return Store(environments=environments, records=records), problems


_RERUN = "evidence is written by the runner alone: provenfix run {entry} --record"


def _document(path: Path, name: str) -> tuple[strictyaml.Document | None, Any, list[Problem]]:
    """The JSON of a file, and the same as a document with places (JSON is YAML)."""
    tip = _RERUN.format(entry=path.parent.name)
    try:
        text = path.read_text("utf-8")
        return strictyaml.Document(name, None), json.loads(text), []
    except json.JSONDecodeError as error:
        message = f"must be a whole JSON file (got: {error.msg})"
        return None, None, [Problem(name, error.lineno, error.colno, message, tip)]
    except UnicodeDecodeError:
        return None, None, [Problem(name, 1, 1, "must be UTF-8 (got other bytes)", tip)]


def _at(path: Path, name: str, *location: str) -> Problem:
    """A problem without words at a place of a JSON file, which is parsed again just to find it."""
    document, _ = strictyaml.read(name, path.read_text("utf-8"))
    return document.problem(location, "")


def _say(problem: Problem, message: str) -> Problem:
    tip = _RERUN.format(entry=Path(problem.path).parent.name)
    return Problem(problem.path, problem.line, problem.column, message, tip)


def _environment(path: Path, name: str) -> tuple[Environment | None, list[Problem]]:
    _, data, problems = _document(path, name)
    if problems:
        return None, problems
    try:
        environment = Environment.model_validate(data)
    except ValidationError as error:
        document, _ = strictyaml.read(name, path.read_text("utf-8"))
        return None, explainers.problems(document, error)
    if environment.name != path.stem:
        rule = "the file's name must end in the hash of its content"
        message = f"{rule} (got {path.stem}, expected {environment.name})"
        return None, [_say(Problem(name, 1, 1, ""), message)]
    return environment, []


def _record(path: Path, name: str) -> tuple[Record | None, list[Problem]]:
    _, data, problems = _document(path, name)
    if problems:
        return None, problems
    protocol = data.get("protocol") if isinstance(data, dict) else None
    if protocol is not None and protocol != PROTOCOL:
        message = f"protocol must be {PROTOCOL} (got {protocol!r})"
        return None, [_say(_at(path, name, "protocol"), message)]
    try:
        sealed = _Sealed.model_validate(data)
    except ValidationError as error:
        document, _ = strictyaml.read(name, path.read_text("utf-8"))
        return None, explainers.problems(document, error)
    record = Record.model_construct(
        entry=sealed.entry,
        environment=sealed.environment,
        protocol=sealed.protocol,
        cells=sealed.cells,
    )
    if digest.of_json(record.content()) != sealed.seal:
        message = (
            f"seal must be the digest of the record (got {sealed.seal[:12]}…): the file was edited"
        )
        return None, [_say(_at(path, name, "seal"), message)]
    return record, []


def _place(
    path: Path, name: str, record: Record, environments: Mapping[str, Environment]
) -> Iterable[Problem]:
    """A record must lie where its content says, beside its environment."""
    for key, value, expected in (
        ("entry", record.entry, path.parent.name),
        ("environment", record.environment, path.stem),
    ):
        if value != expected:
            yield _say(_at(path, name, key), f"{key} must be {expected!r} (got {value!r})")
    if record.environment not in environments:
        rule = f"environment must have a file in {EVIDENCE}/{ENVIRONMENTS}/"
        message = f"{rule} (got {record.environment!r})"
        yield _say(_at(path, name, "environment"), message)


def _known(
    path: Path, name: str, record: Record, cells: Mapping[str, Iterable[str]]
) -> Iterable[Problem]:
    """A record must speak of an entry and of claims that exist."""
    if record.entry not in cells:
        yield _say(
            _at(path, name, "entry"), f"entry must be a folder of entries/ (got {record.entry!r})"
        )
        return
    known = set(cells[record.entry])
    for cell in record.cells.keys() - known:
        message = f"must name claims of {record.entry} only (got {cell!r})"
        yield _say(_at(path, name, "cells", cell), message)


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
