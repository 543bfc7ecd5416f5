"""Files are replaced whole or not at all, and only if their content changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from provenfix.runner import leftovers


def replace(path: Path, text: str) -> bool:
    """Replace a file's content atomically; leave the file alone if it already holds the text.

    Returns:
        Whether the file changed.
    """
    return replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """The same for what is no text.

    Args:
        path, data: The file and its new content.
        durable: Wait until the disk has it; a loss of power then finds the old or the new content.
            What writers of this file left that were killed meanwhile is removed.
    """
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if durable:
        _remove_left(path)
    prefix = f".{path.name}.{os.getpid()}."
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def _remove_left(path: Path) -> None:
    """Remove the temporary files of a file whose writers are gone."""
    prefix = f".{path.name}."
    for left in path.parent.iterdir():
        if left.name.startswith(prefix):
            writer = left.name.removeprefix(prefix).partition(".")[0]
            if writer.isdecimal() and not leftovers.alive(int(writer)):
                left.unlink(missing_ok=True)


def below(folder: Path) -> tuple[dict[str, os.stat_result], list[str]]:
    """All files below a folder, and all folders in it; none if it does not exist.

    Returns:
        What the file system says of each file, by its path below the folder, with forward slashes;
        and the paths of the folders, outer ones first.
    """
    stats: dict[str, os.stat_result] = {}
    folders = [""]
    for parent in folders if folder.exists() else ():
        with os.scandir(f"{folder}/{parent}") as found:
            for one in found:
                path = f"{parent}/{one.name}" if parent else one.name
                if one.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    stats[path] = one.stat(follow_symlinks=False)
    return stats, folders[1:]


def put(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files of a folder that is published whole: nobody reads them half-written.

    Args:
        folder: The folder.
        texts: Path below it, with forward slashes -> text.
    """
    for parent in {os.path.dirname(path) for path in texts}:
        os.makedirs(f"{folder}/{parent}", exist_ok=True)
    for path, text in texts.items():
        with open(f"{folder}/{path}", "wb", buffering=0) as file:
            file.write(text.encode())


def renew(path: Path, text: str) -> bool:
    """Like `replace`, for what can be made again: it does not wait for the disk.

    Returns:
        Whether the file changed.
    """
    return replace_bytes(path, text.encode(), durable=False)


def join(parts: Iterable[Path], path: Path) -> str:
    """Write the content of files one after another into another one, which need not fit in memory.

    Returns:
        Its SHA-256, as hexadecimal digits.
    """
    known = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for part in parts:
            data = part.read_bytes()
            known.update(data)
            file.write(data)
    return known.hexdigest()
