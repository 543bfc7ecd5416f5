"""The index of words over a built site, one per language, made by Pagefind's own program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from provenfix import files

FOLDER = "pagefind"
"""Where the index lies on the built site."""

LEFT_OUT = (".headerlink", ".pf-diff", ".pf-measured", ".pf-printed", "button", "details", "form")
"""Selectors of what nobody searches for: changes of code, whole programs, lists of evidence."""

OTHERS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind writes for looks of its own; the box has its own."""


class IndexingError(RuntimeError):
    """Pagefind could not make the index; holds what it said."""


def index(site: Path) -> None:
    """Index the built pages that carry `data-pagefind-body`, in the language that each names.

    Args:
        site: The built site.

    Raises:
        IndexingError: Pagefind is missing or failed.
    """
    excluded = [part for selector in LEFT_OUT for part in ("--exclude-selectors", selector)]
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--silent", *excluded]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode or not (site / FOLDER / "pagefind.js").is_file():
        raise IndexingError(ran.stderr.strip() or ran.stdout.strip() or "it wrote no index")
    for pattern in OTHERS:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    _sort(site / FOLDER / "pagefind-entry.json")


def _sort(entry: Path) -> None:
    """Give the list of languages one order; Pagefind's own differs from run to run."""
    content = json.loads(entry.read_text("utf-8"))
    files.replace(entry, json.dumps(content, sort_keys=True, separators=(",", ":")))
