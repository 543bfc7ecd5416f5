"""`mkdocs serve`: an edit is on the page, then in the index of words; a mistake leaves the site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_house import copy_site, house, observe, write_evidence

PATIENCE = 120.0
"""Seconds until a site must be there, or an edit on it."""
SERVE = """
import runpy, signal
# A shell makes what it starts in the background deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("mkdocs", run_name="__main__")
"""
PAGE, WORDS = "errors/backward-twice/", "pagefind/pagefind-entry.json"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that MkDocs can serve."""
    root = copy_site(tmp_path / "house")
    write_evidence(root, observe(house()))
    return root


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """The address of a site while it is served; Ctrl-C ends the server."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    temporary = root.parent / "tmp"
    temporary.mkdir()
    settings = {"NO_MKDOCS_2_WARNING": "1", "PROVENFIX_CARDS": "off", "TMPDIR": str(temporary)}
    with (root.parent / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--strict", "-a", f"127.0.0.1:{port}"],
            cwd=root,
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        finally:
            server.kill()


def _read(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
            return text
    except (OSError, urllib.error.URLError):
        return ""


def _until(url: str, fits: Callable[[str], bool]) -> str:
    """What lies at an address as soon as it fits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        text = _read(url)
        if text and fits(text):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{url} does not fit after {PATIENCE} s")


def test_edits_are_served(repository: Path) -> None:
    """An edited title, a mistake, and the mended entry; at the end nothing is left."""
    words = repository / "entries" / "backward-twice" / "en.yaml"
    before = words.read_text("utf-8")
    with _served(repository) as site:
        _until(site + PAGE, lambda text: "Trying to backward" in text)
        index = _read(site + WORDS)
        words.write_text(before.replace("title: ", "title: Edited, ", 1), "utf-8")
        _until(site + PAGE, lambda text: "<h1" in text and "Edited, Trying" in text)
        _until(site + WORDS, lambda text: text != index)
        assert "Edited, Trying" in _read(f"{site}errors/")
        assert "Edited, Trying" in _read(f"{site}api/v1/entries/backward-twice.json")

        words.write_text("title: [", "utf-8")
        log = repository.parent / "log"
        end = time.monotonic() + PATIENCE
        while "the entries have problems" not in log.read_text("utf-8"):
            assert time.monotonic() < end
            time.sleep(0.1)
        words.write_text(before, "utf-8")
        _until(site + PAGE, lambda text: "<h1" in text and "Edited" not in text)
        _until(site + WORDS, lambda text: text == index)

    assert [] == list((repository.parent / "tmp").iterdir())
