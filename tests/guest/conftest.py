"""The wheel of this repository, installed in an empty folder and used from elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KNOWN = "backward-twice"
"""An entry that is published."""

Ran = subprocess.CompletedProcess[str]
Python = Callable[..., Ran]


def recorded(slug: str) -> dict[str, Any]:
    """What repro.py of an entry did in the last of the environments that raised its error."""
    records = (
        json.loads(p.read_text("utf-8")) for p in sorted((ROOT / "evidence" / slug).iterdir())
    )
    cells = [record["cells"]["repro"] for record in records]
    return next(cell for cell in reversed(cells) if cell["outcome"] == "raised")


MESSAGE = "\n".join(recorded(KNOWN)["message"])
FAILS = f"raise RuntimeError({MESSAGE!r})\n"
"""A program that dies of the known error, without torch."""


def told(ran: Ran) -> tuple[int, str, str]:
    """All that a program says: exit status, output, errors; without what lies where in memory."""
    passing = re.compile("0x[0-9a-f]{6,}|object refcount : [0-9]+")
    out, err = (passing.sub("...", text) for text in (ran.stdout, ran.stderr))
    return ran.returncode, out, err


def pip(*arguments: str | Path, **env: str) -> None:
    """Run pip, which must find all it needs on this machine."""
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", **env}
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", *map(str, arguments)],
        env=os.environ | settings,
        check=True,
        timeout=300,
    )


def make_wheel(source: Path, folder: Path, **env: str) -> Path:
    """The wheel of a source tree or an sdist."""
    pip("wheel", source, "--no-build-isolation", "--no-deps", "--wheel-dir", folder, **env)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository, for a site that nobody has published."""
    return make_wheel(ROOT, tmp_path_factory.mktemp("wheel"), SITE_URL="http://127.0.0.1:8000/")


@pytest.fixture(scope="session")
def package(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel, installed, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--target", folder, wheel)
    return folder


def python_in(package: Path, folder: Path) -> Python:
    """A Python with the package but without any other: `-S` leaves out this environment's own."""

    def run(*arguments: str, env: Mapping[str, str] | None = None, site: bool = False) -> Ran:
        settings = {"PYTHONPATH": str(package), "PYTHONUTF8": "1", **(env or {})}
        return subprocess.run(
            [sys.executable, *([] if site else ["-S"]), *arguments],
            cwd=folder,
            env=_clean(os.environ) | settings,
            input="",
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            timeout=120,
        )

    return run


def _clean(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without what decides how we speak."""
    ours = ("PROVENFIX_LANG", "PROVENFIX_SITE", "SITE_URL", "NO_COLOR", "PYTHONSAFEPATH")
    return {name: value for name, value in env.items() if name not in ours}


@pytest.fixture
def python(package: Path, tmp_path: Path) -> Python:
    """Python in an empty working folder, with the package."""
    return python_in(package, tmp_path)


@pytest.fixture(scope="session")
def shipped(package: Path) -> dict[str, Any]:
    """The data in the wheel."""
    found: dict[str, Any] = json.loads((package / "provenfix" / "entries.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def answers(package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is printed below a traceback that ends in MESSAGE, by language."""
    python = python_in(package, tmp_path_factory.mktemp("answers"))
    code = f"import provenfix; print('', *provenfix.explain({MESSAGE!r}, LANG).short(), sep='\\n')"
    return {lang: python("-c", code.replace("LANG", repr(lang))).stdout for lang in ("en", "zh")}
