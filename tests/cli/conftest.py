"""A small repository with one quick entry, and the command line run in it as a user would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from provenfix import digest

TITLE, SUMMARY, CAUSE = "Totals of nothing", "Nothing was given.", "An empty list has no mean."
FILES = {
    "environments.yaml": """\
ci: cpu-torch-2.13.0
environments:
  - {name: cpu-torch-2.13.0, device: cpu, python: "3.11", torch: "2.13.0", build: cpu,
     numpy: "2.4.6", setuptools: "84.2.1"}
""",
    "entries/groups.yaml": "sums: {en: Sums, zh: 求和}\n",
    "entries/glossary.yaml": "terms: []\n",
    "entries/empty-mean/entry.yaml": """\
group: sums
signatures:
  - {exception: RuntimeError, pattern: 'cannot take the mean of nothing'}
claims:
  fix_default: {claim: fixes}
  fix_guard: {claim: fixes}
  nofix_retry: {claim: same_error}
  nofix_zero: {claim: silent}
references: [https://example.org/mean]
""",
    "entries/empty-mean/repro.py": """\
def mean(values):
    if not values:
        raise RuntimeError("cannot take the mean of nothing")
    return sum(values) / len(values)


print(mean([]))
""",
    "entries/empty-mean/fix_default.py": """\
def mean(values, default=0.5):
    return sum(values) / len(values) if values else default


result = mean([])
print(result)
assert result == 0.5
""",
    "entries/empty-mean/fix_guard.py": """\
values = []
result = sum(values) / len(values) if values else None
assert result is None
""",
    "entries/empty-mean/nofix_retry.py": """\
for attempt in range(2):
    if attempt:
        raise RuntimeError("cannot take the mean of nothing")
""",
    "entries/empty-mean/nofix_zero.py": """\
result = sum([]) / (len([]) or 1)
assert result == 0, "zero, though there is no mean"
""",
}
KEYS = ("title", "text", "cost")
CLAIMS = {
    "fix_default": ("Give a default", "It is used when there is nothing.", "A made-up value."),
    "fix_guard": ("Look before you divide", "An empty list is seen first.", "One more line."),
    "nofix_retry": ("Trying again", "Nothing has come in the meantime.", None),
    "nofix_zero": ("Dividing by one instead", "Then the mean of nothing is zero.", None),
}


def _words() -> tuple[str, str]:
    """en.yaml and zh.yaml of the entry, the Chinese up to date."""
    english: dict[str, Any] = {"title": TITLE, "summary": SUMMARY, "cause": CAUSE}
    english["claims"] = {
        name: {key: text for key, text in zip(KEYS, words, strict=True) if text}
        for name, words in CLAIMS.items()
    }

    def chinese(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: chinese(item) for key, item in value.items()}
        return {"of": digest.of_text(value), "text": "一段中文"}

    return _yaml(english), _yaml(chinese(english))


def _yaml(value: Any) -> str:
    """The value as YAML; JSON is YAML, so no YAML writer is needed."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _write_house(root: Path) -> Path:
    english, chinese = _words()
    files = {
        **FILES,
        "entries/empty-mean/en.yaml": english,
        "entries/empty-mean/zh.yaml": chinese,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def _provenfix(root: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "provenfix", *arguments],
        cwd=root,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )


Provenfix = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small repository, without evidence."""
    return _write_house(tmp_path / "house")


@pytest.fixture(scope="session")
def evidence_of_a_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence that a real run of the small repository leaves."""
    root = _write_house(tmp_path_factory.mktemp("recorded"))
    ran = _provenfix(root, "run", "--record")
    assert ran.returncode == 0, ran.stderr
    return root / "evidence"


@pytest.fixture
def recorded(repository: Path, evidence_of_a_run: Path) -> Path:
    """The record of the small repository's entry, in place."""
    shutil.copytree(evidence_of_a_run, repository / "evidence")
    return next((repository / "evidence" / "empty-mean").glob("*.json"))


@pytest.fixture
def provenfix(repository: Path) -> Provenfix:
    """Run `provenfix` in the small repository."""
    return partial(_provenfix, repository)
