"""Every sentence that we print or show ourselves, in both languages; entries bring their own."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from provenfix.standing import Reason

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Labels:
    """The sentences of one language.

    Args:
        language: `en` or `zh`.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        name = f"labels.{language}.yaml"
        text = resources.files("provenfix").joinpath(name).read_text("utf-8")
        # The C loader: this is read by every command, and is most of what some of them do.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.sentences: dict[str, str] = dict(_flat(yaml.load(text, loader)))
        self._ready: dict[str, str] = {}

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a dotted key, with its `{names}` filled in.

        Raises:
            KeyError: There is no such sentence.
        """
        if values:
            return self.sentences[key].format(**values)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = self.sentences[key].format()
        return ready

    def reason(self, reason: Reason) -> str:
        """The sentence of a reason."""
        names = [self.sentences.get(f"capability.{name}", name) for name in reason.names]
        return self(f"reason.{reason.code}", names=self("list_separator").join(names))


@cache
def labels(language: Language) -> Labels:
    """The sentences of a language, read once."""
    return Labels(language)


def _flat(tree: dict[str, Any], prefix: str = "") -> Any:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
