"""`python -m provenfix run train.py`: as `python train.py`, and then the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import FAILS, Python, Ran, told

SHOWS_ITSELF = """\
import sys
print(sys.argv, sys.path, __name__, __file__, __package__, __spec__, __doc__, sorted(globals()))
print(type(__loader__), type(__builtins__), sys.modules["__main__"].__dict__ is globals())
import beside
"""
SPAWNS = """\
import multiprocessing

def work(queue):
    queue.put(__name__)

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    queue = spawn.Queue()
    child = spawn.Process(target=work, args=(queue,))
    child.start()
    print(queue.get(), child.join())
"""
OUTLIVES = """\
import atexit, pickle, threading

class Thing: pass

def late():
    print(type(pickle.loads(pickle.dumps(Thing()))).__module__)

atexit.register(late)
threading.Timer(0.3, late).start()
"""
QUIET = {
    "itself": SHOWS_ITSELF,
    "unknown": "def f():\n  raise ValueError('nobody knows')\n\nf()",
    "exit": "import sys; sys.exit()",
    "exit-status": "import sys; sys.exit(3)",
    "exit-text": "import sys; sys.exit('a text')",
    "exit-in-context": f"try:\n  {FAILS}except RuntimeError: raise SystemExit(4)",
    "ctrl-c": "raise KeyboardInterrupt",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "syntax": "x = (1,\nprint('y'",
    "indentation": "if 1:\nx = 1",
    "future": "from __future__ import annotations\ndef f(x: no_such_name): pass\nprint(f)",
    "spawn": SPAWNS,
    "outlives": OUTLIVES,
    "stdin": "print(input())",
    "own-hook": "import sys; sys.excepthook = lambda *a: print(a[0], a[2].tb_next)\n1 / 0",
    "broken-group": "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
    "not-ascii": "print('中文')\nraise ValueError('中文')",
}
ANSWERED = {
    "fails": FAILS,
    "deeper": f"def f():\n  {FAILS}\ndef g(): f()\n\ng()",
    "while-handling": f"try:\n  {FAILS}except RuntimeError: {{}}['x']",
    "from": f"try:\n  {FAILS}except RuntimeError as error: raise ValueError('bad') from error",
    "own-hook": f"import sys; sys.excepthook = lambda *a: print(a[2].tb_lineno)\n{FAILS}",
    "hook-of-ours": f"import provenfix; provenfix.uninstall()\n{FAILS}",
}


def _both(python: Python, tmp_path: Path, text: str, *arguments: str) -> tuple[Ran, Ran]:
    (tmp_path / "beside.py").write_text("print(__file__)\n", "utf-8")
    (tmp_path / "train.py").write_text(text, "utf-8")
    return python("train.py", *arguments), python("-m", "provenfix", "run", "train.py", *arguments)


@pytest.mark.parametrize("name", QUIET)
def test_same_as_python(python: Python, tmp_path: Path, name: str) -> None:
    """Output, traceback and exit status are those of `python train.py`, to the byte."""
    plain, ours = _both(python, tmp_path, QUIET[name], "--lang", "zh", "-m", "run")

    assert told(plain) == told(ours)


@pytest.mark.parametrize("name", ANSWERED)
def test_answer_below_the_traceback(
    python: Python, tmp_path: Path, answers: dict[str, str], name: str
) -> None:
    """A known error changes nothing but that the answer follows."""
    plain, ours = _both(python, tmp_path, ANSWERED[name])

    assert (1, plain.stdout, plain.stderr + answers["en"]) == (
        ours.returncode,
        ours.stdout,
        ours.stderr,
    )


def test_answer_once_with_both(python: Python, tmp_path: Path, answers: dict[str, str]) -> None:
    """A script that installs the hook itself gets one answer."""
    _, ours = _both(python, tmp_path, f"import provenfix; provenfix.install()\n{FAILS}")

    assert 1 == ours.stderr.count(answers["en"])


@pytest.mark.parametrize("language", [["--lang", "zh"], ["--lang=zh"]])
@pytest.mark.parametrize("first", [True, False])
def test_language_before_the_script(
    python: Python, tmp_path: Path, answers: dict[str, str], language: list[str], first: bool
) -> None:
    """`--lang` is ours before the script, on either side of `run`."""
    (tmp_path / "train.py").write_text(FAILS, "utf-8")
    ours = [*language, "run"] if first else ["run", *language]
    ran = python("-m", "provenfix", *ours, "train.py")

    assert ran.stderr.endswith(answers["zh"])


@pytest.mark.parametrize("path", ["./train.py", "sub/../train.py", "{here}/train.py", "link.py"])
def test_any_path(python: Python, tmp_path: Path, path: str) -> None:
    """However a script is named, its traceback and its imports are as Python has them."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "real.py").write_text(SHOWS_ITSELF + "1 / 0", "utf-8")
    (tmp_path / "sub" / "beside.py").write_text("print(__file__)\n", "utf-8")
    (tmp_path / "beside.py").write_text("print(__file__)\n", "utf-8")
    (tmp_path / "train.py").write_text(SHOWS_ITSELF + "1 / 0", "utf-8")
    (tmp_path / "link.py").symlink_to("sub/real.py")
    path = path.format(here=tmp_path)
    plain, ours = python(path), python("-m", "provenfix", "run", path)

    assert 1 == ours.returncode
    assert told(plain) == told(ours)


@pytest.mark.parametrize("text", [SHOWS_ITSELF, "1 / 0", SPAWNS, "x = ("])
def test_module(python: Python, tmp_path: Path, text: str) -> None:
    """`run -m MODULE` is `python -m MODULE`, frames of runpy and all."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "train.py").write_text(text, "utf-8")
    (tmp_path / "beside.py").write_text("print(__file__)\n", "utf-8")
    for module in ("pack.train", "pack.none", "pack"):
        plain = python("-m", module, "-x", "1")
        ours = python("-m", "provenfix", "run", "-m", module, "-x", "1")

        assert told(plain) == told(ours)


def test_script_that_is_not_there(python: Python) -> None:
    """A script that cannot be read has status 2, as with Python, and a message of ours."""
    ran = python("-m", "provenfix", "run", "none.py", site=True)

    assert (2, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith("none.py:1:1: must be a Python program that can be read (got: ")


def test_entries_still_run_as_cells(python: Python, tmp_path: Path) -> None:
    """A script beside an entry.yaml is an entry's: it is not run with the user's rights."""
    (tmp_path / "entry.yaml").touch()
    (tmp_path / "repro.py").write_text("print('ran')\n", "utf-8")
    ran = python("-m", "provenfix", "run", "repro.py", site=True)

    assert (1, "") == (ran.returncode, ran.stdout)
    assert "must lie in a provenfix repository" in ran.stderr
