"""Templates as they were compiled before: to compile them takes longer than a small site."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from provenfix.cache import Cache

_FOLDER = "templates"


class Compiled(BytecodeCache):
    """Compiled templates on disk.

    Args:
        cache: Where they lie.
        kind: What they are compiled for; the same template may be compiled in several ways.
    """

    def __init__(self, cache: Cache, kind: str) -> None:
        self._cache, self._kind = cache, kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is known of a template, if its source is as it was."""
        code = self._cache.get(self._name(bucket), bucket.checksum)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self._cache.put(self._name(bucket), bucket.checksum, bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return f"{_FOLDER}/{self._kind}-{bucket.key}"
