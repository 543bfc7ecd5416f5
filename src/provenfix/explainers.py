"""pydantic's errors -> problems: at the value's line and column, saying what must hold."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from provenfix.problems import Problem
from provenfix.strictyaml import Document, Location


def problems(document: Document, error: ValidationError) -> list[Problem]:
    """Every problem of a document that does not fit its model."""
    return [_problem(document, detail) for detail in error.errors(include_url=False)]


def _problem(document: Document, detail: Any) -> Problem:
    location = tuple(part for part in detail["loc"] if part not in ("[key]", "function-before"))
    kind = detail["type"]
    name = ".".join(map(str, location)) or "the file"
    if kind == "extra_forbidden":
        return document.problem(location, f"must not have the key {location[-1]!r}", _SCHEMA)
    if kind == "missing":
        parent = ".".join(map(str, location[:-1])) or "the file"
        return document.problem(location, f"{parent} must have the key {location[-1]!r}", _SCHEMA)
    got = _got(document, location, detail["input"])
    return document.problem(
        location, f"{name} {_rule(kind, detail)} (got {got})", _tip(kind, detail)
    )


_SCHEMA = "provenfix schema prints every key and what it may hold"


def _got(document: Document, location: Location, value: Any) -> str:
    """The value as it stands in the file, with YAML's reading of it where that differs."""
    place = document.places.get(location)
    if place is None or place.text is None:
        kinds = {dict: "a mapping", list: "a list", type(None): "nothing"}
        return kinds.get(type(value), repr(value)[:80])
    if isinstance(value, str):
        return repr(place.text[:80])
    return f"{place.text or 'nothing'}, which YAML reads as {value!r}"


def _rule(kind: str, detail: Any) -> str:
    context = detail.get("ctx", {})
    match kind:
        case "string_type":
            return "must be a string"
        case "string_pattern_mismatch":
            return f"must match {context['pattern']}"
        case "string_too_long":
            return f"must have at most {context['max_length']} characters"
        case "string_too_short":
            return "must not be empty"
        case "too_short":
            return f"must have at least {context['min_length']} item"
        case "literal_error" | "enum":
            return f"must be {context['expected']}"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "must be a mapping"
        case "tuple_type" | "list_type":
            return "must be a list"
        case "bool_type" | "bool_parsing":
            return "must be true or false"
        case "value_error":
            return str(context["error"])
    return f"must be valid: {detail['msg']}"


def _tip(kind: str, detail: Any) -> str:
    if kind == "string_type" and isinstance(detail["input"], int | float | bool):
        return "put it in quotes"
    return ""
