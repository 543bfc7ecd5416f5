"""Takes out of printed text what differs from run to run: paths, pids, addresses. Pure."""

from __future__ import annotations

import re
import site
import sysconfig

_PATHS = sysconfig.get_paths()
_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\x1b\[[0-9;?]*[ -/]*[@-~]", ""),
        (r"(?:/tmp/cell|/tmp/provenfix-\w+)/", ""),
        (r"\[([WEIF])\d{3,4} [\d:.]+ ", r"[\1 "),
        (r"\b0x[0-9a-f]{4,}\b", "0x…"),
        (r"\b(pids?(?:\(s\))?:? )\d+(?:, \d+)*", r"\1<pid>"),
        (r"^-- Process \d+ ", "-- Process <n> "),
        (r"(\[?(?:127\.0\.0\.1|localhost|::1|0\.0\.0\.0)\]?:)\d+", r"\1<port>"),
        (r"\b([\w/.-]+\.(?:cpp|cc|cu|cuh|h|hpp):)\d+\b", r"\1<line>"),
    )
]


def lines(text: str, most: int) -> list[str]:
    """The lines of a text without what differs from run to run.

    Args:
        text: What was printed.
        most: How many lines are kept: the first and the last, with a mark between them.
    """
    for folder, name in _folders():
        text = text.replace(folder, name)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    found = [line.rstrip() for line in text.splitlines()]
    while found and not found[-1]:
        found.pop()
    if len(found) > most:
        found = [*found[: most // 2], "…", *found[-(most // 2) :]]
    return found


def _folders() -> list[tuple[str, str]]:
    """Folders of this interpreter and their stand-ins, the longest first."""
    packages = {_PATHS["purelib"], _PATHS["platlib"], *site.getsitepackages()}
    named = dict.fromkeys(packages, "<site-packages>")
    named[_PATHS["stdlib"]] = "<python>"
    return sorted(named.items(), key=lambda item: -len(item[0]))
