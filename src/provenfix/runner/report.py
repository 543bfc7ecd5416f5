"""What the harness says of the main program; crosses from the script's process as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

LIMIT = 65_536
"""Characters of one message or traceback that are kept."""


@dataclass(frozen=True, slots=True)
class Error:
    """An exception.

    Args:
        exception: Name of its class, without the module.
        message: What `str` gives of it.
    """

    exception: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """How the main program ended.

    Args:
        error: The uncaught exception, if it ended by one.
        traceback: That exception as Python prints it.
        status: The exit status that it asked for.
        asserts: Distinct assert statements that it reached.
        seen: Exceptions that passed through one of its frames.
    """

    error: Error | None
    traceback: str
    status: int
    asserts: int
    seen: tuple[Error, ...]

    def to_bytes(self) -> bytes:
        """The report as JSON."""
        # Escaped to ASCII, because a message may hold characters that UTF-8 cannot encode.
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Report | None:
        """The report in JSON; None if it is none, as the program ended before or wrote there."""
        try:
            content = json.loads(data)
            if content.keys() != {field.name for field in fields(cls)}:
                return None
            error = content["error"] and Error(**content["error"])
            seen = tuple(Error(**item) for item in content["seen"])
            return cls(**{**content, "error": error, "seen": seen})
        except (ValueError, TypeError, AttributeError):
            return None
