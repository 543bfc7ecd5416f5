"""The YAML files of an entry, which stay packed in a cache until somebody looks into them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from typing import cast

from provenfix.strictyaml import Document


class Documents(Mapping[str, Document]):
    """Documents by the name of their file.

    The places of all values are most of an entry, and only problems need them. So they are pickled
    by themselves, and one that was remembered is unpickled when it is asked for.

    Args:
        documents: The documents; or all of them, pickled.
    """

    def __init__(self, documents: dict[str, Document] | bytes) -> None:
        self._documents = documents

    def _opened(self) -> dict[str, Document]:
        documents = self._documents
        if isinstance(documents, bytes):
            self._documents = documents = cast("dict[str, Document]", pickle.loads(documents))
        return documents

    def __getitem__(self, name: str) -> Document:
        return self._opened()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened())

    def __len__(self) -> int:
        return len(self._opened())

    def __reduce__(self) -> tuple[type[Documents], tuple[bytes]]:
        packed = self._documents
        if not isinstance(packed, bytes):
            packed = pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)
        return Documents, (packed,)
