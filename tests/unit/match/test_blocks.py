"""Tracebacks, wrappers and the order of several errors."""

from __future__ import annotations

import pytest

from provenfix.match.matcher import Matcher
from provenfix.match.rules import rules

MATCHER = Matcher(
    {
        "version": 1,
        "entries": [
            ["stack", [["RuntimeError", "stack expects each tensor to be equal size"]]],
            ["kernel", [["RuntimeError", "CUDA error: an illegal memory access was encountered"]]],
            ["cuda", [["AssertionError", "Torch not compiled with CUDA enabled"]]],
        ],
        "rules": rules(),
    }
)
STACK = "RuntimeError: stack expects each tensor to be equal size, but got [3] and [4]"
KERNEL = "RuntimeError: CUDA error: an illegal memory access was encountered"
HEAD = "Traceback (most recent call last):"
FRAME = '  File "train.py", line 3, in <module>\n    main()'
CAUGHT = "RuntimeError: Caught RuntimeError in DataLoader worker process 0."


def _found(text: str) -> list[str]:
    return [match.entry for match in MATCHER.match(text).matches]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{FRAME}\n{STACK}",
        f"[rank5]: {HEAD}\n[rank5]: {STACK}",
        f"ERROR 01-11 13:09:40 engine.py:366] {STACK}",
        f"(VllmWorkerProcess pid=1252) ERROR 01-11 13:09:40 worker.py:1] {STACK}",
        f"Jan 11 13:09:40 host python[123]: {STACK}",
        f"2024-01-11 13:09:40,123 - mmdet - ERROR - {STACK}",
        f"E       {STACK}",
        f"> > {STACK}",
        f"trainer-1  | {STACK}",
        f"INFO: {STACK}",
        f"{HEAD} File 'x.py', line 3, in f return stack(x) {STACK}",
        "\n".join(f"│ {part} │" for part in (STACK[:30], STACK[30:48], STACK[48:])),
        f"----> 3 main()\n      4 done()\n\n{STACK}",
        STACK.replace(" ", "  " * 60),
    ],
)
def test_dressed(text: str) -> None:
    """Prefixes, boxes, notebooks and lost line breaks do not hide an error."""
    assert ["stack"] == _found(text)


def test_last_error_wins() -> None:
    """The error that ended the program comes first, the one on the way after it."""
    during = "During handling of the above exception, another exception occurred:"

    assert ["kernel", "stack"] == _found(f"{STACK}\n\n{during}\n\n{HEAD}\n{FRAME}\n{KERNEL}")


def test_error_before_mention() -> None:
    """What people write below a traceback does not outrank the traceback."""
    words = KERNEL.removeprefix("RuntimeError: ")

    assert ["stack", "kernel"] == _found(f"{HEAD}\n{STACK}\n{HEAD}\nIs it like {words}?")


def test_wrapper_leads_to_inner_error() -> None:
    """A wrapper with the error in it is that error."""
    text = f"{CAUGHT}\nOriginal {HEAD}\n{FRAME}\n{STACK}"
    result = MATCHER.match(text)

    assert (["stack"], None) == ([match.entry for match in result.matches], result.wrapper)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("dataloader_worker", CAUGHT),
        ("replica", "RuntimeError: Caught RuntimeError in replica 0 on device 0."),
        ("pin_memory", "RuntimeError: Caught RuntimeError in pin memory thread for device 0."),
        ("child_failed", "torch.distributed.elastic.multiprocessing.errors.ChildFailedError: "),
        ("spawn", "-- Process 3 terminated with the following error:"),
        ("library", "OSError: Could not load this library: /x/libtorchaudio.so"),
        ("launcher", "subprocess.CalledProcessError: Command '['a']' returned 1."),
    ],
)
def test_lonely_wrapper(kind: str, text: str) -> None:
    """A wrapper without the error in it is named, and nothing is guessed."""
    result = MATCHER.match(f"{HEAD}\n{FRAME}\n{text}")

    assert ((), kind) == (result.matches, result.wrapper)


def test_traceback_that_stops_too_early() -> None:
    """Where the last line is missing, the statement that raised tells the error."""
    raised = '    raise AssertionError("Torch not compiled with CUDA enabled")'

    assert ["cuda"] == _found(f'{HEAD}\n  File "torch/cuda.py", line 3, in init\n{raised}')
    assert [] == _found(f'{HEAD}\n  File "x.py", line 3, in init\n{raised}\nKeyError: 3')


def test_last_error_is_told() -> None:
    """The result quotes the last error, without what stands before it."""
    assert "KeyError: 'x'" == MATCHER.match(f"{STACK}\n{HEAD}\n[rank0]: KeyError: 'x'").error
