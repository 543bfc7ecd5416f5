"""`provenfix.install`: below the traceback, and never in its way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import FAILS, MESSAGE, Python, python_in, told

INSTALL = "import provenfix; provenfix.install()\n"
HEAVY = ("click", "jinja2", "json", "pydantic", "re", "rich", "traceback", "typing", "yaml")


def _script(folder: Path, text: str, name: str = "program.py") -> str:
    (folder / name).write_text(text, "utf-8")
    return name


def test_costs_nothing_at_import(python: Python) -> None:
    """Importing and installing loads none of what takes long, and nothing of the matcher."""
    code = (
        "import sys; before = set(sys.modules)\n"
        f"{INSTALL}print(*sorted(n for n in set(sys.modules) - before if n in {HEAVY!r} "
        "or n.startswith('provenfix')))"
    )

    assert "provenfix provenfix.guest provenfix.guest.hook\n" == python("-c", code).stdout


def test_needs_only_the_standard_library(python: Python, tmp_path: Path) -> None:
    """An error that is answered loads no module of anybody else but us."""
    tops = "{n.partition('.')[0] for n in sys.modules}"
    ends = (
        "import atexit, sys; atexit.register(lambda: "
        f"print(*sorted({tops} - {{*sys.stdlib_module_names}})))\n"
    )
    ran = python(_script(tmp_path, ends + INSTALL + FAILS))

    assert ["__main__", "provenfix"] == [
        name for name in ran.stdout.split() if not name.startswith("_sysconfigdata")
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_traceback_stays_and_answer_follows(
    python: Python, tmp_path: Path, answers: dict[str, str], lang: str
) -> None:
    """Standard error is what it was, and then our lines; the exit status is the same."""
    plain = python(_script(tmp_path, "\n" + FAILS))
    hooked = python(_script(tmp_path, f"import provenfix; provenfix.install({lang!r})\n" + FAILS))

    assert (1, "", plain.stderr + answers[lang]) == (
        hooked.returncode,
        hooked.stdout,
        hooked.stderr,
    )
    assert 3 <= answers[lang].strip().count("\n") + 1 <= 6


@pytest.mark.parametrize(
    "text",
    [
        "raise RuntimeError('nobody knows this')",
        f"import os\ntry:\n  {FAILS}except RuntimeError: raise KeyboardInterrupt",
        f"try:\n  {FAILS}except RuntimeError: raise SystemExit(7)",
        f"raise SystemExit({MESSAGE!r})",
        "class Rude(Exception):\n  def __str__(self): raise ValueError\nraise Rude",
        "1 +",
    ],
    ids=["unknown", "ctrl-c", "exit", "exit-text", "rude", "syntax"],
)
def test_says_nothing(python: Python, tmp_path: Path, text: str) -> None:
    """Where there is nothing to say, nothing differs from a program without the hook."""
    name = _script(tmp_path, text, "inner.py")
    run = f"import runpy; runpy.run_path({name!r}, run_name='__main__')"
    plain, hooked = python("-c", "\n" + run), python("-c", INSTALL + run)

    assert told(plain) == told(hooked)


@pytest.mark.parametrize("data", [None, "", "{", "[]", "{}", '{"signatures": {}}'])
def test_broken_data_is_silent(package: Path, tmp_path: Path, data: str | None) -> None:
    """The traceback is all there is if the data is missing or broken; `explain` says what is."""
    copy = tmp_path / "copy"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    entries = copy / "provenfix" / "entries.json"
    entries.unlink() if data is None else entries.write_text(data, "utf-8")
    python = python_in(copy, tmp_path)
    plain = python(_script(tmp_path, "\n" + FAILS))
    hooked = python(_script(tmp_path, INSTALL + FAILS))
    explained = python("-c", f"import provenfix; provenfix.explain({MESSAGE!r})")

    assert (1, plain.stderr) == (hooked.returncode, hooked.stderr)
    assert f"DataError: {entries}:1:1: must hold the entries (got: " in explained.stderr


def test_stderr_that_holds_no_chinese(
    python: Python, tmp_path: Path, answers: dict[str, str]
) -> None:
    """Where Chinese cannot be printed the answer is English, escaped as far as need be."""
    name = _script(tmp_path, "import provenfix; provenfix.install('zh')\n" + FAILS)
    ran = python(name, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C"})
    english = answers["en"].encode("ascii", "backslashreplace").decode()

    assert 1 == ran.returncode
    assert ran.stderr.endswith(english)


def test_rank_before_each_line(python: Python, tmp_path: Path, answers: dict[str, str]) -> None:
    """A hook that collects what ours prints, as torch.distributed's does, gets it unchanged."""
    collects = (
        "import contextlib, io, sys\nours = sys.excepthook\n"
        "def ranked(*args):\n"
        "    with contextlib.redirect_stderr(io.StringIO()) as said: ours(*args)\n"
        "    sys.stderr.write(said.getvalue().replace('\\n', '\\n[rank0]: '))\n"
        "sys.excepthook = ranked\n"
    )
    name = _script(tmp_path, "import provenfix; provenfix.install('zh')\n" + collects + FAILS)

    assert python(name).stderr.endswith(answers["zh"].replace("\n", "\n[rank0]: "))


@pytest.mark.parametrize(
    "closes",
    ["sys.stderr.close()", "sys.stderr = None", "os.close(2)", "sys.stderr = object()"],
)
def test_closed_stderr(python: Python, tmp_path: Path, closes: str) -> None:
    """Without a standard error the exit status is what it is without us."""
    closing = f"import os, sys; {closes}\n"
    plain = python(_script(tmp_path, "\n" + closing + FAILS))
    hooked = python(_script(tmp_path, INSTALL + closing + FAILS))

    assert told(plain) == told(hooked)


@pytest.mark.parametrize("imported", ["before", "after"])
def test_threads_get_one_answer(
    python: Python, tmp_path: Path, answers: dict[str, str], imported: str
) -> None:
    """A thread's error is answered too, and the same one in the next thread is not."""
    threads = (
        f"import threading\ndef work():\n  {FAILS}"
        "for _ in '12':\n  t = threading.Thread(target=work); t.start(); t.join()\n"
    )
    before = "import threading\n" if imported == "before" else ""
    ran = python(_script(tmp_path, before + INSTALL + threads))

    assert (0, 2, 1) == (
        ran.returncode,
        ran.stderr.count("Traceback (most recent call last)"),
        ran.stderr.count(answers["en"]),
    )


def test_other_hooks_are_called_first(
    python: Python, tmp_path: Path, answers: dict[str, str]
) -> None:
    """What was there before is called with what Python gave us; what comes later may wrap us."""
    before = "import sys\nsys.excepthook = lambda *a: print('before', len(a), file=sys.stderr)\n"
    after = (
        "ours = sys.excepthook\n"
        "sys.excepthook = lambda *a: (print('after', file=sys.stderr), ours(*a))\n"
    )
    again = "provenfix.install(); "
    ran = python(_script(tmp_path, before + INSTALL + after + again + FAILS))

    assert "after\nbefore 3\n" + answers["en"] == ran.stderr


@pytest.mark.parametrize("imported", ["before", "after"])
def test_uninstall(python: Python, tmp_path: Path, imported: str) -> None:
    """After uninstall all is as it was, even under a hook that wrapped ours."""
    gone = "provenfix.uninstall(); provenfix.uninstall()\n"
    same = "import sys, threading; assert sys.excepthook is sys.__excepthook__\n"
    same += "assert threading.excepthook is threading.__excepthook__\n"
    same += "assert threading.excepthook is sys.modules['_thread']._excepthook\n"
    before = "import threading\n" if imported == "before" else "\n"
    wrap = "import sys; ours = sys.excepthook; sys.excepthook = lambda *a: ours(*a)\n"
    plain = python(_script(tmp_path, "\n" * 7 + FAILS))
    removed = python(
        _script(tmp_path, before + INSTALL + "import threading\n" + gone + same + FAILS)
    )
    wrapped = python(_script(tmp_path, before + INSTALL + wrap + gone + "\n\n\n" + FAILS))

    assert plain.stderr == removed.stderr
    assert plain.stderr == wrapped.stderr


def test_colours_only_on_a_terminal(python: Python, tmp_path: Path) -> None:
    """A terminal gets a bold title, unless NO_COLOR asks for none."""
    terminal = "import sys; sys.stderr.isatty = lambda: True\n"
    name = _script(tmp_path, INSTALL + terminal + FAILS)
    title = "provenfix knows this error"

    assert f"\x1b[1m{title}" in python(name, env={"TERM": "xterm"}).stderr
    assert f"\n{title}" in python(name, env={"TERM": "xterm", "NO_COLOR": "1"}).stderr
    assert f"\n{title}" in python(name, env={"TERM": "dumb"}).stderr


NOTEBOOK = """\
import sys, types

class Shell:
    custom_exceptions = ()
    def set_custom_exc(self, kinds, handler):
        self.custom_exceptions, self.handler = kinds, handler
    def showtraceback(self, found, tb_offset=None):
        print("shown", found[0].__name__, tb_offset, file=sys.stderr)

shell = Shell()
sys.modules["IPython"] = types.SimpleNamespace(get_ipython=lambda: shell)
"""


def test_notebook(python: Python, tmp_path: Path, answers: dict[str, str]) -> None:
    """In IPython the traceback is shown by its shell, and the answer comes below."""
    cell = f"try:\n  {FAILS}except RuntimeError as e: shell.handler(shell, type(e), e, None, 1)\n"
    gone = "provenfix.uninstall(); assert () == shell.custom_exceptions\n"
    ran = python(_script(tmp_path, NOTEBOOK + INSTALL + cell + gone))

    assert (0, "shown RuntimeError 1\n" + answers["en"]) == (ran.returncode, ran.stderr)


def test_notebook_of_somebody_else(python: Python, tmp_path: Path) -> None:
    """A handler that another extension has set is left alone."""
    other = "shell.set_custom_exc((ValueError,), 'theirs')\n"
    same = "assert ((ValueError,), 'theirs') == (shell.custom_exceptions, shell.handler)\n"
    strange = "shell = object()\nprovenfix.install(); provenfix.uninstall()\n"
    ran = python(_script(tmp_path, NOTEBOOK + other + INSTALL + same + strange))

    assert (0, "") == (ran.returncode, ran.stderr)
