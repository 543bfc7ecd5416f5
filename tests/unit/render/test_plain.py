"""Text of entries stays text in raw Markdown too, whichever program renders it."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from provenfix.render import plain

from .test_escape import EXTENSIONS, TRICKS

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Parsed(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


def _commonmark(source: str) -> Parsed:
    return Parsed(COMMONMARK.render(source))


def _python(source: str) -> Parsed:
    return Parsed(markdown.markdown(source, extensions=EXTENSIONS))


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


@pytest.mark.parametrize("trick", TRICKS)
def test_paragraph(trick: str) -> None:
    """A trick in a paragraph is shown letter by letter."""
    parsed = _commonmark(plain.prose(trick))

    assert _plain(trick) == _plain(parsed.text)
    assert {"p", "code"} >= set(parsed.tags)


@pytest.mark.parametrize("trick", TRICKS)
def test_heading_and_item(trick: str) -> None:
    """A trick in a heading or an item neither ends it nor adds to it."""
    parsed = _commonmark(f"# {plain.inline(trick)}\n\n- {plain.inline(trick)}\n")
    tags = [tag for tag in parsed.tags if tag != "code"]

    assert ["h1", "ul", "li"] == tags
    assert 2 * [_plain(trick)] == [line for line in map(_plain, parsed.text.split("\n")) if line]


@pytest.mark.parametrize("trick", [*TRICKS, "`a | b` | c", "\\|"])
def test_table_cell(trick: str) -> None:
    """A trick in a table cell stays in its cell, even within code."""
    parsed = _commonmark(f"| a | b |\n|---|---|\n| {plain.cell(trick)} | end |")
    tags = [tag for tag in parsed.tags if tag != "code"]

    assert ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"] == tags
    assert "end" == parsed.text.split("\n")[-5]


@pytest.mark.parametrize("trick", [*TRICKS, "a `b` c", "``", "`a", "a`", "```x```"])
def test_span(trick: str) -> None:
    """A text as one piece of code keeps its backticks."""
    parsed = _commonmark(f"- {plain.span(trick)}")

    assert (["ul", "li", "code"], " ".join(trick.split())) == (parsed.tags, parsed.text.strip())


@pytest.mark.parametrize("render", [_commonmark, _python])
@given(value=st.text(alphabet=st.sampled_from("`<>[](){}!*_#|\\&;:-=.1 \nax\"'~$/@,2")))
def test_any_prose_is_paragraphs_and_code(render: object, value: str) -> None:
    """Prose makes paragraphs and code, nothing else, in either renderer."""
    assert callable(render)
    tags = render(plain.prose(value)).tags

    assert {"p", "code"} >= set(tags)


@pytest.mark.parametrize(
    "url", ["https://example.org/(x)?a=*x*&b=_y_&c='onclick=owned()", "https://e.org/<b>`\\ x"]
)
def test_address(url: str) -> None:
    """Whatever an address holds, it is one link in brackets and in parentheses."""
    parsed = _commonmark(f"<{plain.address(url)}>\n\n[x]({plain.address(url)})")

    assert ["p", "a", "p", "a"] == parsed.tags


@pytest.mark.parametrize(
    "words",
    [
        "Set `a_b[0] = *x` in fix_one.py (PyTorch >= 2.6, 50 %); it's 3.2 times faster - yes!",
        "loss[0].backward() or key[7:] instead of loss.requires_grad_(True)",
        "w = w - lr * w.grad, an element < 0, needs PyTorch <2.2, Python <3.12,>=3.9",
    ],
)
def test_ordinary_prose_is_left_as_it_is(words: str) -> None:
    """Names, subscripts, figures and versions need no backslash."""
    assert words == plain.inline(words)
