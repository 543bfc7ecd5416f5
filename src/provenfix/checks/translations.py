"""The Chinese is of the English as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix import digest, translation
from provenfix.load import Source
from provenfix.problems import Problem
from provenfix.vocabulary import Vocabularies


def translations(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """Each Chinese field names, in `of`, the short hash of the English text that it translates."""
    for found in translation.stale(source):
        location = (*found.field.split("."), "of")
        was = source.documents["zh.yaml"].place(location).text
        now = digest.of_text(found.english)
        message = f'{found.field}.of must be "{now}", the hash of the English text (got "{was}")'
        tip = f"read the Chinese again, then: provenfix translate {found.entry} --accept"
        yield source.problem("zh.yaml", location, message, tip)
