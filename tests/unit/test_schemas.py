"""The published JSON Schemas are those of the models, and the real entries fit them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from provenfix import schemas

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "entries").glob("*/*.yaml"))


@pytest.mark.parametrize("name", schemas.MODELS)
def test_committed_schema_is_that_of_the_model(name: str) -> None:
    """`provenfix schema --write` would change nothing."""
    committed = (ROOT / schemas.FOLDER / f"{name}.schema.json").read_text("utf-8")

    assert schemas.text(name) == committed


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_entry_fits_its_schema(path: Path) -> None:
    """An editor that checks the files by their schema finds nothing."""
    content = yaml.safe_load(path.read_text("utf-8"))

    jsonschema.validate(content, schemas.schema(path.stem))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_entry_names_its_schema(path: Path) -> None:
    """The first line tells editors where the schema lies."""
    first = path.read_text("utf-8").partition("\n")[0]

    assert f"# yaml-language-server: $schema=../../schemas/{path.stem}.schema.json" == first


def test_schema_refuses_what_the_model_refuses() -> None:
    """An unknown key and a version without quotes are refused by the schema, too."""
    entry = yaml.safe_load((ROOT / "entries/backward-twice/entry.yaml").read_text("utf-8"))
    for spoiled in ({**entry, "status": "verified"}, {**entry, "requires": {"torch": 2.1}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, schemas.schema("entry"))


def test_schemas_are_valid_json() -> None:
    """Each schema is a valid JSON Schema of its draft."""
    for name in schemas.MODELS:
        jsonschema.Draft202012Validator.check_schema(json.loads(schemas.text(name)))
