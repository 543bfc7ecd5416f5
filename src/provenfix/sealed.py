"""A file of evidence -> what it says, or what is wrong with it: strict, and sealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from provenfix import digest, explainers, strictyaml
from provenfix.model import PROTOCOL
from provenfix.problems import Problem
from provenfix.records import Digest, Environment, Record

_RERUN = "evidence is written by the runner alone: provenfix run {entry} --record"


class _Sealed(Record):
    seal: Digest


def environment(path: Path, data: bytes) -> tuple[Environment | None, list[Problem]]:
    """The environment in a file, or what is wrong with it.

    Args:
        path: The file, relative to the repository.
        data: Its content.
    """
    content, problems = _document(path, data)
    if problems:
        return None, problems
    try:
        found = Environment.model_validate(content)
    except ValidationError as error:
        return None, explainers.problems(_places(path, data), error)
    if found.name != path.stem:
        rule = "the file's name must end in the hash of its content"
        message = f"{rule} (got {path.stem}, expected {found.name})"
        tip = _RERUN.format(entry=path.parent.name)
        return None, [Problem(path.as_posix(), 1, 1, message, tip)]
    return found, []


def record(path: Path, data: bytes) -> tuple[Record | None, list[Problem]]:
    """The record in a file, or what is wrong with it.

    Args:
        path: The file, relative to the repository.
        data: Its content.
    """
    content, problems = _document(path, data)
    if problems:
        return None, problems
    protocol = content.get("protocol") if isinstance(content, dict) else None
    if protocol is not None and protocol != PROTOCOL:
        message = f"protocol must be {PROTOCOL} (got {protocol!r})"
        return None, [say(path, data, ("protocol",), message)]
    try:
        sealed = _Sealed.model_validate(content)
    except ValidationError as error:
        return None, explainers.problems(_places(path, data), error)
    found = Record.model_construct(
        entry=sealed.entry,
        environment=sealed.environment,
        protocol=sealed.protocol,
        cells=sealed.cells,
        literals=sealed.literals,
    )
    unsealed = {key: value for key, value in content.items() if key != "seal"}
    if digest.of_json(unsealed) != sealed.seal:
        message = (
            f"seal must be the digest of the record (got {sealed.seal[:12]}…): the file was edited"
        )
        return None, [say(path, data, ("seal",), message)]
    _ = found.digest  # it takes long, so it is remembered with the record
    return found, []


def say(path: Path, data: bytes, location: strictyaml.Location, message: str) -> Problem:
    """A problem at a place of a JSON file."""
    tip = _RERUN.format(entry=path.parent.name)
    return _places(path, data).problem(location, message, tip)


def _document(path: Path, data: bytes) -> tuple[Any, list[Problem]]:
    """The JSON of a file."""
    name, tip = path.as_posix(), _RERUN.format(entry=path.parent.name)
    try:
        return json.loads(data.decode("utf-8")), []
    except json.JSONDecodeError as error:
        message = f"must be a whole JSON file (got: {error.msg})"
        return None, [Problem(name, error.lineno, error.colno, message, tip)]
    except UnicodeDecodeError:
        return None, [Problem(name, 1, 1, "must be UTF-8 (got other bytes)", tip)]


def _places(path: Path, data: bytes) -> strictyaml.Document:
    """A JSON file as a document, which is parsed again (JSON is YAML) just to find a place."""
    document, _ = strictyaml.read(path.as_posix(), data.decode("utf-8"))
    return document
