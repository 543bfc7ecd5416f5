"""The vectors: pastes as people make them, with the entries that they must lead to."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher, Result

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "tests/vectors"
RIGHT, FALSE = 95, 2
"""Percent of the vectors held back that must be right, and that may match in spite of nothing."""


def _vectors(name: str) -> list[dict[str, Any]]:
    path = VECTORS / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@cache
def _matcher() -> tuple[Matcher, frozenset[str]]:
    entries = [source.entry for source in load(ROOT).sources.values()]
    return Matcher(signatures(entries)), frozenset(entry.slug for entry in entries)


def _result(vector: dict[str, Any]) -> tuple[Result, list[str]]:
    """What the matcher says, and the expected entries that exist."""
    matcher, slugs = _matcher()
    return matcher.match(vector["text"]), [slug for slug in vector["expect"] if slug in slugs]


@pytest.mark.parametrize("vector", _vectors("tuning"), ids=lambda vector: str(vector["id"]))
def test_tuning(vector: dict[str, Any]) -> None:
    """A vector leads to its entries in order, and a lonely wrapper is named."""
    result, expected = _result(vector)

    assert (expected, vector.get("wrapper")) == (
        [match.entry for match in result.matches],
        result.wrapper,
    )


def test_held_back_right_on_top() -> None:
    """Of the vectors held back from tuning, most have the right entry on top."""
    wrong, number = [], 0
    for vector in _vectors("held-back"):
        result, expected = _result(vector)
        if expected:
            number += 1
            if [match.entry for match in result.matches][:1] != expected[:1]:
                wrong.append(vector["id"])

    assert number
    assert 100 * len(wrong) <= (100 - RIGHT) * number, wrong


def test_held_back_false_matches() -> None:
    """Of those that must match nothing, hardly any does."""
    wrong, number = [], 0
    for vector in _vectors("held-back"):
        result, _ = _result(vector)
        if not vector["expect"]:
            number += 1
            if result.matches:
                wrong.append(vector["id"])

    assert number
    assert 100 * len(wrong) <= FALSE * number, wrong
