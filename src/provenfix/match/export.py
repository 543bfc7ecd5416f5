"""Entries -> the data of both matchers: api/v1/signatures.json. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from provenfix.match.rules import rules
from provenfix.model import Entry

VERSION = 1


def signatures(entries: Iterable[Entry]) -> dict[str, Any]:
    """What `Matcher` and `compile` in match.js are made of.

    Args:
        entries: All entries, published and waiting.
    """
    return {
        "version": VERSION,
        "entries": [
            [entry.slug, [[s.exception, s.pattern] for s in entry.facts.signatures]]
            for entry in sorted(entries, key=lambda entry: entry.slug)
        ],
        "rules": rules(),
    }


def as_text(exported: dict[str, Any]) -> str:
    """The data as compact JSON.

    Args:
        exported: What `signatures` made.
    """
    return json.dumps(exported, ensure_ascii=False, separators=(",", ":")) + "\n"
