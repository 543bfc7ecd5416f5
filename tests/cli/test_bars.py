"""Bars of long work."""

from __future__ import annotations

import io
import threading

import pytest
from rich.console import Console

from provenfix.cli import bars as module
from provenfix.cli.bars import Bars


def _shown(*, terminal: bool, quiet: bool = False, total: int = 3) -> str:
    """What is printed while three of some things are done."""
    out, threads = io.StringIO(), threading.active_count()
    console = Console(file=out, force_terminal=terminal, width=80, _environ={"TERM": "xterm"})
    with Bars(quiet=quiet, console=console) as bars:
        done = bars.bar("Errors", total)
        for _ in range(3):
            done()
        assert threads == threading.active_count(), "a thread would forbid work to fork"
    return out.getvalue()


def test_terminal() -> None:
    """A terminal shows how far it is, and at the end that it is done."""
    assert "Errors" in _shown(terminal=True)
    assert "3/3" in _shown(terminal=True)


def test_not_a_terminal() -> None:
    """Anything else, and whoever asked for quiet, sees nothing."""
    assert "" == _shown(terminal=False).strip()
    assert "Errors" not in _shown(terminal=True, quiet=True)


def test_nothing_to_do() -> None:
    """Without work there is no bar."""
    assert "Errors" not in _shown(terminal=True, total=0)


def test_drawn_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step is drawn at once, and of many quick ones that follow not each."""
    monkeypatch.setattr(module, "_SHOWN_EVERY", 3600.0)
    shown = _shown(terminal=True)

    assert "1/3" in shown
    assert "2/3" not in shown
    assert "3/3" in shown
