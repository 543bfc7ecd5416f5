"""Executes a file as the main program and reports how it ended.

Runs in the script's own process: forked from one that has imported torch, or in a fresh
interpreter. Either way the script finds what `python -P script.py` would give it.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import importlib.machinery
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from types import CodeType, ModuleType, TracebackType
from typing import NoReturn

from provenfix.runner.report import LIMIT, Report
from provenfix.runner.sandbox import limits
from provenfix.runner.watch import Watch, error


def main() -> None:
    """Entry point of a fresh interpreter. Arguments: the report's descriptor, the script, its."""
    descriptor, path, *arguments = sys.argv[1:]
    os.set_inheritable(int(descriptor), False)
    del sys.path[0]  # where this package was found
    sys.exit(run(path, int(descriptor), arguments))


def run(path: str, descriptor: int, arguments: Sequence[str] = ()) -> int:
    """Execute a file as `__main__`.

    Args:
        path: The file.
        descriptor: Where the report goes; closed when it is written.
        arguments: The rest of its command line.

    Returns:
        The exit status that the program asked for.
    """
    process = os.getpid()
    _become_main(path, arguments)
    report = _execute(path)
    # A process that the script forked may come out here too; it is not the main program.
    if os.getpid() == process:
        with open(descriptor, "wb") as file:
            file.write(report.to_bytes())
    return report.status


def forget_warnings() -> None:
    """Forget which warnings were shown while modules were imported; for the parent, before forks.

    Not for each child: that takes it longer than most of what else it does before its script.
    """
    for module in list(sys.modules.values()):
        # Some entries are no modules; and not getattr, as some make up what they are asked for.
        if isinstance(module, ModuleType):
            module.__dict__.pop("__warningregistry__", None)


def forget_parent() -> None:
    """Undo, after a fork, what would tell this process from a fresh one."""
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def leave(status: int) -> NoReturn:
    """End this process as an interpreter does, but for tearing down its modules."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the script may have closed or replaced it
            stream.flush()
    os._exit(status)


def _become_main(path: str, arguments: Sequence[str]) -> None:
    """Make `__main__` what it is when Python starts with a file, for spawn and pickle too."""
    sys.argv = [path, *arguments]
    namespace = sys.modules["__main__"].__dict__
    namespace.clear()
    namespace.update(
        __name__="__main__",
        __doc__=None,
        __package__=None,
        __loader__=importlib.machinery.SourceFileLoader("__main__", path),
        __spec__=None,
        __annotations__={},
        __builtins__=builtins,
        __file__=path,
        __cached__=None,
    )


def _execute(path: str) -> Report:
    watch: Watch | None = None
    status, final, printed = 0, None, ""
    try:
        code, watch = _compiled(path)
        watch.start()
        exec(code, sys.modules["__main__"].__dict__)
    except SystemExit as request:
        status = _status(request.code)
    except BaseException as exception:
        limits.relax()
        status, final, printed = 1, error(exception), _printed(exception, path)
        _show(exception, path)
    finally:
        if watch:
            watch.stop()
    asserts, seen = (watch.asserts, watch.seen) if watch else (0, ())
    return Report(final, printed, status, asserts, seen)


def _compiled(path: str) -> tuple[CodeType, Watch]:
    with open(path, "rb") as file:
        source = file.read()
    tree = ast.parse(source, path)
    return compile(source, path, "exec", dont_inherit=True), Watch(tree, path)


def _status(code: object) -> int:
    """The exit status for the argument of sys.exit; a text is printed, as Python does."""
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    print(code, file=sys.stderr)
    return 1


def _own_frames(exception: BaseException, path: str) -> TracebackType | None:
    """The traceback from the script's first frame on, without those of the harness."""
    frames = exception.__traceback__
    while frames and frames.tb_frame.f_code.co_filename != path:
        frames = frames.tb_next
    return frames


def _show(exception: BaseException, path: str) -> None:
    """Print an uncaught exception the way the script wants it, which may fail."""
    try:
        sys.excepthook(type(exception), exception, _own_frames(exception, path))
    except BaseException:
        traceback.print_exc()


def _printed(exception: BaseException, path: str) -> str:
    frames = _own_frames(exception, path)
    lines = traceback.format_exception(type(exception), exception, frames)
    return "".join(lines)[:LIMIT]
