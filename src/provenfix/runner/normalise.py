"""Makes what a script printed the same on each run and on each machine. Pure.

Shapes, versions, and the line numbers of Python files stay; what names a run or a machine goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        # Colours, and other escapes of a terminal.
        (r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[@-Z\\-_]", ""),
        # [W1123 13:04:05.123 file.cpp:12] of glog, W1123 13:04:05.123000 4711 of torch's logging.
        (r"^((?:\[rank\d+\]: ?)?\[?[VIWEF])\d{4} \d\d:\d\d:\d\d\.\d+(?: +\d+)?(?=[ \]])", r"\1"),
        (r"\b\d{4}-\d\d-\d\d[ T_]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?", "<time>"),
        (r"\b0x[0-9a-fA-F]{4,}\b", "0x…"),
        (r"(\.(?:cpp|cc|cu|cuh|h|hpp)\"?):\d+", r"\1:<line>"),
        (r"\b(pid(?:\(s\)|s)?[ :=]+)\d+(?:, ?\d+)*", r"\1<pid>"),
        (r"(/torch_)\d+_\d+_\d+", r"\1<pid>"),
        (r"/tmp/(pymp-|tmp|torch_|torchelastic_)[A-Za-z0-9_]{8}\b", r"/tmp/\1<tmp>"),
        (r"(/torchelastic_<tmp>)/[0-9a-f-]{36}_[A-Za-z0-9_]{8}\b", r"\1/<run>"),
        # Dynamo cuts off what a path has in common with that of torch, letter by letter.
        (r"(  # )(?:\w*/)+(?=\w+\.py:\d+ in \w+ \(_dynamo)", r"\1"),
        # The loopback address in its spellings, as the fixed host is all there is.
        (r"(localhost|<host>|127\.0\.0\.1|0\.0\.0\.0|::1?)(\]?):\d{2,5}\b", r"\1\2:<port>"),
        (r"\b(port:? )\d{2,5}\b", r"\1<port>"),
        # Which of several processes fails first is chance.
        (r"-- Process \d+ terminated", "-- Process <rank> terminated"),
        (r"\b([Rr]ank)([ :=]*)\d+\b", r"\1\2<rank>"),
        # Inductor asks a class for each instruction set of the processor, and that one its parent.
        (r"^  File \".*/_inductor/cpu_vec_isa\.py\", .* in __bool__\n +if super\(.*\n +\^+\n", ""),
        (r"[ \t\r]+$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Places:
    """The paths and names of a machine that may stand in output.

    Args:
        folder: The script's working folder.
        paths: Other folders, each with what is written in its place, deepest first.
        words: Names (of host and user), each with what is written in its place.
    """

    folder: str
    paths: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    def lines(self, text: str) -> list[str]:
        """A text in normalised lines, without empty ones at its end."""
        text = text.replace("\r\n", "\n").replace(f"{self.folder}/", "")
        for path, name in self.paths:
            text = re.sub(rf"{re.escape(path)}(?![\w.-])", name, text)
        for word, name in self.words:
            text = re.sub(rf"(?<![\w.-]){re.escape(word)}(?![\w.-])", name, text)
        for pattern, replacement in _RULES:
            text = pattern.sub(replacement, text)
        # str.splitlines would also split at form feeds and the like.
        return text.rstrip("\n").split("\n") if text.strip("\n") else []
