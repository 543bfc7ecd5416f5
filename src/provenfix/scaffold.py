"""The files of a new entry: each says what it waits for, and the scripts fail politely."""

from __future__ import annotations

import re
from collections.abc import Collection

from provenfix import digest
from provenfix.fields import SLUG

MARK = "FILL IN"
"""Stands in every text and script that nobody wrote yet; `provenfix check` refuses it."""

_SCRIPT = '''"""{mark}: {what}"""

raise SystemExit("{path} is not written yet: {what}")
'''
_SCRIPTS = {
    "repro": "the shortest realistic program that dies with this very error",
    "fix_example": "the same work, without the error; it asserts its result",
    "nofix_example": "advice that people give and that does not help",
}
_ENTRY = """\
# yaml-language-server: $schema=../../schemas/entry.schema.json
group: {group}
signatures:
  - exception: {exception}
    pattern: {pattern}
claims:
  fix_example: {{claim: fixes}}
  nofix_example: {{claim: same_error}}
references:
  - https://pytorch.org/docs/stable/
"""
_TEXTS = {
    "title": "the heart of the message, as people search for it",
    "summary": "what the error means, in one or two sentences",
    "cause": "why it happens, in about five lines",
}
_CLAIM_TEXTS = {
    "fix_example": ("title", "text", "cost"),
    "nofix_example": ("title", "text"),
}


def refusal(
    slug: str, group: str | None, taken: Collection[str], groups: Collection[str]
) -> str | None:
    """Why an entry cannot be made: `bad_slug`, `taken`, `bad_group`, or None if it can."""
    if not re.match(SLUG, slug) or len(slug) > 60:
        return "bad_slug"
    if slug in taken:
        return "taken"
    return "bad_group" if group is not None and group not in groups else None


def files(slug: str, message: str, group: str) -> dict[str, str]:
    """The files of a new entry, by name.

    Args:
        slug: The entry's slug.
        message: The error's last line as printed, with or without its exception's name.
        group: A key of groups.yaml.
    """
    exception, text = _split(message)
    pattern = "'" + re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text).replace("'", "''") + "'"
    scripts = {
        f"{name}.py": _SCRIPT.format(mark=MARK, what=what, path=f"entries/{slug}/{name}.py")
        for name, what in _SCRIPTS.items()
    }
    entry = _ENTRY.format(group=group, exception=exception, pattern=pattern)
    return {"entry.yaml": entry, "en.yaml": _english(), "zh.yaml": _chinese(), **scripts}


def _split(message: str) -> tuple[str, str]:
    found = re.match(r"^(?:[\w.]+\.)?([A-Za-z_]\w*): (.+)", message, re.DOTALL)
    exception, text = found.groups() if found else ("RuntimeError", message)
    return exception, text.splitlines()[0].strip()


def _english() -> str:
    lines = ["# yaml-language-server: $schema=../../schemas/en.schema.json"]
    lines += [f'{key}: "{MARK}: {what}"' for key, what in _TEXTS.items()]
    lines.append("claims:")
    for claim, keys in _CLAIM_TEXTS.items():
        lines += [f"  {claim}:", *(f'    {key}: "{MARK}"' for key in keys)]
    return "\n".join(lines) + "\n"


def _chinese() -> str:
    lines = ["# yaml-language-server: $schema=../../schemas/zh.schema.json"]
    lines += [_field(key, f"{MARK}: {what}") for key, what in _TEXTS.items()]
    lines.append("claims:")
    for claim, keys in _CLAIM_TEXTS.items():
        lines += [f"  {claim}:", *(f"    {_field(key, MARK)}" for key in keys)]
    return "\n".join(lines) + "\n"


def _field(key: str, english: str) -> str:
    return f'{key}: {{of: "{digest.of_text(english)}", text: "{MARK}"}}'
