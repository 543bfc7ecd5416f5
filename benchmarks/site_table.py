"""The table that `site.py` prints."""

from __future__ import annotations

import math
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

LARGEST = 2_000
"""The size for which ratios are required."""
REQUIRED = {"hugo": 1, "material-no-search": 4}
"""How many times as many pages a second as these, at the largest size."""


def table(measured: list[dict[str, Any]]) -> Table:
    """All builders at all sizes, and how we compare at the last one.

    Args:
        measured: What `site.py` measured, the smallest size first.
    """
    made = Table(title="Building the site", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    made.add_column("entries", justify="right")
    made.add_column("built by")
    for heading in ("pages/s", "seconds", "CPU s", "exponent", "MB", "bytes"):
        made.add_column(heading, justify="right")
    before: dict[str, dict[str, Any]] = {}
    for found in measured:
        builders = {"provenfix": found, **found.get("peers", {})}
        for name, figures in builders.items():
            last = before.get(name)
            number = str(found["n"]) if name == "provenfix" else ""
            made.add_row(number, name, *_cells(figures, _exponent(last, figures, found["n"])))
            if figures:
                before[name] = {**figures, "n": found["n"]}
        made.add_section()
    made.caption = _caption(measured[-1])
    made.caption_justify = "left"
    return made


def _cells(figures: dict[str, Any] | None, exponent: str) -> list[str]:
    if figures is None:
        return ["not measured"]
    return [
        f"{figures['pages_per_second']:,.1f}",
        f"{figures['wall_seconds']:,.1f}",
        f"{figures['cpu_seconds']:,.1f}",
        exponent,
        f"{figures['peak_memory_mb']:,}",
        f"{figures['page_html_bytes']:,}",
    ]


def _exponent(before: dict[str, Any] | None, now: dict[str, Any] | None, number: int) -> str:
    """The power of the number of entries with which the processor time grew since the last size."""
    if not before or not now or before["n"] == number:
        return ""
    growth = now["cpu_seconds"] / max(before["cpu_seconds"], 0.01)
    return f"{math.log(max(growth, 0.01)) / math.log(number / before['n']):.2f}"


def _caption(found: dict[str, Any]) -> str:
    """How we compare at the largest size; and what all were given."""
    lines = [f"{found['markdown_bytes']:,} bytes of Markdown a page"]
    for name, times in REQUIRED.items():
        figures = found.get("peers", {}).get(name)
        if figures:
            ratio = found["pages_per_second"] / figures["pages_per_second"]
            lines.append(f"{ratio:.2f} times {name} (at {LARGEST:,} entries: at least {times})")
    return "\n".join(lines)
