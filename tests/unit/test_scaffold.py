"""A new entry is complete, and says politely what it waits for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from provenfix import scaffold
from provenfix.model import Facts, Translations, Words

FILES = scaffold.files(
    "my-error", "torch.cuda.OutOfMemoryError: CUDA out of memory (it's [full]).", "shapes"
)


def test_files_fit_their_models() -> None:
    """What `new` writes loads without a problem of form."""
    facts = Facts.model_validate(yaml.safe_load(FILES["entry.yaml"]))
    Words.model_validate(yaml.safe_load(FILES["en.yaml"]))
    Translations.model_validate(yaml.safe_load(FILES["zh.yaml"]))

    assert "OutOfMemoryError" == facts.signatures[0].exception


def test_first_signature_matches_the_message() -> None:
    """The pattern made from the message finds that message, whatever characters it holds."""
    facts = Facts.model_validate(yaml.safe_load(FILES["entry.yaml"]))

    assert re.search(facts.signatures[0].pattern, "CUDA out of memory (it's [full]).")


@pytest.mark.parametrize("name", ["repro.py", "fix_example.py", "nofix_example.py"])
def test_scripts_fail_politely(name: str, tmp_path: Path) -> None:
    """An unwritten script ends with one sentence and status 1, without a traceback."""
    script = tmp_path / name
    script.write_text(FILES[name], "utf-8")
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    assert 1 == ran.returncode
    assert ran.stderr.startswith(f"entries/my-error/{name} is not written yet: ")
    assert 1 == len(ran.stderr.splitlines())


@pytest.mark.parametrize(
    ("slug", "group", "expected"),
    [
        ("my-error", "shapes", None),
        ("my-error", None, None),
        ("My_Error", None, "bad_slug"),
        ("my.error", None, "bad_slug"),
        ("a" * 61, None, "bad_slug"),
        ("there", None, "taken"),
        ("my-error", "nowhere", "bad_group"),
    ],
)
def test_refusal(slug: str, group: str | None, expected: str | None) -> None:
    """Bad slugs, taken slugs and unknown groups are refused before anything is written."""
    assert expected == scaffold.refusal(slug, group, {"there"}, {"shapes"})
