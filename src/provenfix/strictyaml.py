"""YAML read strictly, with the place of every value.

PyYAML's safe_load reads ``2.10`` as 2.1 and ``no`` as False, keeps the last of two equal keys and
expands aliases without end. Here equal keys, aliases and tags are problems, and every value keeps
its line, column and text, so that later checks can point at it and quote it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from provenfix.problems import Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}

Location = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a value stands: line and column counted from 1, and its text if it is a scalar.

    A tuple, for an entry has a hundred of them, and most of remembering it was to pickle these.
    """

    line: int
    column: int
    text: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data.

    Args:
        path: The file, relative to the repository root.
        data: Dictionaries, lists and scalars.
        places: The place of each value (and, for keys, of the key) by its location in the data.
    """

    path: str
    data: Any
    places: dict[Location, Place] = field(default_factory=dict)

    def place(self, location: Location) -> Place:
        """The place of the value, or of the nearest thing around it that is in the file."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, Place(1, 1))

    def problem(self, location: Location, message: str, tip: str = "") -> Problem:
        """A problem at the value."""
        place = self.place(location)
        return Problem(self.path, place.line, place.column, message, tip)


def read(path: str, text: str) -> tuple[Document, list[Problem]]:
    """Read one YAML document.

    Args:
        path: The file's name for messages.
        text: The file's text.

    Returns:
        The document (with data None if it cannot be parsed) and all problems found.
    """
    reader = _Reader(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = " ".join(filter(None, (error.context, error.problem)))
        return Document(path, None), [
            Problem(path, line, column, f"must be well-formed YAML (got: {reason})")
        ]
    except yaml.reader.ReaderError as error:
        message = f"must hold printable characters only (got {error.character!r:.40})"
        return Document(path, None), [Problem(path, 1, 1, message)]
    data = reader.value(node, ()) if node is not None else None
    return Document(path, data, reader.places), reader.problems


class _Reader:
    """Turns nodes into data; one instance per file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.places: dict[Location, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: Any, location: Location) -> Any:
        self._note(node, location)
        if id(node) in self._seen:
            self._complain(node, "must not use YAML anchors and aliases")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*location, i)) for i, item in enumerate(node.value)]
        if node.tag not in _PLAIN:
            tag = node.tag.removeprefix("tag:yaml.org,2002:")
            self._complain(node, f"must be a string in quotes (got {node.value!r}, read as {tag})")
            return node.value
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.tag.endswith(":str"):
                self._complain(key_node, f"must have strings as keys (got {key!r:.40})")
                continue
            if key in result:
                told = f"the first stands in line {first[key]}"
                self._complain(key_node, f"must not repeat the key {key!r} ({told})")
                continue
            first[key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*location, key))
        return result

    def _note(self, node: Any, location: Location) -> None:
        start, end = node.start_mark, node.end_mark
        text = node.value if isinstance(node, yaml.ScalarNode) else None
        self.places[location] = Place(
            start.line + 1, start.column + 1, text, start.index, end.index
        )

    def _complain(self, node: Any, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))


def _scalar(node: yaml.ScalarNode) -> Any:
    """The scalar as YAML 1.1 reads it; the models refuse numbers where a string must stand."""
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "str":
        return node.value
    if kind == "null":
        return None
    if kind == "bool":
        return yaml.SafeLoader.bool_values[node.value.lower()]
    try:
        return int(node.value.replace("_", "")) if kind == "int" else float(node.value)
    except ValueError:
        return node.value
