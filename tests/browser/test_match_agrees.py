"""The matcher in the browser gives what the one in Python gives, to the last character."""

from __future__ import annotations

import functools
import json
import random
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher

ROOT = Path(__file__).parents[2]
VECTORS = sorted((ROOT / "tests/vectors").glob("*.jsonl"))
RUN = """async ([address, exported, texts]) => {
  const { compile } = await import(address);
  const matcher = compile(exported);
  return texts.map((text) => JSON.stringify(matcher.match(text)));
}"""
CHUNK = 500
HOSTILE = [
    "",
    "\0\x1b[\ud800\U0001f642" * 50,
    "\u202eRuntimeError: CUDA\u200b out of memory\u202c",
    "İRuntimeError: K CUDA out of memory.",
    "a" * 5_000,
    "| " * 3_000,
    "\\" * 5_000,
    "RuntimeError: x\n" * 6_000,
    "<img src=x onerror=alert(1)>RuntimeError: CUDA out of memory.",
    "x" * 249_990 + "\U0001f642" * 10 + "RuntimeError: CUDA out of memory.",
]


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the test's output alone."""


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[tuple[Page, str]]:
    """A page, and the address of match.js as the repository has it."""
    handler = functools.partial(_Silent, directory=ROOT / "docs/assets/js")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        page = browser.new_page()
        page.goto(address)
        yield page, address + "match.js"
        page.close()
        server.shutdown()


def _exported() -> dict[str, Any]:
    return signatures(source.entry for source in load(ROOT).sources.values())


def _texts() -> list[str]:
    """The texts of all vectors, and some of their own where there are none."""
    return HOSTILE + [
        json.loads(line)["text"]
        for path in VECTORS
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def _dirtied(text: str, chance: random.Random) -> str:
    """A text as one of many ways of pasting would leave it."""
    at, until = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    noise = chance.choice(["a", "\n", "  ", "'", "’", "\u200b", "中", "🙂", "\x1b[31m", "\\n", "."])
    ways = [
        text[:at] + noise + text[at:],
        text[:at] + text[until:],
        text[at:until],
        text[:at] + text[at:until][::-1] + text[until:],
        text.replace("\n", chance.choice(["\\n", "\r\n", " ", "\n\n", "\n[rank3]: "])),
        "\n".join(f"│ {text[step : step + 40]} │" for step in range(0, len(text), 40)),
        text.lower(),
        " ".join(chance.sample(text.split(" "), len(text.split(" ")))),
        text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    ]
    return chance.choice(ways)


def _differences(script: tuple[Page, str], texts: list[str]) -> list[dict[str, Any]]:
    page, address = script
    exported = _exported()
    matcher = Matcher(exported)
    differing = []
    for start in range(0, len(texts), CHUNK):
        some = texts[start : start + CHUNK]
        for text, said in zip(some, page.evaluate(RUN, [address, exported, some]), strict=True):
            here = matcher.match(text).as_json()
            if here != json.loads(said):
                differing.append({"text": text, "python": here, "browser": json.loads(said)})
    return differing


def test_agree_on_every_vector(script: tuple[Page, str]) -> None:
    """Every vector and every hostile text has one and the same result."""
    assert [] == _differences(script, _texts())


def test_agree_on_dirtied_texts(script: tuple[Page, str]) -> None:
    """So has every vector after one to three accidents."""
    chance = random.Random(20261123)
    texts = []
    for text in _texts():
        dirty = text[-20_000:]
        for _ in range(chance.randrange(1, 4)):
            dirty = _dirtied(dirty, chance)
        texts.append(dirty)

    assert [] == _differences(script, texts)
