"""The OpenAPI description of every address that is for programs. Pure."""

from __future__ import annotations

from typing import Any

from provenfix.fields import SLUG
from provenfix.render.api import places, schemas
from provenfix.render.api.models import VERSION
from provenfix.render.paths import LLMS
from provenfix.render.site import Site

_JSON, _LINES, _MARKDOWN, _PLAIN = (
    "application/json",
    "application/x-ndjson",
    "text/markdown",
    "text/plain",
)
_ANY_SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "An entry's id, from the list in index.json.",
    "schema": {"type": "string", "pattern": SLUG},
}
_ANY_SCHEMA = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The kind of document.",
    "schema": {"type": "string", "enum": list(schemas.MODELS)},
}
_TEXT: dict[str, Any] = {"type": "string"}


def openapi(site: Site) -> dict[str, Any]:
    """The description, in OpenAPI 3.1.

    Args:
        site: The site that serves the files.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "provenfix",
            "summary": "PyTorch and CUDA errors whose every fix was run.",
            "description": (
                "Static files, no key and no limit. A claim counts only where the program that "
                "raises the error did so in the same environment. Within version 1 keys are only "
                "added: ignore those that you do not know."
            ),
            "version": str(VERSION),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": site.url.removesuffix("/")}],
        "paths": _paths(),
        "components": {"schemas": schemas.components()},
    }


def _paths() -> dict[str, Any]:
    return {
        f"/{places.INDEX}": _file("index", "The list of all entries", _JSON, _model("Index")),
        f"/{places.entry('{slug}')}": _file(
            "entry", "An entry with its claims and verdicts", _JSON, _model("Entry"), _ANY_SLUG
        ),
        f"/{places.ENVIRONMENTS}": _file(
            "environments", "Where everything was run", _JSON, _model("Environments")
        ),
        f"/{places.SIGNATURES}": _file(
            "signatures", "What errors are recognised by", _JSON, _model("Signatures")
        ),
        f"/{places.DUMP}": _file("dump", "All entries, one `Entry` a line", _LINES, _TEXT),
        f"/{places.DUMP_SHA256}": _file(
            "dumpSha256", "The SHA-256 of the dump, for `sha256sum --check`", _PLAIN, _TEXT
        ),
        f"/{places.schema('{name}')}": _file(
            "schema", "The JSON Schema of a document", _JSON, {"type": "object"}, _ANY_SCHEMA
        ),
        f"/{places.OPENAPI}": _file("openapi", "This description", _JSON, {"type": "object"}),
        **{
            f"/{path}": _file(
                f"markdown{language.capitalize()}",
                f"The page of a published error as Markdown ({language})",
                _MARKDOWN,
                _TEXT,
                _ANY_SLUG,
            )
            for language, path in places.twins("{slug}").items()
        },
        **{
            f"/{path}": _file(
                f"llms{language.capitalize()}",
                f"What there is, for language models ({language})",
                _PLAIN,
                _TEXT,
            )
            for language, path in LLMS.items()
        },
    }


def _model(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _file(
    name: str, summary: str, kind: str, content: dict[str, Any], *parameters: dict[str, Any]
) -> dict[str, Any]:
    """A file that can be fetched; one whose address has a name in it may not exist."""
    answers = {"200": {"description": summary, "content": {kind: {"schema": content}}}}
    if parameters:
        answers["404"] = {"description": "There is no file of this name", "content": {}}
    method: dict[str, Any] = {"operationId": name, "summary": summary, "responses": answers}
    if parameters:
        method["parameters"] = list(parameters)
    return {"get": method}
