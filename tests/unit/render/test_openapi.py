"""The OpenAPI description: valid, and of every file that is for programs."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from small_house import house, verbatim
from small_house import standing as where_it_stands

from provenfix.render import api
from provenfix.render.site import Site

SITE = Site(url="https://example.org/some/prefix/")

_OPERATION = {
    "type": "object",
    "required": ["operationId", "summary", "responses"],
    "properties": {
        "responses": {
            "type": "object",
            "required": ["200"],
            "patternProperties": {"^[1-5][0-9X]{2}$": {"required": ["description"]}},
            "additionalProperties": False,
        },
        "parameters": {
            "items": {
                "required": ["name", "in", "required", "schema"],
                "properties": {"in": {"const": "path"}, "required": {"const": True}},
            }
        },
    },
}
_OPENAPI = {
    "type": "object",
    "required": ["openapi", "info", "servers", "paths", "components"],
    "additionalProperties": False,
    "properties": {
        "openapi": {"pattern": r"^3\.1\.\d+$"},
        "info": {
            "required": ["title", "version"],
            "properties": {"license": {"required": ["name"]}},
        },
        "servers": {"minItems": 1, "items": {"required": ["url"]}},
        "paths": {
            "patternProperties": {"^/": {"required": ["get"], "properties": {"get": _OPERATION}}},
            "additionalProperties": False,
        },
        "components": {
            "properties": {
                "schemas": {"propertyNames": {"pattern": r"^[a-zA-Z0-9._-]+$"}},
            },
        },
    },
}
"""What OpenAPI 3.1 demands of the parts that we use."""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The API of the small house."""
    the_house = house()
    return api.documents(the_house, where_it_stands(the_house), SITE)


@pytest.fixture(scope="module")
def described(files: dict[str, str]) -> Any:
    """The OpenAPI description."""
    return json.loads(files["api/v1/openapi.json"])


def test_openapi_has_the_required_structure(described: Any) -> None:
    """The description has what OpenAPI 3.1 demands, and the site as its server."""
    jsonschema.validate(described, _OPENAPI)

    assert [{"url": "https://example.org/some/prefix"}] == described["servers"]


def test_openapi_names_are_whole(described: Any) -> None:
    """Each name in a path is a parameter, each operation has its own id, each `$ref` leads."""
    operations = {path: item["get"] for path, item in described["paths"].items()}
    names = {path: set(re.findall(r"\{(\w+)\}", path)) for path in operations}
    parameters = {
        path: {parameter["name"] for parameter in operation.get("parameters", [])}
        for path, operation in operations.items()
    }
    referred = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(described)))
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    assert names == parameters
    assert len(operations) == len({o["operationId"] for o in operations.values()})
    assert set() == referred - known


def test_openapi_schemas_are_those_of_the_files(files: dict[str, str], described: Any) -> None:
    """The components are schemas, and the data fits them as it fits the published ones."""
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)

    entry = json.loads(files["api/v1/entries/backward-twice.json"])
    jsonschema.validate(entry, {"$ref": "#/components/schemas/Entry", **described})


def test_openapi_describes_every_file(files: dict[str, str], described: Any) -> None:
    """Each generated file is described by exactly one path, and each path is that of a file.

    Short addresses are for people: their pages only lead on.
    """
    paths = {
        path: re.compile(re.sub(r"\\\{\w+\\\}", "[a-z0-9-]+", re.escape(path[1:])))
        for path in described["paths"]
    }
    the_house = house()
    verbatim_files = verbatim(the_house, where_it_stands(the_house), SITE)
    made = [*files, *(path for path in verbatim_files if not re.match(r"(zh/)?e/", path))]
    fitting = {
        file: [path for path, pattern in paths.items() if pattern.fullmatch(file)] for file in made
    }

    assert dict.fromkeys(made, 1) == {file: len(found) for file, found in fitting.items()}
    assert paths.keys() == {path for found in fitting.values() for path in found}
