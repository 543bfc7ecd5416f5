"""A user's script with the real torch: the answer stands below its own traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.cpu
def test_script_with_torch_is_answered(tmp_path: Path) -> None:
    """A copy of an entry's repro is anybody's program: it dies as under Python, and is answered."""
    script = tmp_path / "train.py"
    script.write_bytes((ROOT / "entries" / "backward-twice" / "repro.py").read_bytes())
    plain, ours = (
        subprocess.run(
            [sys.executable, *command, str(script)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        for command in ([], ["-m", "provenfix", "run", "--lang", "en"])
    )

    assert (1, 1) == (plain.returncode, ours.returncode)
    answer = ours.stderr.removeprefix(plain.stderr)
    assert "provenfix explain backward-twice" in answer
    assert answer.startswith("\nprovenfix knows this error: ")
