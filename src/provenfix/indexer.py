"""Pagefind's own program, kept running, so that it makes many indexes of words for one start."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Mapping
from typing import Any, Self

LEFT_OUT = (
    ".headerlink",
    ".pf-diff",
    ".pf-how",
    ".pf-printed",
    ".pf-scroll--versions",
    ".pf-verdict",
    "button",
    "details",
    "form",
)
"""Selectors of what nobody searches for: changes of code, whole programs, lists of evidence, and
what every page says of versions and machines: whoever types `ROCm` does not mean all of them."""

_PIECE = 1 << 20
"""Bytes of an answer that are read at once."""


class IndexingError(RuntimeError):
    """Pagefind could not make an index; holds what it said."""


class Indexer:
    """Speaks with `pagefind --service` as its packages for Python and Node do.

    It takes a third of a second to load what parts Chinese into words, and then knows it for all
    indexes. The package's own class for Python waits a tenth of a second for each answer.
    """

    def __enter__(self) -> Self:
        # Late: the package comes with the extra `site`, which the other commands can do without.
        from pagefind.service import get_executable

        program = get_executable()
        if program is None:
            raise IndexingError("the program pagefind is missing")
        try:
            self._process = subprocess.Popen(
                [program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise IndexingError(f"pagefind cannot be started: {error}") from error
        return self

    def __exit__(self, *_: object) -> None:
        # It ends with its input; killed, it cannot hold up a build that failed.
        self._process.kill()
        self._process.communicate()

    def index(self, documents: Mapping[str, str]) -> dict[str, bytes]:
        """The files of the index of documents, by path; the same ones for the same documents.

        Args:
            documents: URL below the site's root, with a slash in front -> HTML.

        Raises:
            IndexingError: Pagefind failed.
        """
        number = self._ask(type="NewIndex", config={"exclude_selectors": LEFT_OUT})["index_id"]
        # Pagefind numbers pages in the order in which they come.
        for url, html in sorted(documents.items()):
            self._ask(type="AddFile", index_id=number, url=url, file_contents=html)
        files = self._ask(type="GetFiles", index_id=number)["files"]
        self._ask(type="DeleteIndex", index_id=number)
        return {file["path"]: base64.b64decode(file["content"]) for file in files}

    def _ask(self, **payload: Any) -> dict[str, Any]:
        """The answer to a request; both are JSON in base64, and a comma ends each."""
        text = json.dumps({"message_id": 0, "payload": payload})
        sent, received = self._process.stdin, self._process.stdout
        assert sent is not None
        assert received is not None
        answer = bytearray()
        try:
            sent.write(base64.b64encode(text.encode()) + b",")
            sent.flush()
            while not answer.endswith(b","):
                piece = os.read(received.fileno(), _PIECE)
                if not piece:
                    raise IndexingError("pagefind ended before it answered")
                answer += piece
        except OSError as error:
            raise IndexingError(f"pagefind does not listen: {error}") from error
        result: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        if result["type"] == "Error":
            raise IndexingError(result["message"])
        return result
