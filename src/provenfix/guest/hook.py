"""Prints the short answer under the traceback of an error that nobody caught."""

from __future__ import annotations

import os
import sys
import threading
from _thread import get_ident

# Only for annotations: `typing` would take longer to import than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

    from provenfix.guest.explanation import Explanation

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"

_answered: set[str] = set()
"""Entries printed in this process: the same error in eight threads needs one answer."""
_busy: set[int] = set()
"""Threads that are looking up an error right now."""


class _Hook:
    """Our hooks, and what was there before them.

    It passes on even when it is no longer active, since others may have wrapped it.
    """

    def __init__(self, lang: str | None) -> None:
        self.lang = lang
        self.active = True
        self._before, self._before_in_threads = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._main, self._thread

    def _main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before(kind, error, trace)
        if self.active:
            answer(error, self.lang)

    def _thread(self, died: threading.ExceptHookArgs) -> None:
        self._before_in_threads(died)
        if self.active and died.exc_value is not None:
            answer(died.exc_value, self.lang)

    def remove(self) -> None:
        """Put back what was there before, where nobody else came after us."""
        self.active = False
        if sys.excepthook == self._main:
            sys.excepthook = self._before
        if threading.excepthook == self._thread:
            threading.excepthook = self._before_in_threads


_hook: _Hook | None = None


def install(lang: str | None = None) -> None:
    """`provenfix.install`."""
    global _hook
    if _hook is None:
        _hook = _Hook(lang)
    _hook.lang = lang
    if "IPython" in sys.modules:
        from provenfix.guest import notebook

        notebook.attach(lang)


def uninstall() -> None:
    """`provenfix.uninstall`."""
    global _hook
    if _hook is not None:
        _hook.remove()
        _hook = None
    if "provenfix.guest.notebook" in sys.modules:
        from provenfix.guest import notebook

        notebook.detach()


def answer(error: BaseException, lang: str | None) -> None:
    """Print the short answer to standard error, if the error is known and was not answered yet.

    Args:
        error: What ended the program or the thread.
        lang: As for `provenfix.install`.
    """
    thread = get_ident()
    if isinstance(error, (KeyboardInterrupt, SystemExit)) or thread in _busy:
        return
    _busy.add(thread)
    try:
        _answer(error, lang)
    except BaseException:
        # The one place where everything is swallowed: the traceback is out, and an error of ours
        # below it would only hide it. That includes a Ctrl-C, which means: stop that.
        return
    finally:
        _busy.discard(thread)


def _answer(error: BaseException, lang: str | None) -> None:
    from provenfix.guest import explaining

    stream = sys.stderr
    found = explaining.explain(error, lang)
    if found is None or found.slug in _answered:
        return
    if not _can_print("".join(found.short()), stream):
        found = explaining.entry(found.slug, "en") or found
    text = _text(found, stream).encode(_encoding(stream), "backslashreplace")
    # In one piece, so that the lines of several threads do not mix.
    stream.write(text.decode(_encoding(stream)))
    stream.flush()
    _answered.add(found.slug)


def _text(found: Explanation, stream: TextIO) -> str:
    title, *rest = found.short()
    if stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        title = f"{_BOLD}{title}{_PLAIN}"
    return "\n".join(("", title, *rest, ""))


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "ascii"


def _can_print(text: str, stream: TextIO) -> bool:
    try:
        text.encode(_encoding(stream))
    except UnicodeEncodeError:
        return False
    return True
