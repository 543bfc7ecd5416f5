"""Whether an installed package holds a text: in its Python files, or in its shared libraries.

A message that a release can print stands somewhere in its files, so this tells which wording a
release knows without running anything. It does not tell that a program meets it.
"""

from __future__ import annotations

import mmap
import os
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

_JOINT = re.compile(rb"""["']\s*\n\s*[bfruBFRU]{0,2}["']""")
_ELF64_LITTLE = b"\x7fELF\x02\x01"
_HEADER_SIZE = 64
_SECTION = struct.Struct("<IIQQQQIIQQ")


def find(package: Path, literals: Iterable[str]) -> dict[str, bool]:
    """Look for texts in a package.

    Args:
        package: The folder of the installed package.
        literals: The texts. A string that Python source code writes in adjacent pieces on several
            lines counts as one text.

    Returns:
        Each text, and whether some file holds it.

    Raises:
        OSError: A file cannot be read.
    """
    sought = {literal: literal.encode() for literal in literals}
    found: set[str] = set()
    for content in _contents(package):
        found |= {text for text, data in sought.items() if text not in found and data in content}
        if len(found) == len(sought):
            break
    return {text: text in found for text in sought}


class _Slice:
    """A part of a mapped file, to search without a copy."""

    def __init__(self, data: mmap.mmap, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end

    def __contains__(self, sought: bytes) -> bool:
        return self._data.find(sought, self._start, self._end) >= 0


def _contents(package: Path) -> Iterator[bytes | _Slice]:
    """Python files without the joints of their strings, then the texts of shared libraries."""
    libraries: list[str] = []
    for folder, folders, names in os.walk(package):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".py"):
                with open(path, "rb") as file:
                    yield _JOINT.sub(b"", file.read())
            elif ".so" in name and not os.path.islink(path):
                libraries.append(path)
    for path in filter(os.path.getsize, libraries):
        with open(path, "rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        with data:
            for start, end in _constants(data):
                yield _Slice(data, start, end)


def _constants(library: mmap.mmap) -> list[tuple[int, int]]:
    """Where a library keeps its constant texts; all of it where its format is another.

    The section table is that of the System V ABI, "Object Files" (ELF-64).
    """
    if library[:6] != _ELF64_LITTLE or len(library) < _HEADER_SIZE:
        return [(0, len(library))]
    (table,) = struct.unpack_from("<Q", library, 0x28)
    size, count, names = struct.unpack_from("<HHH", library, 0x3A)
    whole = size >= _SECTION.size and names < count and table + size * count <= len(library)
    if not table or not whole:
        return [(0, len(library))]
    sections = [_SECTION.unpack_from(library, table + size * i) for i in range(count)]
    start = sections[names][4]
    return [
        (offset, offset + length)
        for name, _, _, _, offset, length, *_ in sections
        if library[start + name : start + name + 7] == b".rodata"
    ]
