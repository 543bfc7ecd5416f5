"""The files of /api/v1/: they fit their published schemas and say what the evidence proves."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from small_house import house
from small_house import standing as where_it_stands

from provenfix import evidence
from provenfix.load import load
from provenfix.render import api
from provenfix.render.site import Site
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

ROOT = Path(__file__).parents[3]
SITE = Site(url="https://example.org/some/prefix/")
KINDS = {"index": "index", "environments": "environments", "signatures": "signatures"}


def _small() -> tuple[House, Standing]:
    the_house = house()
    return the_house, where_it_stands(the_house)


def _real() -> tuple[House, Standing]:
    the_house = load(ROOT).house()
    store, _ = evidence.read(ROOT)
    return the_house, stand(the_house, store)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The API of the small house."""
    return api.documents(*_small(), SITE)


@pytest.fixture(scope="module")
def entry(files: dict[str, str]) -> Any:
    """The document of the small house's published entry."""
    return json.loads(files["api/v1/entries/backward-twice.json"])


def _schema(files: dict[str, str], name: str) -> Any:
    return json.loads(files[f"api/v1/schemas/{name}.schema.json"])


def _closed(schema: Any) -> Any:
    """The schema without room for keys that it does not describe."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed


@pytest.mark.parametrize("these", [_small, _real], ids=["small", "real"])
def test_documents_fit_their_schemas(these: Any) -> None:
    """Each document fits the schema beside it, which describes every key that occurs."""
    files = api.documents(*these(), SITE)
    schemas = {name: _closed(_schema(files, name)) for name in (*KINDS, "entry")}
    found = {f"api/v1/{name}.json": kind for name, kind in KINDS.items()}
    found |= {path: "entry" for path in files if path.startswith("api/v1/entries/")}
    validators = {name: jsonschema.Draft202012Validator(s) for name, s in schemas.items()}
    problems = {
        path: [error.message for error in validators[kind].iter_errors(json.loads(files[path]))]
        for path, kind in found.items()
    }

    assert {path: [] for path in found} == problems


def test_schemas_are_schemas(files: dict[str, str]) -> None:
    """Each is valid in its draft, and its id is its own address."""
    for name in (*KINDS, "entry"):
        schema = _schema(files, name)
        jsonschema.Draft202012Validator.check_schema(schema)

        assert f"{SITE.url}api/v1/schemas/{name}.schema.json" == schema["$id"]


def test_schema_allows_what_version_1_may_gain(files: dict[str, str]) -> None:
    """A client that validates today's schema is not broken by a key of tomorrow."""
    index = json.loads(files["api/v1/index.json"])
    index["entries"][0]["new"] = 1

    jsonschema.validate({**index, "new": 1}, _schema(files, "index"))


def test_schema_refuses_what_is_no_document(files: dict[str, str], entry: Any) -> None:
    """A document that lost a key, or has a verdict that there is not, does not fit."""
    unknown = copy.deepcopy(entry)
    unknown["claims"][0]["verdict"] = "works for me"
    for spoiled in (unknown, {key: v for key, v in entry.items() if key != "claims"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, _schema(files, "entry"))


def test_dump_holds_every_entry(files: dict[str, str]) -> None:
    """One line an entry, the same as in its own file, published and waiting."""
    own = [json.loads(t) for path, t in files.items() if path.startswith("api/v1/entries/")]

    assert own == [json.loads(line) for line in files["api/v1/dump.ndjson"].splitlines()]
    assert {"published", "waiting"} == {entry["state"] for entry in own}


def test_digest_of_the_dump(files: dict[str, str]) -> None:
    """The digest is that of the dump's bytes, in the form of sha256sum."""
    digest = hashlib.sha256(files["api/v1/dump.ndjson"].encode()).hexdigest()

    assert f"{digest}  dump.ndjson\n" == files["api/v1/dump.ndjson.sha256"]


def test_same_bytes_again(files: dict[str, str]) -> None:
    """Nothing depends on when, where or how often the files are made."""
    assert files == api.documents(*_small(), SITE)


def test_index_counts_what_is_listed(files: dict[str, str]) -> None:
    """The counts are those of the entries; the small house has one page and one waiting entry."""
    index = json.loads(files["api/v1/index.json"])
    published, waiting = index["entries"]

    assert {
        "entries": 2,
        "published": 1,
        "waiting": 1,
        "verified_fixes": 3,
        "verified_dead_ends": 4,
        "environments": 2,
    } == index["counts"]
    assert ("backward-twice", 3, 4, ["2.6.0", "2.13.0"]) == tuple(
        published[key] for key in ("slug", "verified_fixes", "verified_dead_ends", "raised_on")
    )
    assert (0, 0, [], None, None) == tuple(
        waiting[key]
        for key in ("verified_fixes", "verified_dead_ends", "raised_on", "page", "markdown")
    )


def test_links_are_relative_and_absolute(files: dict[str, str]) -> None:
    """Every absolute address is the site's own followed by the relative one."""
    links = list(_links([json.loads(t) for path, t in files.items() if path.endswith("x.json")]))

    assert [SITE.url + link["path"] for link in links] == [link["url"] for link in links]
    assert len(links) > 10


def _links(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"path", "url"}:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _links(item)


def test_no_dates(files: dict[str, str]) -> None:
    """Nothing in the data says when: the evidence holds no dates."""
    data = "".join(text for path, text in files.items() if "schemas" not in path)

    assert [] == re.findall(r"\b20\d\d-\d\d-\d\d|\d\d:\d\d:\d\d", data)
