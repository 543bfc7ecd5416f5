"""What a card says; all sentences and figures are ready."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph recommends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A tick on the card's ruler: a version, and whether the best fix is verified there."""

    version: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card.

    Args:
        group: The topic that the error belongs to.
        exception: The class that the error begins with, or nothing.
        error: The rest of the line that people know the error by.
        title: What the title says beyond the error; may be empty.
        verdict: What was proven, or why nothing was.
        verified: Whether something was proven.
        releases: The versions that were run, the oldest first; none where nothing was proven.
        alt: All of it in words, for those who do not see it.
    """

    group: str
    exception: str
    error: str
    title: str
    verdict: str
    verified: bool
    releases: tuple[Release, ...]
    alt: str
