"""An entry full of tricks, built into a real site: nothing of it comes alive.

Each built page is compared with the page of a harmless twin: the same elements with the same
attributes in the same order, however wild the words are.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from small_house import (
    build_site,
    copy_site,
    environment,
    house,
    passed,
    raised,
    record,
    write_evidence,
)

from provenfix import digest
from provenfix.records import Outcome, Store

SLUG = "hostile"
TRICKS = (
    '<script>alert("owned")</script></title></h1></pre></code><img src=x onerror=alert("owned")> '
    "[x](javascript:alert('owned')) ![x](http://owned.example/x.png) <http://owned.example> "
    "[owned]: http://owned.example --8<-- 'owned' {{ config.owned }} {% owned %} <!-- owned --> "
    "&lt;b&gt;owned&#60; | a | b | # no heading {: #owned onclick=owned() } *a* _b_ **c** \\<i>"
)
STARTS = ("# owned", "1. owned", "- owned", "> owned", "    owned", "|owned|", "===", "~~~", ":::")
PAGES = (
    *("index.html", "errors/index.html", f"errors/{SLUG}/index.html", "status/index.html"),
    *("matrix/index.html", "releases/index.html", "releases/pytorch-2-13-0/index.html"),
)
SIGNATURE = "second time( .*)?"
"""Its variable part is all that a message holds after it."""
FACTS = {
    "group": "autograd",
    "signatures": [
        {"exception": "RuntimeError", "pattern": SIGNATURE},
        {
            "exception": "RuntimeError",
            "pattern": "the other <b>wording</b> \\| of it",
            "source": "https://example.org/?a=*x*&b=_y_&c='onclick=owned()",
        },
    ],
    "claims": {
        "fix_one": {"claim": "fixes"},
        "fix_env": {"claim": "fixes", "script": "repro", "with": {"env": {"A": "<b>|`*"}}},
        "fix_refuted": {"claim": "fixes"},
        "nofix_two": {"claim": "other_error", "exception": "E", "pattern": "other error"},
    },
    "references": ["https://example.org/(x)?a=*x*&b=_y_&c='onclick=owned()"],
}


def _wild(words: str) -> str:
    return f"{words} {TRICKS}"


def _tame(words: str) -> str:
    # As long as the wild words, since a long message is folded.
    return f"{words}{' words' * (len(TRICKS) // 6)}"


def _words(dress: Callable[[str], str], *, starts: bool) -> dict[str, Any]:
    """en.yaml; with `starts`, each paragraph of the cause begins like a block of Markdown."""
    beginnings = STARTS if starts else ["words"] * len(STARTS)
    claims = {
        name: {"title": dress("title"), "text": dress("text"), "cost": dress("cost")}
        for name in FACTS["claims"]  # type: ignore[attr-defined]
    }
    cause = "\n\n".join(f"{start} {dress('cause')}" for start in beginnings)
    return {
        "title": dress("title"),
        "summary": dress("summary"),
        "yours": dress("yours `{1}` and {1}"),
        "cause": cause,
        "claims": claims,
    }


def _chinese(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _chinese(item) for key, item in value.items()}
    return {"of": digest.of_text(value), "text": f"{value} 中文"}


def _site(root: Path, dress: Callable[[str], str], *, starts: bool) -> Path:
    """A built site that holds the entry in these words.

    Args:
        root: Where it is built.
        dress: Makes the words, wild or tame.
        starts: Whether paragraphs and lines of code also begin like blocks of Markdown.
    """
    copy_site(root)
    entry = root / "entries" / SLUG
    entry.mkdir()
    fence = "```" if starts else "words"
    english = _words(dress, starts=starts)
    chinese = _chinese(english)
    for name, value in (("entry", FACTS), ("en", english), ("zh", chinese)):
        (entry / f"{name}.yaml").write_text(json.dumps(value), "utf-8")
    for name in ("repro", "fix_one", "fix_refuted", "nofix_two"):
        program = f'"""{dress(name)}\n{fence}\n<b>\n"""\n'
        (entry / f"{name}.py").write_text(program, "utf-8")
    message = dress("second time")
    other = raised(dress("other error"), "E", outcome=Outcome.OTHER_ERROR, expected=True)
    cells = {
        "repro": raised(message, signature=SIGNATURE),
        "fix_one": passed(),
        "fix_env": passed(),
        "fix_refuted": raised(message),
        "nofix_two": {**other, "stdout": (dress("printed"),)},
    }
    before = {
        **cells,
        "repro": raised(dress("the second time"), signature=SIGNATURE),
        "nofix_two": raised(
            dress("an other error"), "E", outcome=Outcome.OTHER_ERROR, expected=True
        ),
    }
    observed = {environment("2.12.1"): before, environment("2.13.0"): cells}
    entry_read = house(root).entries[SLUG]
    records = [record(entry_read, where, found) for where, found in observed.items()]
    store = Store(
        environments={where.name: where for where in observed},
        records={(found.entry, found.environment): found for found in records},
    )
    write_evidence(root, store)
    return build_site(root)


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the tricks."""
    return _site(tmp_path_factory.mktemp("wild"), _wild, starts=True)


@pytest.fixture(scope="module")
def tame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the harmless twin."""
    return _site(tmp_path_factory.mktemp("tame"), _tame, starts=False)


SPOKEN = ("aria-label", "content", "title")
"""Attributes that hold words; all others must be equal."""


@dataclass
class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    source: str
    elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = field(default_factory=list)
    text: str = ""
    in_code: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.in_code and tag == "span":  # Pygments: one for each kind of word
            assert {"class"} >= {name for name, _ in attrs}
            return
        self.in_code += tag == "pre"
        kept = tuple((name, "…" if name in SPOKEN else value) for name, value in attrs)
        self.elements.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", ((data, None),)))


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize("page", PAGES)
def test_same_elements_as_the_harmless_twin(
    wild: Path, tame: Path, page: str, language: str
) -> None:
    """No word of an entry makes, ends or changes an element, in either language."""
    hostile, harmless = (
        Page((site / (language + page)).read_text("utf-8")) for site in (wild, tame)
    )

    assert harmless.elements == hostile.elements


@pytest.mark.parametrize("language", ["", "zh/"])
def test_the_tricks_are_shown_as_they_are(wild: Path, language: str) -> None:
    """Readers see every letter: in prose, in programs and in what was printed."""
    text = Page((wild / f"{language}errors/{SLUG}/index.html").read_text("utf-8")).text
    programs = [f'"""{_wild(name)}\n```\n<b>' for name in ("repro", "fix_one", "nofix_two")]
    printed = [_wild("printed"), f"RuntimeError: {_wild('second time')}"]
    prose = [" ".join(f"{start} {_wild('cause')}".split()) for start in STARTS]

    assert [] == [words for words in (*programs, *printed, *prose) if words not in text]


def test_search_knows_hostile_pages(wild: Path) -> None:
    """Pagefind made an index for each language; the box shows what it finds as text only."""
    languages = json.loads((wild / "pagefind" / "pagefind-entry.json").read_text("utf-8"))

    assert {"en", "zh"} == set(languages["languages"])
    assert all(index["page_count"] for index in languages["languages"].values())


@pytest.mark.parametrize("path", [f"errors/{SLUG}.md", f"zh/errors/{SLUG}.md", "llms.txt"])
def test_raw_markdown_has_the_same_blocks(wild: Path, tame: Path, path: str) -> None:
    """In the raw Markdown, too, no word makes, ends or changes anything, HTML least of all."""
    hostile, harmless = (
        [
            (token.type, token.info, [child.type for child in token.children or ()])
            for token in MarkdownIt("commonmark").enable("table").parse((site / path).read_text())
        ]
        for site in (wild, tame)
    )

    assert harmless == hostile
    assert "html_inline" not in str(hostile)
    assert "html_block" not in str(hostile)


_TABLE = {"table", "thead", "tbody", "tr", "th", "td", "em"}
