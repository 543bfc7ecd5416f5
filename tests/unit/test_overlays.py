"""Packages in the place of the environment's: made once, found first, and named in the record."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fake_uv import asked, install, make

from provenfix.matrix import overlays
from provenfix.matrix import uv as uv_program
from provenfix.matrix.overlays import Overlays
from provenfix.matrix.pool import Pool
from provenfix.matrix.uv import EnvironmentFailedError

PIN = {"colours": "<2"}


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fake uv, in use, and a cache of one's own."""
    monkeypatch.setenv("UV_FIND_LINKS", "/wheels")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = install(tmp_path)
    monkeypatch.setattr(uv_program, "_found", lambda: str(path))
    return path


def test_made_once(uv: Path) -> None:
    """The second time uv is asked for nothing; another range is another folder."""
    places = [Overlays("python", "3.11").folder(pin) for pin in (PIN, PIN, {"colours": ">=3"})]

    assert (2, True) == (len(set(places)), places[0] == places[1])
    assert ["colours<2", "colours>=3"] == [call[-1] for call in asked(uv)]
    assert all("--no-deps" in call for call in asked(uv))
    assert {"colours": "2"} == overlays.versions(places[0])


def test_failure_leaves_nothing(uv: Path, tmp_path: Path) -> None:
    """Where uv cannot install it, no folder is left that would be taken for one."""
    uv.write_text("#!/bin/sh\necho no such version >&2\nexit 1\n", "utf-8")
    with pytest.raises(EnvironmentFailedError) as caught:
        Overlays("python", "3.11").folder(PIN)

    assert ("uv", {"reason": "no such version"}) == (caught.value.code, caught.value.values)
    assert [] == list((tmp_path / "cache/provenfix/overlays").iterdir())


def test_script_finds_them_first(uv: Path, tmp_path: Path) -> None:
    """A cell runs on the package in the overlay; the answer says which version that was."""
    python = make(tmp_path / "environment")
    seen = "import colours; assert colours.__version__ == '2', colours.__version__"
    request = {
        "id": "cell",
        "name": "repro.py",
        "source": seen,
        "signatures": [],
        "expect": None,
        "env": {},
        "command": [],
        "arguments": [],
        "beside": {},
        "packages": PIN,
        "own_shm": False,
        "isolate": "process",
        "limits": {},
    }
    missing = subprocess.run([python, "-c", seen], capture_output=True, text=True, check=False)
    with Pool(str(python)) as pool:
        answer = pool.run(request)
        other = pool.run({**request, "packages": {}})
        place = pool.run({**request, "source": "import colours; print(colours.__file__)"})

    assert missing.stderr.endswith("ModuleNotFoundError: No module named 'colours'\n")
    assert ("passed", 1, {"colours": "2"}) == tuple(
        answer[key] for key in ("outcome", "asserts", "packages")
    )
    assert ("other_error", "ModuleNotFoundError") == (other["outcome"], other["exception"])
    assert "packages" not in other
    # Wherever the cache is, records say the same.
    (line,) = place["stdout"]
    assert line.startswith("<home>/.cache/provenfix/overlays/")


def test_no_uv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without uv it says so."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    with pytest.raises(EnvironmentFailedError, match="no_uv"):
        Overlays("python", "3.11").folder(PIN)
