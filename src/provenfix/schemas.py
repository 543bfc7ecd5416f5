"""JSON Schemas of the files that people write, from the models, so that editors complete them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from provenfix.model import Facts, Translations, Words
from provenfix.vocabulary import Bilingual, Columns, Glossary

FOLDER = "schemas"
MODELS: dict[str, Any] = {
    "entry": Facts,
    "en": Words,
    "zh": Translations,
    "groups": dict[str, Bilingual],
    "glossary": Glossary,
    "environments": Columns,
}
"""Name of each schema -> what the file holds."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file, by its name in MODELS."""
    content = TypeAdapter(MODELS[name]).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Generated from src/provenfix/model.py by: provenfix schema --write",
        **content,
    }


def text(name: str) -> str:
    """The schema as it is published."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
