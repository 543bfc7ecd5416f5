"""Runs a bundle: the cells of plan.json in the interpreter at hand, each entry into one file.

`provenfix bundle` writes the plan, `provenfix evidence import` checks and files what comes out. A
file of the output folder is written after each run, so a run that was interrupted goes on where it
stopped:

    {"bundle": 1, "protocol": 1, "entry": "...", "facts": {...}, "literals": {"text": true, ...},
     "cells": {"repro": {"inputs": "...", "answers": [{...}, ...]}, ...}, "seal": "..."}
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from provenfix import digest
from provenfix.runner import probe
from provenfix.runner.client import Worker, WorkerError
from provenfix.runner.worker import PROTOCOL

FORMAT = 1
"""Number of the format of the files that come out."""
PLAN = "plan.json"


def main(folder: Path) -> None:
    """Run the bundle in a folder, as told by the command line, and exit.

    Exit status: 0 all cells were run; 1 torch cannot be imported; 2 the command line was wrong.
    """
    plan = json.loads((folder / PLAN).read_text("utf-8"))
    words = plan["words"][_language(sys.argv, plan["words"])]
    options = _options(words, [entry["entry"] for entry in plan["entries"]])
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    try:
        with Worker(sys.executable) as worker:
            if not worker.facts.get("torch"):
                _fail(words, worker.facts.get("torch_error"))
            wanted = [e for e in plan["entries"] if not options.only or e["entry"] in options.only]
            for number, entry in enumerate(wanted, 1):
                line = _entry(worker, entry, out, options.times)
                print(f"[{number}/{len(wanted)}] {entry['entry']:28} {line}", flush=True)
    except WorkerError as error:
        _fail(words, error)
    print(words["done"].format(out=out))


def _entry(worker: Worker, entry: dict[str, Any], out: Path, times: int) -> str:
    """Run what is not known yet of an entry; returns what its cells did, in a line."""
    path = out / f"{entry['entry']}.json"
    known = _known(path, worker.facts)
    cells = {
        cell["name"]: known[cell["name"]]
        for cell in entry["cells"]
        if known.get(cell["name"], {}).get("inputs") == cell["inputs"]
    }
    content: dict[str, Any] = {
        "bundle": FORMAT,
        "protocol": PROTOCOL,
        "entry": entry["entry"],
        "facts": worker.facts,
        "literals": worker.find(entry["literals"]),
        "cells": cells,
    }
    seen = []
    offered = {*worker.facts["capabilities"], probe.of_build(worker.facts["build"])}
    for cell in entry["cells"]:
        if set(cell["capabilities"]) - offered:
            seen.append(f"{cell['name']}: -")
            continue
        answers = cells.setdefault(cell["name"], {"inputs": cell["inputs"], "answers": []})[
            "answers"
        ]
        while len(answers) < times:
            answers.append(worker.run(cell["request"]))
            _write(path, content)
        seen.append(f"{cell['name']}: {answers[0]['outcome']}")
    _write(path, content)
    return "  ".join(seen)


def _known(path: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """The cells that an earlier run in the same environment left; none if the file is broken."""
    try:
        content = json.loads(path.read_text("utf-8"))
        seal = content.pop("seal")
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    if seal != digest.of_json(content) or content["facts"] != facts:
        return {}
    cells: dict[str, Any] = content["cells"]
    return cells


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write a file whole or not at all, sealed with the digest of its content."""
    sealed = {**content, "seal": digest.of_json(content)}
    part = path.with_suffix(".part")
    part.write_text(
        json.dumps(sealed, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8"
    )
    os.replace(part, path)


def _language(arguments: list[str], words: dict[str, Any]) -> str:
    wanted = os.environ.get("PROVENFIX_LANG", "")
    for before, argument in pairwise(arguments):
        if before == "--lang":
            wanted = argument
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in words else "en"


def _options(words: dict[str, str], slugs: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run_bundle.py",
        description=words["help"],
        epilog=words["examples"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", required=True, metavar="DIR", help=words["out"])
    parser.add_argument(
        "--only", action="append", choices=slugs, metavar="SLUG", help=words["only"]
    )
    parser.add_argument("--times", type=_times, default=1, metavar="N", help=words["times"])
    parser.add_argument("--lang", choices=("en", "zh"), help=words["lang"])
    return parser.parse_args()


def _times(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _fail(words: dict[str, str], reason: object) -> None:
    print(words["no_torch"].format(python=sys.executable, reason=reason), file=sys.stderr)
    sys.exit(1)
