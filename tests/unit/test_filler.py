"""Prose of the real entries: what one of them says, no other says in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenfix import translation
from provenfix.labels import Language
from provenfix.load import Source, load

ROOT = Path(__file__).parents[2]
SOURCES = load(ROOT).sources
SENTENCE = {"en": 8, "zh": 16}
"""From how many words, or Chinese characters, on a sentence must be an entry's own."""
PASSAGE = {"en": 9, "zh": 16}
"""The same for a part of a sentence, since filler is seldom repeated whole."""

_END = re.compile(r"[.!?](?=\s|$)|[。！？\n]")
_CODE = re.compile(r"`([^`]*)`")
_UNIT = {"en": re.compile(r"[\w'-]+"), "zh": re.compile(r"[\u4e00-\u9fff]")}


def _passages(text: str, language: Language) -> Iterator[str]:
    """Whole sentences and parts of them that are long enough, without signs, spaces and case.

    Code counts as one word, however long: messages and calls are facts that pages share.
    """
    glue = " " if language == "en" else ""
    prose = _CODE.sub(lambda code: re.sub(r"\W+", "_", code[1]), text)
    for sentence in _END.split(prose.lower()):
        units = _UNIT[language].findall(sentence)
        if len(units) >= SENTENCE[language]:
            yield glue.join(units)
        for start in range(len(units) - PASSAGE[language] + 1):
            yield glue.join(units[start : start + PASSAGE[language]])


def _shared(texts: dict[str, list[str]], language: Language) -> dict[str, list[str]]:
    """Passage -> the entries that have it, where that is more than one."""
    where: dict[str, set[str]] = defaultdict(set)
    for slug, fields in texts.items():
        for field in fields:
            for passage in _passages(field, language):
                where[passage].add(slug)
    return {passage: sorted(slugs) for passage, slugs in where.items() if len(slugs) > 1}


def _texts(source: Source, language: Language) -> list[str]:
    pairs = translation.fields(source)
    return [english if language == "en" else chinese.text for _, english, chinese in pairs]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_passage_stands_in_two_entries(language: Language) -> None:
    """A page is written for its own error: what fits another one word by word is filler."""
    texts = {slug: _texts(source, language) for slug, source in SOURCES.items()}

    assert {} == _shared(texts, language)


@pytest.mark.parametrize(
    ("language", "one", "two", "shared"),
    [
        (
            "en",
            "Words. Do `a` first and then do that there.",
            "Do a first, and then do that there!",
            1,
        ),
        (
            "en",
            "In a loop the very first batch sets the size, as here.",
            "Elsewhere the very first batch sets the size, as here, and stays.",
            1,
        ),
        ("en", "The run ended in the same error.", "The run ended in the same error.", 0),
        ("zh", "先说别的。把这一行移到循环的里面去，再运行。", "把这一行移到循环的里面去再运行", 0),
        ("zh", "把这一行移到循环的里面去，然后再运行。", "请把这一行移到循环的里面去然后再运行", 1),
        (
            "zh",
            "传入 `torch.autograd.set_detect_anomaly`",
            "传入 `torch.autograd.set_detect_anomaly`",
            0,
        ),
    ],
)
def test_only_long_passages_count_and_signs_do_not(
    language: Language, one: str, two: str, shared: int
) -> None:
    """What a run did may be said alike in a few words; another comma makes no other sentence."""
    found = _shared({"one": [one], "two": [two]}, language)

    assert shared == min(1, len(found))
