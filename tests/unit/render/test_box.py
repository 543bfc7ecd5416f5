"""The words that the box shows."""

from __future__ import annotations

import json

import pytest
from small_house import house, pages
from small_house import standing as where_it_stands

from provenfix.history import History
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.render import error_pages
from provenfix.render.box import words
from provenfix.render.paths import built


@pytest.mark.parametrize(
    ("language", "url"),
    [("en", "errors/backward-twice/"), ("zh", "zh/errors/backward-twice/")],
)
def test_published_entry(language: Language, url: str) -> None:
    """A published entry has its title, its page in the reader's language, and its first fix."""
    the_house = house()
    standing = where_it_stands(the_house)
    found = words(History(standing), labels(language))["backward-twice"]
    entry = the_house.entries["backward-twice"]
    said = entry.en if language == "en" else entry.zh
    first = standing.entries["backward-twice"].fixes[0].name

    assert {
        "title": said.title if language == "en" else said.title.text,
        "url": url,
        "fix": said.claims[first].title if language == "en" else said.claims[first].title.text,
        "waiting": "",
    } == found


def test_waiting_entry() -> None:
    """An entry without a page says what it waits for, and shows no fix."""
    found = words(History(where_it_stands(house())), labels("en"))["fork-cuda-reinit"]

    assert ("", "") == (found["url"], found["fix"])
    assert "needs an NVIDIA GPU; no recorded environment has it" == found["waiting"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_are_those_of_pages(language: Language) -> None:
    """The file is written for each language, and each address in it is a page of the site."""
    the_house = house()
    generated = pages(the_house, where_it_stands(the_house))
    found = json.loads(generated[f"api/words-{language}.json"])
    known = {built(path) for path in error_pages(where_it_stands(the_house))}
    addresses = [entry["url"] for entry in found.values() if entry["url"]]

    assert sorted(the_house.entries) == list(found)
    assert 1 == len(addresses)
    assert [] == [url for url in addresses if f"{url}index.html" not in known]
