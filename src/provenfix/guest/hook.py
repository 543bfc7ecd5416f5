"""Prints the short answer under the traceback of an error that nobody caught."""

from __future__ import annotations

import _thread
import os
import sys

# Only for annotations: `typing` would take longer to import than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from threading import ExceptHookArgs
    from types import ModuleType, TracebackType
    from typing import TextIO

    from provenfix.guest.explanation import Explanation

_THREAD_HOOKS = (
    ("_thread", "_excepthook"),
    ("threading", "excepthook"),
    ("threading", "__excepthook__"),
)
"""Where a hook for threads may stand, in which module."""
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
        self._before = sys.excepthook
        sys.excepthook = self._main
        module, name = _hook_of_threads()
        self._before_in_threads = getattr(module, name)
        setattr(module, name, self._thread)

    def _main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before(kind, error, trace)
        if self.active:
            answer(error, self.lang)

    def _thread(self, died: ExceptHookArgs) -> None:
        self._before_in_threads(died)
        if self.active and died.exc_value is not None:
            answer(died.exc_value, self.lang)

    def remove(self) -> None:
        """Put back what was there before, where nobody else came after us."""
        self.active = False
        if sys.excepthook == self._main:
            sys.excepthook = self._before
        for module, name in _THREAD_HOOKS:
            if getattr(sys.modules.get(module), name, None) == self._thread:
                setattr(sys.modules[module], name, self._before_in_threads)


def _hook_of_threads() -> tuple[ModuleType, str]:
    """Where the hook for threads stands.

    `threading` takes five times as long to import as all of us, so where nobody has done so yet,
    its hook is set in the module from which it will take it.
    """
    if "threading" not in sys.modules and hasattr(_thread, "_excepthook"):
        return _thread, "_excepthook"
    import threading

    return threading, "excepthook"


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
    thread = _thread.get_ident()
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
    # A stream without one keeps text as it is, such as that in which torch numbers the ranks.
    return getattr(stream, "encoding", None) or "utf-8"


def _can_print(text: str, stream: TextIO) -> bool:
    try:
        text.encode(_encoding(stream))
    except UnicodeEncodeError:
        return False
    return True
