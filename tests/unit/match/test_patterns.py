"""Patterns, taken apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenfix.match.patterns import ANY, DialectError, Shape, shape


@pytest.mark.parametrize(
    ("pattern", "anchor", "skeleton"),
    [
        ("Target -?\\d+ is out", "Target ", "Target is out"),
        ("call numpy\\(\\) on (?:Tensor|Variable) that", "call numpy() on ", None),
        ("\"[a-z]+\" not implemented for 'Half'", "' not implemented for 'Half'", None),
        ("kernel\\.  Aborting", "kernel. Aborting", "kernel. Aborting"),
        ("one|other", "", "one"),
        ("calling .?cublas", "calling ", f"calling {ANY}cublas"),
    ],
)
def test_shape(pattern: str, anchor: str, skeleton: str | None) -> None:
    """The anchor stands in every match; the skeleton has a gap for each variable part."""
    found = shape(pattern)

    assert (anchor, skeleton or found.skeleton) == (found.anchor, found.skeleton)


@pytest.mark.parametrize("pattern", ["[]a]", "a(?=b)", "a\\Z", "(?P<n>a)", "a{", "[[a]", "\\u00e9"])
def test_outside_the_dialect(pattern: str) -> None:
    """What the two languages may read differently is refused."""
    with pytest.raises(DialectError):
        shape(pattern)


PARTS = st.sampled_from(["CUDA error", "a b", r"\d+", r"[\w.]*", "(?:x|yz)", r"\(", "q?", ".{1,3}"])


@given(st.lists(PARTS, min_size=1, max_size=6).map("".join), st.data())
def test_anchor_is_in_every_match(pattern: str, data: st.DataObject) -> None:
    """Whatever a pattern matches holds its anchor."""
    found: Shape = shape(pattern)
    text = data.draw(st.from_regex(re.compile(found.source, re.ASCII), fullmatch=True))

    assert found.anchor in text
