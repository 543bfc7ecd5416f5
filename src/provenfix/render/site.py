"""What the site as a whole has: its address. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site that pages are rendered for.

    Args:
        url: Its absolute address, with a slash at its end (`SITE_URL`).

    Raises:
        ValueError: The address has no slash at its end.
    """

    url: str

    def __post_init__(self) -> None:
        """An address without its slash would lose its last folder in every link."""
        if not self.url.endswith("/"):
            raise ValueError(f"a site's address must end with a slash (got {self.url!r})")


LOCAL = Site(url="http://127.0.0.1:8000/")
"""A site that nobody published, as in mkdocs.yml."""
