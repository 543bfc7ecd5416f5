"""What `import provenfix; provenfix.install()` costs a program, against one that does nothing.

python benchmarks/hook.py --help says more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

REQUIRED_MS = 5
"""Milliseconds that importing and installing may take."""

_EMPTY = "pass"
_HOOK = "import provenfix; provenfix.install()"
_INSIDE = f"import time; t = time.perf_counter; start = t(); {_HOOK}; print(1000 * (t() - start))"
_DIES = f"{_HOOK}; raise ValueError('nobody knows this')"

EXAMPLES = """\
examples:
  python benchmarks/hook.py
  python benchmarks/hook.py --times 50 --json

Other work on the machine disturbs it. Exit status: 0 measured.
"""


def main() -> None:
    """Measure, and print what was measured."""
    options = _options()
    figures = _measure(options.times)
    if options.json:
        print(json.dumps(figures))
    else:
        Console(highlight=False).print(_table(figures))


def _measure(times: int) -> dict[str, float]:
    """Medians in milliseconds; the programs take turns, so that all see the same machine."""
    for program in (_EMPTY, _INSIDE, _DIES):
        _run(program)
    inside, empty, hooked, dies = [], [], [], []
    for _ in range(times):
        inside.append(float(_run(_INSIDE)[1]))
        empty.append(_run(_EMPTY)[0])
        hooked.append(_run(_HOOK)[0])
        dies.append(_run(_DIES)[0])
    base = statistics.median(empty)
    return {
        "times": times,
        "inside_ms": round(statistics.median(inside), 2),
        "empty_ms": round(base, 1),
        "hooked_ms": round(statistics.median(hooked), 1),
        "ratio": round(statistics.median(hooked) / base, 3),
        "dies_ms": round(statistics.median(dies), 1),
    }


def _run(program: str) -> tuple[float, str]:
    """Milliseconds of a whole process, and what it printed."""
    start = time.perf_counter()
    # As installed: with compiled modules, which a setting may keep from being written.
    env = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )
    return 1000 * (time.perf_counter() - start), ran.stdout


def _table(figures: dict[str, float]) -> Table:
    title = f"Milliseconds, medians of {figures['times']} processes each"
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("ms", justify="right")
    table.add_row("import and install, by the clock of the program", str(figures["inside_ms"]))
    table.add_row("an empty program", str(figures["empty_ms"]))
    table.add_row("the same with import and install", str(figures["hooked_ms"]))
    table.add_row("the same, dying of an unknown error", str(figures["dies_ms"]))
    table.caption = f"ratio: {figures['ratio']} (import and install: at most {REQUIRED_MS} ms)"
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/hook.py",
        description="Time what the hook adds to a program that imports and installs it, in fresh "
        "processes, against a program that does nothing.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--times", type=_positive, default=30, metavar="N", help="(default: 30)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    main()
