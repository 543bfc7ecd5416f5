"""Bars of long work; nothing on anything but a terminal, and no thread, so that work may fork."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_SHOWN_EVERY = 0.1
"""Seconds; to draw a bar takes as long as to make a small page."""


class Bars:
    """Bars one below the other; use as a context manager.

    Args:
        quiet: Show nothing.
        console: Where they are shown; standard error by default.
    """

    def __init__(self, *, quiet: bool = False, console: Console | None = None) -> None:
        console = console or Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            auto_refresh=False,
            disable=quiet or not console.is_terminal,
        )
        self._shown = -math.inf

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def bar(self, words: str, total: int) -> Callable[[], None]:
        """A new bar.

        Args:
            words: What it counts.
            total: How many there are; with none there is no bar.

        Returns:
            What is to be called after each of them.
        """
        task = self._progress.add_task(words, total=total, visible=total > 0)

        def done() -> None:
            self._progress.advance(task)
            now = time.monotonic()
            if now - self._shown >= _SHOWN_EVERY:
                self._shown = now
                self._progress.refresh()

        return done
