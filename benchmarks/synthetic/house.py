"""A temporary house: this repository's site around synthetic entries, with a history of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml

from provenfix import digest
from provenfix.load import COLUMNS, ENTRIES, EVIDENCE, load
from synthetic import evidence
from synthetic.entries import entries

REPOSITORY = Path(__file__).parents[2]
_VOCABULARIES = tuple(f"{ENTRIES}/{name}.yaml" for name in ("groups", "glossary"))
SITE = (COLUMNS, "docs", *_VOCABULARIES, "mkdocs.yml", "scripts")
"""What a build reads beside entries and evidence."""
_A_COMMIT = 40
_DAY = 86_400
_FIRST = 1_700_000_000


def make(root: Path, number: int) -> list[str]:
    """Make a house in an empty folder.

    Args:
        root: The folder.
        number: How many entries.

    Returns:
        Their slugs.
    """
    for name in _tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, root / name)
    # mkdocs.yml names folders of the package, to watch them.
    (root / "src").symlink_to(REPOSITORY / "src")
    bare = load(root).house()
    columns = evidence.columns(bare.columns)
    (root / COLUMNS).write_text(yaml.safe_dump(columns.model_dump(mode="json")), "utf-8")
    made = list(entries(number, list(bare.groups)))
    for one in made:
        folder = root / ENTRIES / one.entry.slug
        folder.mkdir()
        for name, text in one.files.items():
            (folder / name).write_text(text, "utf-8")
    evidence.write(root, made, evidence.environments(columns))
    slugs = [one.entry.slug for one in made]
    _commit(root, slugs)
    return slugs


def edit(root: Path, slug: str) -> None:
    """Change the English summary of one entry, and accept the Chinese, as an editor would."""
    folder = root / ENTRIES / slug
    english, chinese = ((folder / name).read_text("utf-8") for name in ("en.yaml", "zh.yaml"))
    line = next(line for line in english.splitlines() if line.startswith("summary: "))
    before = json.loads(line.removeprefix("summary: "))
    after = f"Edited. {before}"
    new = f"summary: {json.dumps(after, ensure_ascii=False)}"
    (folder / "en.yaml").write_text(english.replace(line, new), "utf-8")
    accepted = chinese.replace(digest.of_text(before), digest.of_text(after))
    (folder / "zh.yaml").write_text(accepted, "utf-8")


def _tracked() -> list[str]:
    """Files of the working tree, without what is generated."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SITE]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    names = ran.stdout.rstrip("\0").split("\0")
    return [name for name in names if (REPOSITORY / name).is_file()]


def _commit(root: Path, slugs: list[str]) -> None:
    """Give the house a history, which dates on pages, in feeds and the sitemap come from."""
    settings = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    git = ["git", "-c", "core.compression=0"]
    subprocess.run([*git, "init", "--quiet"], cwd=root, env=settings, check=True)
    importing = [*git, "fast-import", "--quiet"]
    with subprocess.Popen(importing, cwd=root, env=settings, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for part in _stream(root, slugs):
            process.stdin.write(part)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, importing)
    subprocess.run([*git, "read-tree", "HEAD"], cwd=root, env=settings, check=True)


def _stream(root: Path, slugs: list[str]) -> Iterator[bytes]:
    """The commits for `git fast-import`: the site, then the entries, some a day."""
    common = [root / name for name in _tracked()] + list((root / EVIDENCE).glob("environments/*"))
    rest, folders = iter(slugs), [common]
    while some := list(islice(rest, _A_COMMIT)):
        places = (root / top / slug for slug in some for top in (ENTRIES, EVIDENCE))
        folders.append([path for place in places for path in sorted(place.iterdir())])
    for day, paths in enumerate(folders):
        yield b"commit HEAD\n"
        yield f"committer Synthetic <synthetic@example.org> {_FIRST + day * _DAY} +0000\n".encode()
        yield b"data 0\n"
        for path in paths:
            data = path.read_bytes()
            yield f"M 644 inline {path.relative_to(root)}\ndata {len(data)}\n".encode()
            yield data + b"\n"
