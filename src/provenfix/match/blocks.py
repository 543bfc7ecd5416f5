"""Plain lines -> blocks: what the paste says, without frames and code. SPEC.md, "Blocks". Pure.

Twin of docs/assets/js/match/blocks.js: change both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

LONGEST_BLOCK = 4_000
"""Characters; a longer message goes on in a block of its own."""
MOST_PREFIXES = 8
HEIRS = 3
"""Blocks without a name that may follow a named one and still belong to it."""

_NAME = re.compile(
    r"\b\w*(?:Error|Exception|Warning|Unsupported|Interrupt|Exit)\b(?= ?[:(\]]|$|')", re.ASCII
)
_ENDINGS = re.compile("Error|Exception|Warning|Unsupported|Interrupt|Exit")
_LETTER = re.compile(r"\w", re.ASCII)
_NUMBERED = re.compile(r"(?:[->]+ ?)?\d+(?: |$)", re.ASCII)
_ARROW = re.compile(r"-+> ?\d+(?: |$)|>(?: |$)", re.ASCII)
_RULE = re.compile(r"[-=+*_]{3,}[-=+*_ |]*")
_TAIL = re.compile(r"[A-Za-z_]+$|\d+$", re.ASCII)
_START = re.compile(r"[A-Za-z_]+|\d+", re.ASCII)
_PLAIN_FRAME = re.compile(r" {2,8}File '[^']*', line \d+", re.ASCII)
_PLAIN_CODE = re.compile(r" {4,40}(?!raise|assert|std)[a-z][^|:]*$", re.ASCII)
_PATH = re.compile(r"[\w.]", re.ASCII)
_RAISES = re.compile(r"(?:raise|assert)\b", re.ASCII)


@dataclass(slots=True)
class Section:
    """The surroundings of one error.

    Args:
        foreign: Another stack's words stand there.
        ours: PyTorch's words stand there.
        named: It holds a named error.
    """

    foreign: bool = False
    ours: bool = False
    named: bool = False


@dataclass(slots=True)
class Block:
    """Lines that belong together, joined.

    Args:
        text: The joined lines.
        section: Its surroundings.
        name: The exception it starts with or belongs to; empty if there is none.
        path: The dotted path before the name, with its dot.
        starts: The name stands in this very block.
        soft: A warning or a note, not an error.
    """

    text: str
    section: Section
    name: str = ""
    path: str = ""
    starts: bool = False
    soft: bool = False


@dataclass(slots=True)
class Paste:
    """A paste as blocks.

    Args:
        blocks: In order.
        raised: The last statement of code that raises or asserts, if nothing follows it.
    """

    blocks: list[Block] = field(default_factory=list)
    raised: str = ""


class Reader:
    """Makes blocks, following the rules of an export.

    Args:
        rules: `provenfix.match.rules` as exported.
        vocabulary: The words of all signatures, by which broken words are mended.
        names: Exceptions that signatures name, whatever they end with.
    """

    def __init__(
        self, rules: dict[str, Any], vocabulary: Set[str], names: Iterable[str] = ()
    ) -> None:
        self._prefix = re.compile("|".join(rules["prefixes"]), re.ASCII)
        self._soft = re.compile(rules["soft"], re.ASCII)
        self._frame = re.compile("|".join(rules["frames"]), re.ASCII)
        self._code = re.compile("|".join(rules["code"]), re.ASCII)
        self._calm = re.compile(rules["calm"], re.ASCII)
        self._head = re.compile("|".join(rules["heads"]), re.ASCII)
        self._foreign = tuple(rules["foreign"])
        self._ours = re.compile("|".join(rules["ours"]), re.ASCII)
        self._vocabulary = vocabulary
        odd = sorted({name for name in names if not _NAME.fullmatch(name)})
        self._odd = re.compile(rf"\b(?:{'|'.join(odd)})(?= ?[:(])") if odd else None

    def read(self, lines: Sequence[str]) -> Paste:
        """The blocks of plain lines."""
        return _Reading(self, self.is_foreign("\n".join(lines))).run(lines)

    def strip(self, line: str) -> tuple[str, bool, bool]:
        """A line without what stands before it; whether it is indented; whether it is no error."""
        soft = False
        rest = line.lstrip(" \t")
        indented = len(rest) < len(line)
        for _ in range(MOST_PREFIXES):
            found = self._prefix.match(rest)
            if found is None:
                break
            soft = soft or self._soft.search(found[0]) is not None
            line = rest[found.end() :]
            rest = line.lstrip(" \t")
            # One blank parts a prefix from its line, three part pytest's "E" from its own.
            indented = len(line) - len(rest) > (3 if found[0] == "E" else 1)
        return rest, indented, soft

    def named(self, text: str) -> re.Match[str] | None:
        """Where a text names an exception."""
        found = _NAME.search(text) if _ENDINGS.search(text) else None
        if found is None and self._odd is not None:
            found = self._odd.search(text)
        return found

    def is_code(self, text: str) -> bool:
        """Whether a line is one of a program, wherever it stands."""
        return self._code.match(text) is not None

    def is_calm(self, text: str) -> bool:
        """Whether a line reports no error."""
        return self._calm.search(text) is not None

    def is_foreign(self, text: str) -> bool:
        """Whether a text holds a sign of another stack."""
        return any(sign in text for sign in self._foreign)

    def marks(self, text: str, section: Section) -> None:
        """Note the signs of a line."""
        section.foreign = section.foreign or self.is_foreign(text)
        section.ours = section.ours or self._ours.search(text) is not None

    def place(self, text: str) -> str:
        """`head`, `frame` or nothing."""
        if self._head.match(text):
            return "head"
        return "frame" if self._frame.match(text) else ""

    def join(self, before: str, after: str) -> str:
        """Two lines as one: a word that a box or a terminal broke is whole again."""
        tail, start = _TAIL.search(before[-40:]), _START.match(after)
        if tail and start and self._broken(tail[0].lower(), start[0].lower()):
            return before + after
        return f"{before} {after}"

    def _broken(self, tail: str, start: str) -> bool:
        if tail.isdigit() or start.isdigit():
            return tail.isdigit() and start.isdigit()
        known = self._vocabulary
        return tail + start in known and not (tail in known and start in known)


class _Reading:
    """One walk through the lines of a paste."""

    def __init__(self, reader: Reader, mixed: bool) -> None:
        self.reader = reader
        self.mixed = mixed
        self.paste = Paste()
        self.section = Section()
        self.block: Block | None = None
        self.heir = Block("", self.section)
        self.heirs = 0
        self.in_code = self.first = self.shifted = self.framed = False

    def run(self, lines: Sequence[str]) -> Paste:
        for line in lines:
            if self.mixed or not self._plain(line):
                self._line(line)
        return self.paste

    def _plain(self, line: str) -> bool:
        """Whether a line is an ordinary frame or its code, taken as `_line` would, but quickly.

        Most lines of a traceback are; the browser does without.
        """
        if _ENDINGS.search(line):
            return False
        if _PLAIN_FRAME.match(line):
            self._place("frame", True)
            return True
        if self.in_code and _PLAIN_CODE.match(line):
            self.first = False
            return True
        return False

    def _line(self, line: str) -> None:
        rest, indented, soft = self.reader.strip(line)
        text = _trimmed(rest)
        if not text or (text.isascii() and _LETTER.search(text) is None):
            if text.strip("^~ ") or not text:
                self.block = None
            return
        place = self.reader.place(text)
        found = self.reader.named(text)
        if place == "head" and self.section.named:
            self.section = Section()
        if self.mixed:
            self.reader.marks(text, self.section)
        if place:
            self._place(place, indented)
            # A traceback that lost its line breaks ends with its error.
            if found is None or found.end() == len(text):
                return
            text = text[_start(text, found) :]
            found = self.reader.named(text)
        elif self._is_code(text, indented, found):
            return
        self._say(text, soft or self.reader.is_calm(text), found)

    def _place(self, place: str, indented: bool) -> None:
        self.block, self.heirs, self.paste.raised = None, 0, ""
        self.in_code = self.first = self.framed = place == "frame"
        self.shifted = indented

    def _is_code(self, text: str, indented: bool, found: re.Match[str] | None) -> bool:
        if _ARROW.match(text):
            self.in_code, self.first = True, False
            return True
        starts = found is not None and _start(text, found) == 0
        if not self.in_code:
            self.in_code = not starts and self.reader.is_code(text)
            self.first = self.shifted = self.framed = False
            return self.in_code
        first, self.first = self.first, False
        if _NUMBERED.match(text):
            return True
        if not starts and self.reader.is_code(text):
            if self.framed and _RAISES.match(text):
                self.paste.raised = text
            return True
        if starts or not (indented or (first and not self.shifted)):
            self.in_code = False
            return False
        return True

    def _say(self, text: str, soft: bool, found: re.Match[str] | None) -> None:
        self.paste.raised = ""
        self.in_code = False
        block = self.block
        if found is not None or block is None or len(block.text) + len(text) > LONGEST_BLOCK:
            self.block = self._open(text, soft, found)
            self.paste.blocks.append(self.block)
        else:
            block.text = self.reader.join(block.text, text)

    def _open(self, text: str, soft: bool, found: re.Match[str] | None) -> Block:
        if found is None:
            self.heirs -= 1
            heir = self.heir if self.heirs > 0 else Block("", self.section)
            return Block(text, self.section, heir.name, heir.path, False, soft or heir.soft)
        start = _start(text, found)
        warns = found[0].endswith("Warning")
        soft = warns or (soft and start > 0)
        path = text[start : found.start()]
        named = Block(text, self.section, found[0], path, True, soft)
        self.section.named = self.section.named or not named.soft
        self.heir, self.heirs = named, HEIRS + 1
        return named


def _trimmed(rest: str) -> str:
    """A line with single blanks, without the bars and rules of a box."""
    text = " ".join(rest.split()).rstrip(" |")
    if text.endswith("---"):
        text = text.rstrip("-| ")
    rule = _RULE.match(text)
    return text[rule.end() :] if rule else text


def _start(text: str, found: re.Match[str]) -> int:
    """Where a name starts with its dotted path."""
    start = found.start()
    while start and _PATH.match(text[start - 1]):
        start -= 1
    return start
