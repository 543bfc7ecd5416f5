"""What `provenfix new` left to be written must be written."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.load import ENTRIES, Source
from provenfix.problems import Problem
from provenfix.scaffold import MARK
from provenfix.vocabulary import Vocabularies


def unfilled(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """No text and no script may still hold the mark of an unwritten one."""
    for document in source.documents.values():
        for location, place in document.places.items():
            if place.text and place.text.startswith(MARK):
                name = ".".join(map(str, location))
                yield document.problem(location, f"{name} must be written (got {place.text!r:.60})")
    for script in source.entry.scripts.values():
        first = script.text.partition("\n")[0].strip('"')
        if first.startswith(MARK):
            path = f"{ENTRIES}/{source.entry.slug}/{script.name}.py"
            yield Problem(path, 1, 1, f"must be written (got {first!r:.60})")
