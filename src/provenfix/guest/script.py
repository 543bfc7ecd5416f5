"""Runs somebody's script as `python train.py` would, and answers under its traceback if it dies."""

from __future__ import annotations

import builtins
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import SourceFileLoader
from types import ModuleType, TracebackType
from typing import Any

from provenfix.guest import hook


class Script:
    """A script or a module that is about to run as `__main__`.

    Args:
        arguments: What follows `python` on the command line: a script, or `-m` and a module, and
            then what belongs to it.

    Raises:
        OSError: The script cannot be read.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = list(arguments)
        self._module = arguments[1] if arguments[0] == "-m" else ""
        self._path = "" if self._module else _absolute(arguments[0])
        self._source = _read(self._path) if self._path else b""

    def run(self, lang: str | None) -> None:
        """Run it, with everything as Python itself would have it.

        Exceptions pass: the interpreter prints them and decides the exit status, as always.

        Args:
            lang: Language of the answer, as for `provenfix.install`.
        """
        self._surroundings()
        # Never put back: threads and exit handlers of the script may outlive its last line.
        main = sys.modules["__main__"] = _main_module(self._path)
        try:
            if self._module:
                _run_module()(self._module)
            else:
                exec(compile(self._source, self._path, "exec", dont_inherit=True), main.__dict__)
        except SystemExit:
            raise
        except BaseException as error:
            sys.excepthook = _last_words(error, lang)
            raise

    def _surroundings(self) -> None:
        """`sys.argv` and `sys.path`."""
        sys.argv = ["-m", *self._arguments[2:]] if self._module else self._arguments
        if not sys.flags.safe_path:
            folder = os.path.dirname(os.path.realpath(self._path))
            sys.path[0] = os.getcwd() if self._module else folder


def _last_words(error: BaseException, lang: str | None) -> Callable[..., None]:
    """The hook that Python calls when it ends: without our frames, and with the answer."""
    before = sys.excepthook
    # The first frame is that of `run`; what comes after it is what Python itself would show.
    trace = error.__traceback__.tb_next if error.__traceback__ else None

    def end(kind: type[BaseException], last: BaseException, ended: TracebackType | None) -> None:
        own = last is error
        before(kind, last.with_traceback(trace) if own else last, trace if own else ended)
        hook.answer(last, lang)

    return end


def _read(path: str) -> bytes:
    with io.open_code(path) as file:
        return file.read()


def _absolute(path: str) -> str:
    """The path as Python shows it in tracebacks: absolute, else as it was given."""
    return os.path.join(os.getcwd(), path)


def _main_module(path: str) -> ModuleType:
    """A `__main__` as Python makes it; without a path one whose module is found by its name."""
    main = ModuleType("__main__")
    vars(main).update(__builtins__=builtins, __annotations__={})
    if path:
        loader = SourceFileLoader("__main__", path)
        vars(main).update(__file__=path, __cached__=None, __loader__=loader)
    return main


def _run_module() -> Any:
    """What `python -m` calls; the public `run_module` would take `__main__` away at its end."""
    import runpy

    return vars(runpy)["_run_module_as_main"]
