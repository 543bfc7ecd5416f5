"""How long `mkdocs serve` takes from the save of an entry to its new page."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from measuring import FailedError
from synthetic import house

_TIMES = 3
_START, _LONGEST = 900.0, 120.0
"""Seconds until the first page is there at the latest, and until an edited one is."""
_EVERY = 0.02
"""Seconds between two looks at the page."""
_READS = 5.0
"""Seconds that somebody looks at a page before the next edit; its words are indexed meanwhile."""


def serve(root: Path, slug: str, settings: Mapping[str, str]) -> dict[str, float]:
    """Serve a site and edit one entry again and again, each time until its page is new.

    Args:
        root: The repository.
        slug: The entry.
        settings: What is set in the server's environment beside our own.

    Returns:
        `wall`, the median of the seconds; `least` and `most`.

    Raises:
        FailedError: The server ended, or the page did not come.
    """
    port = _free_port()
    command = (sys.executable, "-m", "mkdocs", "serve", "--strict", "--quiet")
    process = subprocess.Popen(
        (*command, "--dev-addr", f"127.0.0.1:{port}"),
        cwd=root,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/errors/{slug}/"
    try:
        before = _page(url, "", _START, process)
        times = []
        for _ in range(_TIMES):
            time.sleep(_READS)
            house.edit(root, slug)
            begin = time.monotonic()
            before = _page(url, before, _LONGEST, process)
            times.append(time.monotonic() - begin)
    finally:
        process.terminate()
        process.wait()
    found = {"wall": statistics.median(times), "least": min(times), "most": max(times)}
    return {name: round(value, 2) for name, value in found.items()}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _page(url: str, before: str, seconds: float, process: subprocess.Popen[bytes]) -> str:
    """What the article at an address says as soon as it says something else."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=seconds) as answer:
                text: str = answer.read().decode()
        except (OSError, urllib.error.URLError):
            text = before
        # Around it stands a number that changes with each build.
        article = text.partition("<article")[2].partition("</article>")[0]
        if article and article != before:
            return article
        time.sleep(_EVERY)
    raise FailedError(f"mkdocs serve: no new page at {url} within {seconds:.0f} s")
