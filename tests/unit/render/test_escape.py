"""Text of entries stays text, wherever it lands."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from provenfix.render import escape

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
TRICKS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<http://example.org>",
    "[x]: http://example.org",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    ": definition",
    "    indented code",
    "``` fence",
    "~~~ fence",
    "--8<-- 'file'",
    "{{ config }} {% raw %}",
    "<!-- comment -->",
    "&lt;b&gt; &amp; &#60;",
    "a | b",
    "|---|",
    "*a* _b_ **c** __d__",
    "back\\*slash \\<b>",
    "text {: .x onclick=alert(1) }",
    "=====",
    "-----",
    "+ plus",
    "2.13.0",
]


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
        assert not attrs or {"id": "fixed"} == dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


def _render(source: str) -> Parsed:
    return Parsed(markdown.markdown(source, extensions=EXTENSIONS))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("trick", TRICKS)
def test_paragraph(trick: str) -> None:
    """A trick in a paragraph is shown letter by letter."""
    parsed = _render(escape.text(trick))

    assert (["p"], _plain(trick)) == (parsed.tags, parsed.text.strip())


@pytest.mark.parametrize("trick", TRICKS)
def test_heading(trick: str) -> None:
    """A trick in a heading neither ends it nor changes its id."""
    parsed = _render(f"## {escape.inline(trick)} {{: #fixed }}")
    words = _plain(trick.replace("`", ""))

    assert (["h2"], words) == (parsed.tags, _plain(parsed.text.replace("`", "")))


@pytest.mark.parametrize("trick", TRICKS)
def test_table_cell(trick: str) -> None:
    """A trick in a table cell stays in its cell."""
    parsed = _render(f"| a | b |\n|---|---|\n| {escape.text(trick)} | end |")

    assert ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"] == parsed.tags
    assert _plain(trick) in parsed.text


@pytest.mark.parametrize("trick", TRICKS)
def test_attribute(trick: str) -> None:
    """A trick in a quoted attribute gives back its own value."""
    parsed: list[dict[str, str | None]] = []

    class Attributes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            parsed.append(dict(attrs))

    Attributes().feed(f'<i title="{escape.text(trick)}"></i>')

    assert [re.sub(r"\s+", " ", trick)] == [a["title"] for a in parsed]


@pytest.mark.parametrize("trick", [*TRICKS, "```\n<script>", "a\n````\nb", "end`"])
def test_code(trick: str) -> None:
    """Code keeps every character and stays in its block, whatever fence it holds."""
    found = markdown.markdown(escape.code(f"first\n{trick}\nlast", "text"), extensions=EXTENSIONS)
    code = re.fullmatch(r"(?s)<div[^>]*><pre>(.*)</pre></div>", found)

    assert code is not None
    assert f"first\n{trick}\nlast" == html.unescape(re.sub(r"<[^>]+>", "", code[1])).strip("\n")


def test_code_replaces_control_characters() -> None:
    """An escape sequence of a terminal cannot hide in a block."""
    assert "```text\na\ufffd[31mb\n```" == escape.code("a\x1b[31mb", "text")


@given(st.text())
def test_any_text_stays_text(value: str) -> None:
    """No text at all makes a tag beside its paragraph."""
    tags = _render(escape.text(value)).tags

    assert tags in ([], ["p"])


@given(st.text(alphabet=st.sampled_from("`<>[](){}!*_#|\\&;:-=.1 \nax\"'~")))
def test_any_prose_is_paragraphs_and_code(value: str) -> None:
    """Prose makes paragraphs and code, nothing else."""
    tags = _render(escape.prose(value)).tags

    assert {"p", "code"} >= set(tags)


def test_backticks_are_code() -> None:
    """The one markup that prose has works, and what it encloses is text."""
    parsed = _render(escape.prose("Use `a[0] = *b*` here.\n\nThen `<c>`."))

    assert ["p", "code", "p", "code"] == parsed.tags
    assert "Use a[0] = *b* here.\nThen <c>." == parsed.text


def test_single_backtick_is_text() -> None:
    """A backtick without its partner is shown."""
    assert "a ` b" == _render(escape.inline("a ` b")).text


def test_wrapped_chinese_has_no_gaps() -> None:
    """A line break between Chinese characters is no space; one beside Latin letters is."""
    assert "张量在设备上，用 CUDA 运行" == escape.inline("张量\n在设备上，\n用 CUDA\n运行")


@pytest.mark.parametrize("trick", [*TRICKS, 'quote " and \\', "two\nlines", "key: value #x"])
def test_front_matter(trick: str) -> None:
    """The front matter is one YAML string that holds HTML-escaped text."""
    value = yaml.safe_load(f"title: {escape.front_matter(trick)}")["title"]

    assert _plain(trick.replace("`", "")) == html.unescape(value)
    assert not set("<>\"'") & set(value)


def test_templates_print_text() -> None:
    """What a template prints is escaped, unless this module made it."""
    made = escape.inline("`a`")

    assert made == escape.finalize(made)
    assert "&#60;b&#62;" == escape.finalize("<b>")
    assert "3" == escape.finalize(3)
