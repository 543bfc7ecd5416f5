"""An entry's words in one language, with what is stale marked."""

from __future__ import annotations

from dataclasses import dataclass

from provenfix import digest
from provenfix.labels import Language
from provenfix.model import ClaimWords, Entry, TranslatedClaim, Translation


@dataclass(frozen=True, slots=True)
class Text:
    """A text for readers; `stale` says that the English changed since it was translated."""

    text: str
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTexts:
    """The words on one claim."""

    title: Text
    text: Text
    cost: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTexts:
    """The words of one entry."""

    title: Text
    summary: Text
    yours: Text | None
    cause: Text
    claims: dict[str, ClaimTexts]


def title(entry: Entry, language: Language) -> Text:
    """The entry's title in a language, which lists need without the rest."""
    if language == "en":
        return Text(entry.en.title)
    return _translated(entry.zh.title, entry.en.title)


def texts(entry: Entry, language: Language) -> EntryTexts:
    """The entry's words in a language."""
    if language == "en":
        claims = {name: _english(words) for name, words in entry.en.claims.items()}
        summary, cause = map(Text, (entry.en.summary, entry.en.cause))
        yours = Text(entry.en.yours) if entry.en.yours else None
    else:
        claims = {n: _chinese(words, entry.en.claims[n]) for n, words in entry.zh.claims.items()}
        summary = _translated(entry.zh.summary, entry.en.summary)
        cause = _translated(entry.zh.cause, entry.en.cause)
        chinese = entry.zh.yours
        yours = _translated(chinese, entry.en.yours or "") if chinese else None
    return EntryTexts(
        title=title(entry, language), summary=summary, yours=yours, cause=cause, claims=claims
    )


def _english(words: ClaimWords) -> ClaimTexts:
    cost = Text(words.cost) if words.cost else None
    return ClaimTexts(title=Text(words.title), text=Text(words.text), cost=cost)


def _chinese(words: TranslatedClaim, english: ClaimWords) -> ClaimTexts:
    return ClaimTexts(
        title=_translated(words.title, english.title),
        text=_translated(words.text, english.text),
        cost=_translated(words.cost, english.cost or "") if words.cost else None,
    )


def _translated(translation: Translation, english: str) -> Text:
    return Text(translation.text, translation.of != digest.of_text(english))
