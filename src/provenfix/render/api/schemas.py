"""The JSON Schemas of the documents, from their models. Pure."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from provenfix.render.api import places
from provenfix.render.api.models import Entry, Environments, Index, Signatures
from provenfix.render.api.parts import Document
from provenfix.render.site import Site

MODELS: dict[str, type[Document]] = {
    "index": Index,
    "entry": Entry,
    "environments": Environments,
    "signatures": Signatures,
}
"""Name of each schema -> the document that it is of."""


class _Untitled(GenerateJsonSchema):
    """Keys need no titles that only repeat their names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema(name: str, site: Site) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document, by its name in MODELS."""
    content = MODELS[name].model_json_schema(mode="serialization", schema_generator=_Untitled)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": places.link(site, places.schema(name)).url,
        **content,
    }


def components() -> dict[str, Any]:
    """The same schemas as components of the OpenAPI description, by the models' names."""
    _, content = models_json_schema(
        [(model, "serialization") for model in MODELS.values()],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Untitled,
    )
    found: dict[str, Any] = content["$defs"]
    return found
