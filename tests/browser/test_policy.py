"""What a page lets in, and what its first view weighs."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, Route

from provenfix.labels import LANGUAGES

pytestmark = pytest.mark.browser

FIRST_VIEW = 102_400
"""Bytes that the first view of a page may send, compressed."""
ON_USE = ("api/", "pagefind/", "assets/js/match", "assets/js/box/box.js")
"""What only the box needs, and only once it is used."""

SOURCES = {
    "default-src": {"'none'"},
    "script-src": {"'self'", "'wasm-unsafe-eval'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "worker-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
}
"""The most that a page may allow; what has no line of its own falls back to none."""

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
TRICKS = """
<script>ran.push("script")</script>
<img src="data:," onerror="ran.push('image')">
<button id="trick" onclick="ran.push('press')">x</button>
<a id="link" href="javascript:ran.push('link')">x</a>
<script src="https://example.org/foreign.js"></script>
<link rel="stylesheet" href="https://example.org/foreign.css">
<img src="https://example.org/foreign.png">
"""
RAN = ["foreign", "image", "link", "press", "script"]


class Opened(HTMLParser):
    """What a browser finds in a page: its policies, and what runs without a file of its own."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.inline: list[str] = []
        self.before: list[str] = []
        """Elements that load or run something above the policy."""
        self.attributes: list[str] = []
        self._runs = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if found.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(found["content"])
        self._runs = tag == "script" and "src" not in found and "json" not in found.get("type", "")
        self.before += [tag] if tag in ("script", "link", "style") and not self.policies else []
        self.attributes += [name for name in found if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        if self._runs and data.strip():
            self.inline.append(data)


def _hashes(scripts: list[str]) -> set[str]:
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}


def _faults(source: str) -> list[str]:
    """What is wrong with a page's policy, or with what the policy would stop."""
    page = Opened(source)
    if len(page.policies) != 1:
        return [f"{len(page.policies)} policies"]
    parts = [part.split() for part in page.policies[0].split(";")]
    policy = {name: set(sources) for name, *sources in parts}
    hashes = _hashes(page.inline)
    faults = [f"{tag} above the policy" for tag in page.before]
    faults += [f"attribute {name}" for name in page.attributes]
    faults += [f"no {name}" for name in ("default-src", "base-uri") if name not in policy]
    faults += [
        f"{name} {source}"
        for name, sources in policy.items()
        for source in sources - SOURCES.get(name, set()) - (hashes & sources)
    ]
    missing = hashes - policy.get("script-src", set())
    return faults + [f"inline script without its hash {digest}" for digest in missing]


def test_every_page_has_the_policy(small_site: tuple[str, Path]) -> None:
    """Each HTML file allows its own origin only, and no inline script but by its hash."""
    _, folder = small_site
    pages = {str(path.relative_to(folder)): path for path in folder.rglob("*.html")}
    faults = {name: _faults(path.read_text("utf-8")) for name, path in pages.items()}

    kinds = ("404.html", "index.html", "errors/backward-twice/index.html", "status/index.html")
    assert {*kinds, "matrix/index.html", "zh/index.html", "e/backward-twice/index.html"} <= {*pages}
    assert {} == {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize("kept", [True, False], ids=["policy", "without"])
@pytest.mark.parametrize(
    "path", ["", "zh/errors/backward-twice/", "matrix/", "zh/status/", "404.html"]
)
def test_nothing_foreign_runs(context: BrowserContext, site: str, path: str, kept: bool) -> None:
    """Scripts, handlers and files that somebody put into a page stay dead; without it they run."""
    asked: list[str] = []

    def foreign(route: Route) -> None:
        asked.append(route.request.url.rsplit(".", 1)[-1])
        route.fulfill(body="ran.push('foreign')" if asked[-1] == "js" else "")

    def tricked(route: Route) -> None:
        body = route.fetch().text()
        body = body if kept else POLICY.sub("", body)
        route.fulfill(body=body.replace("</body>", f"{TRICKS}</body>"), content_type="text/html")

    context.route("https://example.org/**", foreign)
    page = context.new_page()
    page.add_init_script("window.ran = []")
    page.route(f"{site}{path}", tricked)
    page.goto(f"{site}{path}", wait_until="networkidle")
    page.wait_for_selector("#link", state="attached")
    for trick in ("trick", "link"):
        page.evaluate("id => document.getElementById(id).click()", trick)
    page.wait_for_timeout(100)
    ran = sorted(page.evaluate("ran"))

    assert ([] if kept else RAN) == ran
    assert ([] if kept else ["css", "js", "png"]) == sorted(asked)


def _compressed(body: bytes) -> int:
    return min(len(body), len(gzip.compress(body)))


def _heaviest(page: Page, site: str, prefix: str) -> str:
    """The error page whose HTML is the largest."""
    page.goto(f"{site}{prefix}")
    pages = page.eval_on_selector_all(
        "article li a[href*='errors/']", "all => all.map(link => link.href)"
    )
    return max(pages, key=lambda url: _compressed(page.context.request.get(url).body()))


@pytest.mark.parametrize("kind", ["home", "error"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_first_view_is_light(page: Page, real_site: str, language: str, kind: str) -> None:
    """Home and the largest error page send at most 100 KiB, and nothing that waits for its use."""
    prefix = "" if language == "en" else f"{language}/"
    url = f"{real_site}{prefix}" if kind == "home" else _heaviest(page, real_site, prefix)
    page = page.context.new_page()
    found: list[Response] = []
    page.on("response", lambda response: found.append(response))
    page.goto(url, wait_until="networkidle")
    sizes = {r.url.removeprefix(real_site): _compressed(r.body()) for r in found}

    assert len(sizes) > 5
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    assert [] == [name for name in sizes if name.startswith(ON_USE)]
