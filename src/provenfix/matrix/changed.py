"""Which entries changed since a git revision."""

from __future__ import annotations

import subprocess
from pathlib import Path

from provenfix.load import ENTRIES


class RevisionError(Exception):
    """git does not know the revision, or this is no git repository; holds what git said."""


def changed(root: Path, revision: str) -> frozenset[str]:
    """The slugs of the entries with a file that differs from a revision, new files included.

    Args:
        root: The repository.
        revision: Anything that git takes for a commit.

    Raises:
        RevisionError: There is no such revision.
    """
    # First this one, as outside a repository `git diff` takes its arguments for files.
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--", ENTRIES)
    # Without renames, which would name only the entry that a file moved to.
    names = ("diff", "--name-only", "--no-renames", "--relative", "--end-of-options")
    tracked = _git(root, *names, revision, "--", ENTRIES)
    parts = [Path(line).parts for line in tracked + new]
    return frozenset(part[1] for part in parts if len(part) > 2)


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise RevisionError("git is not installed") from error
    if done.returncode:
        raise RevisionError(done.stderr.strip().partition("\n")[0])
    return done.stdout.splitlines()
