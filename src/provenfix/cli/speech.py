"""The language of this run: `--lang`, else PROVENFIX_LANG, else English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provenfix.labels import LANGUAGES, Labels, Language, labels

_chosen: Labels = labels("en")


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for; English if none of ours is."""
    wanted = environment.get("PROVENFIX_LANG", "")
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if before == "--lang":
            wanted = argument
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return next((language for language in LANGUAGES if language == wanted), "en")


def use(language: Language) -> None:
    """Speak this language from now on."""
    global _chosen
    _chosen = labels(language)


def language() -> Language:
    """The language of this run."""
    return _chosen.language


def say(key: str, **values: object) -> str:
    """A sentence of labels.*.yaml in the language of this run."""
    return _chosen(key, **values)


def spoken() -> Labels:
    """All sentences in the language of this run."""
    return _chosen
