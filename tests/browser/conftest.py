"""The small house as a built and served site, and Chromium to look at it."""

from __future__ import annotations

import functools
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from small_house import (
    REPOSITORY,
    build_site,
    copy_real_site,
    copy_site,
    house,
    observe,
    write_evidence,
)

from provenfix import search
from provenfix.cache import Cache

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
NAMES = ("chromium", "chromium-browser", "google-chrome")
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
</fontconfig>
"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the test's output alone."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of a folder that is served, with a slash at its end; it may be filled later."""
    handler = functools.partial(_Silent, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the small house's site, with a slash at its end, and its folder."""
    root: Path = tmp_path_factory.mktemp("repository")
    with _served(root / "site") as address:
        write_evidence(copy_site(root), observe(house()))
        build_site(root, address)
        yield address, root / "site"


@pytest.fixture(scope="session")
def site(small_site: tuple[str, Path]) -> str:
    """The address of the small house's site, with a slash at its end."""
    return small_site[0]


@pytest.fixture(scope="session")
def sharded_site(
    small_site: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The address of the same site with several shards of each language, and their folders."""
    root: Path = tmp_path_factory.mktemp("sharded")
    site = shutil.copytree(small_site[1], root / "site")
    shutil.rmtree(site / search.FOLDER)
    pages = []
    for path in site.rglob("index.html"):
        text, address = path.read_text("utf-8"), f"{path.parent.relative_to(site).as_posix()}/"
        if search.BODY in text:
            pages.append(search.page(address, "zh" if address.startswith("zh/") else "en", text))
    search.index(site, pages, Cache(root), most=1)
    with _served(site) as address:
        yield address, json.loads((site / search.SHARDS).read_text("utf-8"))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of the repository's own entries, with a slash at its end."""
    root: Path = tmp_path_factory.mktemp("real")
    with _served(root / "site") as address:
        build_site(copy_real_site(root), address)
        yield address


def _with_chinese(folder: Path) -> Path:
    """Settings that add our Chinese font: on a bare machine every character is a narrow box."""
    for font in (REPOSITORY / "src/provenfix/cards/fonts").glob("NotoSansCJK*"):
        shutil.copy(font, folder)
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(folder=folder), "utf-8")
    return settings


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium; where it is missing the tests skip, but fail in CI."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        missing = "Chromium is missing: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    fonts = str(_with_chinese(tmp_path_factory.mktemp("fonts")))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=QUIET, env={**os.environ, "FONTCONFIG_FILE": fonts}
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop window without history."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in the desktop window."""
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    opened = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    yield opened.new_page()
    opened.close()
