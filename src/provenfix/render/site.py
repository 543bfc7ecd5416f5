"""What the site as a whole has: its address, its history, its hand-written pages. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from provenfix.gitdates import Dates
from provenfix.render.paths import built

NAME = "provenfix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site that pages are rendered for.

    Args:
        url: Its absolute address, with a slash at its end (`SITE_URL`).
        dates: When its sources changed, as far as the history tells.
        written: The hand-written pages: paths below docs/, without language and suffix;
            generated ones may be among them.

    Raises:
        ValueError: The address has no slash at its end.
    """

    url: str
    dates: Dates = field(default_factory=Dates)
    written: tuple[str, ...] = ()

    def address(self, path: str) -> str:
        """The absolute address of a file below docs/."""
        file = built(path)
        return self.url + (file.removesuffix("index.html") if path.endswith(".md") else file)

    def __post_init__(self) -> None:
        """An address without its slash would lose its last folder in every link."""
        if not self.url.endswith("/"):
            raise ValueError(f"a site's address must end with a slash (got {self.url!r})")


LOCAL = Site(url="http://127.0.0.1:8000/")
"""A site that nobody published, as in mkdocs.yml."""
