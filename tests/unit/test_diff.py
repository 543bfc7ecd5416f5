"""The diff of a fix is a patch."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from provenfix import diff
from provenfix.load import load
from provenfix.model import CONTROL

ROOT = Path(__file__).parents[2]
ENTRIES = load(ROOT).house().entries


def _fixes(*, same_program: bool) -> list[tuple[str, str]]:
    """The fixes that run the failing program itself in other surroundings, or all the others."""
    return [
        (slug, name)
        for slug, entry in ENTRIES.items()
        for name, claim in entry.facts.claims.items()
        if claim.is_fix and (entry.script_of(name) == entry.base_of(name)) is same_program
    ]


def _body(program: str) -> list[str]:
    """A program without its docstring, which the patch leaves alone."""
    return program.split('"""', 2)[2].splitlines()


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
@pytest.mark.parametrize(("slug", "fix"), _fixes(same_program=False))
def test_patch_makes_the_fix(tmp_path: Path, slug: str, fix: str) -> None:
    """`patch -p0` turns the program into the fix, and every hunk lies where the diff says."""
    entry = ENTRIES[slug]
    base = entry.base_of(fix)
    program = tmp_path / f"{base}.py"
    program.write_bytes(entry.scripts[base].data)
    ran = subprocess.run(
        ["patch", "-p0"],
        input=diff.of_claim(entry, fix) + "\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (0, f"patching file {base}.py\n") == (ran.returncode, ran.stdout)
    assert _body(entry.scripts[entry.script_of(fix)].text) == _body(program.read_text("utf-8"))


@pytest.mark.parametrize(("slug", "fix"), _fixes(same_program=True))
def test_fix_in_other_surroundings_has_no_diff(slug: str, fix: str) -> None:
    """A fix that starts the failing program in another way changes nothing in it."""
    assert "" == diff.of_claim(ENTRIES[slug], fix)


def test_claim_in_other_surroundings_has_no_diff() -> None:
    """A claim that starts repro.py itself in another way changes nothing in it."""
    entry = ENTRIES["backward-twice"]
    claim = entry.facts.claims["fix_detach_hidden"].model_copy(update={"script": CONTROL})
    facts = entry.facts.model_copy(update={"claims": {"fix_detach_hidden": claim}})

    assert "" == diff.of_claim(entry.model_copy(update={"facts": facts}), "fix_detach_hidden")
