"""Cells a second, forked against one process per cell, on one environment, in one run.

python benchmarks/matrix.py --help says more.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from provenfix.load import load
from provenfix.matrix import plan
from provenfix.matrix.pool import NoTorchError, Pool
from provenfix.records import Environment
from provenfix.runner.client import WorkerError

ROOT = Path(__file__).parents[1]
REQUIRED = 20
"""How many times faster forked cells must be, on PyTorch 2.13.0."""

_STARTS_PROCESSES = re.compile(r"multiprocessing|mp\.spawn|subprocess|torchrun")

EXAMPLES = """\
examples:
  python benchmarks/matrix.py
  python benchmarks/matrix.py --cells 40 --jobs 2 --json
  python benchmarks/matrix.py --all
  python benchmarks/matrix.py --python ~/torch-2.15/bin/python

Other work on the machine disturbs it. Exit status: 0 measured; 1 the interpreter has no torch.
"""


def main() -> None:
    """Measure, and print what was measured."""
    options = _options()
    try:
        with Pool(options.python, options.jobs) as pool:
            figures = _measure(pool, options.cells, options.jobs, everything=options.all)
    except (NoTorchError, WorkerError) as error:
        print(f"{options.python}:1:1: must be able to import torch (got: {error})", file=sys.stderr)
        print("  tip: give the path of another interpreter with --python", file=sys.stderr)
        sys.exit(1)
    if options.json:
        print(json.dumps(figures))
    else:
        Console(highlight=False).print(_table(figures))


def _measure(pool: Pool, number: int, jobs: int, *, everything: bool) -> dict[str, Any]:
    """The rates of both ways, of the same cells."""
    forked = _spread(_requests(pool.environment, everything=everything), number)
    fresh = [{**request, "isolate": "process"} for request in forked]
    with ThreadPoolExecutor(jobs) as executor:
        # Once, unmeasured: starts all workers and brings the files of torch into memory.
        list(executor.map(pool.run, [*forked[:jobs], *fresh[:jobs]]))
        by_process = _rate(executor, pool, fresh)
        by_fork = _rate(executor, pool, forked)
    return {
        "torch": pool.environment.torch,
        "jobs": jobs,
        "cells": len(forked),
        "forked_cells_per_second": round(by_fork, 2),
        "process_cells_per_second": round(by_process, 3),
        "ratio": round(by_fork / by_process, 1),
    }


def _requests(environment: Environment, *, everything: bool) -> list[dict[str, Any]]:
    """What the runner is told of every cell that can be forked here and needs no GPU.

    Without `everything`, those are left out whose script starts interpreters of its own.
    """
    cells = [
        cell
        for _, source in sorted(load(ROOT).sources.items())
        for cell in plan.plan(source.entry, environment)
        if not cell.missing and not plan.needs_gpu(cell.entry, cell.name)
    ]
    requests = [request for request in map(plan.request, cells) if request["isolate"] == "fork"]
    return [r for r in requests if everything or not _STARTS_PROCESSES.search(r["source"])]


def _spread(requests: Sequence[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """So many of them, evenly from the first to the last."""
    number = min(number, len(requests))
    return [requests[index * len(requests) // number] for index in range(number)]


def _rate(executor: ThreadPoolExecutor, pool: Pool, requests: list[dict[str, Any]]) -> float:
    """Cells a second."""
    begin = time.monotonic()
    list(executor.map(pool.run, requests))
    return len(requests) / (time.monotonic() - begin)


def _table(figures: dict[str, Any]) -> Table:
    title = f"Cells a second on PyTorch {figures['torch']}, {figures['jobs']} at a time"
    table = Table(title=title, title_justify="left")
    table.add_column("way")
    for heading in ("cells", "cells/s", "ms/cell"):
        table.add_column(heading, justify="right")
    for way, rate in (
        ("forked", "forked_cells_per_second"),
        ("one process per cell", "process_cells_per_second"),
    ):
        milliseconds = 1000 * figures["jobs"] / figures[rate]
        table.add_row(way, str(figures["cells"]), str(figures[rate]), f"{milliseconds:.0f}")
    table.caption = f"ratio: {figures['ratio']} (PyTorch 2.13.0: at least {REQUIRED})"
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/matrix.py",
        description="Run a sample of the repository's CPU cells forked from an interpreter that "
        "has imported torch, and in one fresh interpreter per cell, and compare the rates.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--cells", type=_positive, default=20, metavar="N", help="how many cells (default: 20)"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="also cells whose script starts interpreters of its own (seconds either way)",
    )
    parser.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="cells at a time (default: 1)"
    )
    parser.add_argument(
        "--python",
        default=sys.executable,
        metavar="PATH",
        help="the interpreter with torch (default: this one)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    main()
