"""The only place that hashes: binds evidence to content and translations to what they translate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

SHORT = 8
"""Hex digits of the hash that a Chinese field carries of its English text."""

ENVIRONMENT = 10
"""Hex digits of the content hash that ends the name of an environment file."""


def of_bytes(data: bytes) -> str:
    """SHA-256 of bytes, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def of_json(value: Any) -> str:
    """SHA-256 of a JSON value in its canonical form (sorted keys, no blanks, UTF-8)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return of_bytes(text.encode())


def of_text(text: str) -> str:
    """The short hash of an English field, as a Chinese field quotes it in ``of``."""
    return of_bytes(text.encode())[:SHORT]


def of_inputs(protocol: int, programs: Sequence[bytes], signatures: list[Any], claim: Any) -> str:
    """What a run depends on; a record whose ``inputs`` differ from this is stale.

    Args:
        protocol: Number of the runner's protocol.
        programs: The bytes on disk of the script that is run, and of those beside it.
        signatures: The entry's signatures as JSON values.
        claim: The claim with everything that changes its run (requirements, surroundings,
            isolation), as a JSON value; for the control it is the entry's own requirements.
    """
    script, *beside = programs
    parts: dict[str, Any] = {
        "protocol": protocol,
        "script": of_bytes(script),
        "signatures": signatures,
        "claim": claim,
    }
    if beside:
        parts["beside"] = [of_bytes(data) for data in beside]
    return of_json(parts)
