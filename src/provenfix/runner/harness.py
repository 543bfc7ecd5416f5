"""Executes a script as `__main__` and reports how it ended; runs inside the container.

The bytes of the file run unchanged. What only the inside can see is watched by a trace function
that looks at no frame but the script's own: which assert statements were reached, and whether the
entry's own error passed through the script and was swallowed.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import io
import json
import os
import re
import sys
import threading
import traceback
from types import CodeType, FrameType, TracebackType
from typing import Any

LONGEST = 12_000
"""Characters of a message or traceback that are reported."""


def run(path: str, signatures: list[dict[str, str]], report: int) -> int:
    """Execute a script as a fresh `python script.py` would.

    Args:
        path: The script.
        signatures: The entry's `exception` and `pattern` pairs, to notice that one was swallowed.
        report: File descriptor that takes one JSON object: `finished`, `exception`, `message`,
            `traceback`, `asserts`, `caught`.

    Returns:
        The exit status.
    """
    watcher = Watcher(path, signatures)
    ending: dict[str, Any] = {"finished": False}
    status = 1
    try:
        code = _compiled(path)
        namespace = _main_namespace(path)
        watcher.start()
        exec(code, namespace)
        ending, status = {"finished": True}, 0
    except SystemExit as error:
        status = _exit_status(error)
        ending = {"finished": status == 0, "exit": status}
    except BaseException as error:
        ending = _described(error)
        sys.stderr.write(ending["printed"])
    finally:
        watcher.stop()
    return _finish(status, {**ending, **watcher.result()}, report)


class Watcher:
    """Counts reached asserts and notices swallowed errors, in the script's own frames only.

    Args:
        path: The script.
        signatures: The entry's `exception` and `pattern` pairs.
    """

    def __init__(self, path: str, signatures: list[dict[str, str]]) -> None:
        self._path = path
        self._signatures = signatures
        self._lines: dict[int, int] = {}
        self._reached: set[int] = set()
        self._caught = False

    def start(self) -> None:
        """Watch from now on."""
        for node in ast.walk(ast.parse(_source(self._path))):
            if isinstance(node, ast.Assert):
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                    self._lines[line] = node.lineno
        sys.settrace(self._global)

    def stop(self) -> None:
        """Watch no longer."""
        sys.settrace(None)

    def result(self) -> dict[str, Any]:
        """`asserts`, the number of assert statements reached, and `caught`."""
        return {"asserts": len(self._reached), "caught": self._caught}

    def _global(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._local if frame.f_code.co_filename == self._path else None

    def _local(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line" and frame.f_lineno in self._lines:
            self._reached.add(self._lines[frame.f_lineno])
        elif event == "exception":
            self._exception(frame, *argument)
        return self._local

    def _exception(
        self, frame: FrameType, kind: type[BaseException], error: BaseException, _: TracebackType
    ) -> None:
        if kind is AssertionError:
            self._reached.discard(self._lines.get(frame.f_lineno, 0))
        self._caught |= any(
            kind.__name__ == s["exception"] and re.search(s["pattern"], str(error))
            for s in self._signatures
        )


def _source(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _compiled(path: str) -> CodeType:
    return compile(_source(path), path, "exec", dont_inherit=True)


def _main_namespace(path: str) -> dict[str, Any]:
    """The namespace of `__main__`, as empty as a fresh one; spawn reads its `__file__`."""
    main = sys.modules["__main__"].__dict__
    main.clear()
    main.update(
        __name__="__main__",
        __file__=path,
        __builtins__=builtins,
        __doc__=None,
        __spec__=None,
        __loader__=None,
        __package__=None,
        __cached__=None,
    )
    sys.argv[:] = [path]
    return main


def _exit_status(error: SystemExit) -> int:
    """The status that Python would exit with, after printing what it would print."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code & 0xFF
    sys.stderr.write(f"{error.code}\n")
    return 1


def _described(error: BaseException) -> dict[str, Any]:
    """The error as Python would print it, without the frames of this file."""
    here = error.__traceback__
    while here is not None and here.tb_frame.f_code.co_filename == __file__:
        here = here.tb_next
    printed = "".join(traceback.format_exception(type(error), error, here))
    return {
        "finished": False,
        "exception": type(error).__name__,
        "message": _cut(_message(error)),
        "printed": _cut(printed),
    }


def _cut(text: str) -> str:
    """A text that fits into the report, which is read with a limit like any output."""
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]}\n...\n{text[-half:]}"


def _message(error: BaseException) -> str:
    try:
        if isinstance(error, SyntaxError):
            return error.msg
        return str(error)
    except Exception as second:
        return f"<no message: {type(second).__name__}>"


def _finish(status: int, ending: dict[str, Any], report: int) -> int:
    """Do what an interpreter does at its end, then report. What fails here fails the script."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    except BaseException as error:
        status, ending = 1, {**ending, **_described(error)}
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, io.UnsupportedOperation):
            status = status or 1
    with os.fdopen(report, "w", encoding="utf-8", errors="replace") as file:
        json.dump(ending, file)
    return status


def main() -> None:
    """Run in a fresh interpreter: path, signatures (JSON) and descriptor are its arguments."""
    path, signatures, report = sys.argv[1:4]
    os._exit(run(path, json.loads(signatures), int(report)))
