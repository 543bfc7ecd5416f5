"""A fresh interpreter, which has no threads: what forks only where that is safe does fork there."""

from __future__ import annotations

import subprocess
import sys
import textwrap


def said(program: str) -> str:
    """What a program prints in it.

    Args:
        program: Its source; it may be indented.

    Raises:
        AssertionError: It failed, or complained.
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (0, "") == (ran.returncode, ran.stderr)
    return ran.stdout
