"""What the site knows of itself, read from the repository."""

from __future__ import annotations

from pathlib import Path

from provenfix import gitdates
from provenfix.labels import LANGUAGES
from provenfix.render.files import DOCS, GENERATED_FOLDERS
from provenfix.render.site import Site


def read_site(root: Path, url: str) -> Site:
    """The site at an address, with the history of its sources and its hand-written pages.

    Args:
        root: The repository.
        url: The address (`SITE_URL`), with or without a slash at its end.
    """
    docs, end = root / DOCS, f".{LANGUAGES[0]}.md"
    files = (path.relative_to(docs) for path in sorted(docs.rglob(f"*{end}")))
    written = (path.as_posix() for path in files if path.parts[0] not in GENERATED_FOLDERS)
    return Site(
        url=url.rstrip("/") + "/",
        dates=gitdates.read(root),
        written=tuple(path.removesuffix(end) for path in written),
    )
