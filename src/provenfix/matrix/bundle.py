"""Writes a bundle: the cells and the runner in one folder or zip, for a machine without us.

What runs there needs Python, torch and nothing else, and no network; `provenfix.runner.bundled` is
its program.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import provenfix
from provenfix import files
from provenfix.labels import LANGUAGES, labels
from provenfix.matrix import plan
from provenfix.matrix.plan import Planned
from provenfix.model import PROTOCOL, Entry
from provenfix.runner.bundled import PLAN

PROGRAM = "run_bundle.py"
_WORDS = ("help", "examples", "out", "only", "times", "lang", "done", "no_torch")
_START = '''"""Runs this bundle: python3 run_bundle.py --out DIR (--help says more)."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from provenfix.runner.bundled import main  # noqa: E402

if __name__ == "__main__":
    main(HERE)
'''
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(path: Path, entries: Iterable[Entry], *, gpu_only: bool) -> int:
    """Write a bundle; the same entries give the same bytes.

    Args:
        path: A folder, made if need be; or a file that ends in `.zip`.
        entries: What is to be run.
        gpu_only: Leave out the entries that no cell of which needs a GPU.

    Returns:
        The number of entries in it.

    Raises:
        OSError: It cannot be written.
    """
    chosen = [e for e in entries if not gpu_only or any(plan.needs_gpu(e, c) for c in e.cells)]
    contents = dict(_files(chosen))
    if path.suffix == ".zip":
        _zip(path, contents)
        return len(chosen)
    for name, text in contents.items():
        files.replace(path / name, text)
    return len(chosen)


def _files(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    content = {
        "protocol": PROTOCOL,
        "entries": [_entry(entry) for entry in entries],
        "words": {
            language: {key: labels(language).sentences[f"bundle.{key}"] for key in _WORDS}
            for language in LANGUAGES
        },
    }
    yield PLAN, json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    yield PROGRAM, _START
    package = Path(provenfix.__file__).parent
    sources = [package / "__init__.py", package / "digest.py", *(package / "runner").rglob("*.py")]
    for source in sorted(sources):
        yield f"provenfix/{source.relative_to(package).as_posix()}", source.read_text("utf-8")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.slug,
        "literals": plan.literals(entry),
        "cells": [
            {
                "name": name,
                "inputs": entry.inputs[name],
                "capabilities": plan.capabilities(entry, name),
                "request": plan.request(Planned(entry, name, ())),
            }
            for name in entry.cells
            # Other packages cannot be installed where there may be no network.
            if not getattr(entry.surroundings_of(name), "packages", None)
        ],
    }


def _zip(path: Path, contents: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    part.replace(path)
