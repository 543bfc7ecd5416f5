"""Code keeps every character, and the classes that Pygments gives what we colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from small_house import REPOSITORY

from provenfix.render import highlight

SCRIPTS = [path.read_text("utf-8").strip("\n") for path in REPOSITORY.glob("entries/*/*.py")]
COLOURED = {"c1", "k", "kc", "kn", "mf", "mi", "nc", "ne", "ow", "sd"}
"""Classes that must be just those of Pygments; what stands in braces of an f-string has none."""
CODE = st.lists(
    st.sampled_from(
        ["def f", "'", '"', '"""', "#", "\\", "\n", "  ", "<b>", "&", "1e3", "@", "+", "x"]
    )
).map("".join)


def _characters(html: str) -> Iterator[tuple[str, str]]:
    """Each character with the class of the tag around it."""
    kind = ""
    for opened, entity in re.findall(r'<span class="(\w+)">|</span>|(&#?\w+;|[^<])', html):
        if entity:
            yield unescape(entity), kind
        else:
            kind = opened


def _code(html: str) -> str:
    found = re.fullmatch(
        r'<div class="[^"<]*"><pre><span></span><code>(.*)\n</code></pre></div>', html, re.DOTALL
    )
    assert found
    return found[1]


def test_scripts_keep_their_text_and_their_colours() -> None:
    """All our programs: no character is lost, and what has a colour has that of Pygments."""
    assert len(SCRIPTS) > 500
    for script in SCRIPTS:
        ours = list(_characters(_code(highlight.block(script, "python"))))
        theirs = _characters(pygments_highlight(script, PythonLexer(), HtmlFormatter(nowrap=True)))

        assert script == "".join(character for character, _ in ours)
        for (character, kind), (same, expected) in zip(ours, theirs, strict=False):
            assert character == same
            if expected in COLOURED and kind != "s2" and character.strip():
                assert expected == kind, script


@pytest.mark.parametrize("language", ["python", "diff", "text", "bash"])
@given(code=CODE)
@settings(deadline=None)
def test_any_text_comes_out_as_it_went_in(language: str, code: str) -> None:
    """Whatever stands in a block is shown as it is, and no tag of it comes alive."""
    inner = _code(highlight.block(code, language))

    assert code.rstrip("\n") == "".join(c for c, _ in _characters(inner)).rstrip("\n")
    assert "<b>" not in inner


def test_diff() -> None:
    """Lines have the classes of a diff; a blank that begins an unchanged line stays."""
    inner = _code(highlight.block("--- a\n+++ b\n@@ -1 +1 @@\n \n-<x>\n+y", "diff"))

    assert (
        '<span class="gd">--- a</span>\n<span class="gi">+++ b</span>\n'
        '<span class="gu">@@ -1 +1 @@</span>\n \n'
        '<span class="gd">-&lt;x&gt;</span>\n<span class="gi">+y</span>' == inner
    )
