"""What is known about an error, and how it reads as text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A fix that was run and did what is claimed.

    Args:
        title, text: What to do, and why it helps.
        cost: What it costs; empty if nothing.
        verdict: In how many environments it is verified, in words.
        command: How to start the program, if the fix changes that and not the program.
        diff: The change to a program that raises the error, if the fix changes the program.
    """

    title: str
    text: str
    cost: str
    verdict: str
    command: str
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd:
    """Advice that was run and does not help.

    Args:
        title: The advice.
        did: What it did instead, in words.
    """

    title: str
    did: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known about an error. `str()` of it is meant for readers.

    Args:
        slug: The entry's name, which is also part of its address.
        language: The language of all texts, `en` or `zh`.
        title, summary: What the error is.
        url: Its page; empty if it has none or the address of the site is not known.
        waiting: Why no fix is shown, in words; empty where fixes are.
        fixes: The fixes, the best proven first.
        dead_ends: What does not help.
        matched: The text that was recognised.
        sentences: The words around all this.
    """

    slug: str
    language: str
    title: str
    summary: str
    url: str
    waiting: str
    fixes: tuple[Fix, ...]
    dead_ends: tuple[DeadEnd, ...]
    matched: str
    sentences: Mapping[str, str] = field(repr=False, compare=False)

    def short(self) -> tuple[str, ...]:
        """Three to six lines: title, best fix, what does not help, and where to read on."""
        lines = [self._say("known", title=self.title)]
        if self.waiting:
            lines.append("  " + self._say("waiting", reason=self.waiting))
        if self.fixes:
            best = self.fixes[0]
            lines.append("  " + self._say("fix", title=best.title))
            lines.append("    " + best.verdict)
        if self.dead_ends:
            titles = self.sentences["separator"].join(end.title for end in self.dead_ends)
            lines.append("  " + self._say("dead_ends", titles=titles))
        if self.url:
            lines.append("  " + self._say("page", url=self.url))
        return (*lines, "  " + self._say("all", slug=self.slug))

    def __str__(self) -> str:
        """The whole explanation; of the first fix also the change or the command."""
        return "\n".join(self._long())

    def _long(self) -> Iterator[str]:
        yield self.title
        yield self.summary
        if self.waiting:
            yield self._say("waiting", reason=self.waiting)
        for number, fix in enumerate(self.fixes):
            yield from self._fix(fix, first=number == 0)
        if self.dead_ends:
            yield from ("", self.sentences["dead_ends_heading"])
        for end in self.dead_ends:
            yield "  " + self._say("dead_end", title=end.title, did=end.did)
        if self.url:
            yield from ("", self._say("page", url=self.url))

    def _fix(self, fix: Fix, *, first: bool) -> Iterator[str]:
        yield from ("", self._say("fix", title=fix.title))
        yield from (f"  {line}" for line in (fix.verdict, fix.text) if line)
        if fix.cost:
            yield "  " + self._say("cost", cost=fix.cost)
        if fix.command:
            yield from ("  " + self._say("command"), f"    {fix.command}")
        if first and fix.diff:
            yield from (f"    {line}" for line in fix.diff.splitlines())

    def _say(self, key: str, **values: str) -> str:
        return self.sentences[key].format(**values)
