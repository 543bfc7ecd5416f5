"""Our own sentences exist in both languages."""

from __future__ import annotations

import string

from provenfix.claims import ClaimKind
from provenfix.cli import group
from provenfix.fields import CAPABILITIES
from provenfix.labels import labels
from provenfix.standing import Reason
from provenfix.verdict import Verdict


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_same_keys_in_both_languages() -> None:
    """No sentence exists in one language only."""
    english, chinese = labels("en").sentences, labels("zh").sentences

    assert english.keys() == chinese.keys()


def test_same_placeholders_in_both_languages() -> None:
    """A translated sentence says the same figures and names."""
    english, chinese = labels("en").sentences, labels("zh").sentences
    different = [key for key in english if _fields(english[key]) != _fields(chinese[key])]

    assert [] == different


def test_every_status_word_has_a_sentence() -> None:
    """Verdicts, claim kinds, capabilities and commands can all be named in both languages."""
    keys = [f"verdict.{v}" for v in Verdict] + [f"claim.{k}" for k in ClaimKind]
    keys += [f"capability.{c}" for c in CAPABILITIES]
    keys += [f"cli.{c}.{part}" for c in group.COMMANDS for part in ("brief", "help", "examples")]

    known = labels("en").sentences.keys() & labels("zh").sentences.keys()

    assert set() == set(keys) - known


def test_chinese_sentences_are_chinese() -> None:
    """A sentence that was left in English is found: every Chinese one holds Han characters."""
    plain = [
        key
        for key, sentence in labels("zh").sentences.items()
        if not any("\u4e00" <= c <= "\u9fff" or c in "、：" for c in sentence)
    ]

    assert [] == plain


def test_reason_names_capabilities_in_words() -> None:
    """A waiting entry says what it waits for in the reader's words."""
    reason = Reason(code="needs", names=("cuda", "fork"))

    assert "需要一块 NVIDIA GPU、fork 启动方式，目前没有任何已记录的环境具备" == labels(
        "zh"
    ).reason(reason)
