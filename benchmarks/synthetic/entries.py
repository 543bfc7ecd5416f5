"""Entries of made-up operators: the same number gives the same entry, in a house of any size."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Template
from typing import Any

import yaml

from provenfix import digest
from provenfix.model import Entry, Facts, Script, Translations, Words

SEED = 6
FIXES = DEAD_ENDS = 2
_MISTAKE = "$state = torch.ops.$operator($state, size=$b)"
_WORDS = Path(__file__).with_name("words.yaml")
_BEGINNING = re.compile(r"(?:^|(?<=\. ))[a-z](?=[a-z]* )")
_SPECIAL = re.compile(r"[\\.^*+?{}\[\]|()]")
Pair = tuple[str, str]
"""A text in English and in Chinese."""


@dataclass(frozen=True, slots=True)
class Made:
    """An entry, and what a run of it prints.

    Args:
        call: What the failing line of its programs holds.
        messages: The error as newer versions print it, and as older ones do, if that differs.
        others: Exception and message of the other errors, by claim.
    """

    entry: Entry
    files: dict[str, str]
    call: str
    messages: tuple[str, ...]
    others: dict[str, Pair]


def entries(number: int, groups: list[str]) -> Iterator[Made]:
    """So many entries, spread over the groups.

    Raises:
        ValueError: There are not so many operators.
    """
    names = operators()
    if number > len(names):
        raise ValueError(f"must be at most {len(names)} (got {number})")
    for index in range(number):
        beside = index + 1 if index % 2 == 0 else index - 1
        related = [slug(names[other]) for other in (beside, index + 7) if other < number]
        yield _Draw(index, names[index]).entry(groups[index % len(groups)], related)


def operators() -> list[str]:
    """All names of operators, mixed; none is part of another."""
    names = ["_".join(parts) for parts in product(*vocabulary()["operator"])]
    random.Random(SEED).shuffle(names)
    return names


def slug(operator: str) -> str:
    """The slug of the entry on an operator."""
    return operator.replace("_", "-") + "-call"


@cache
def vocabulary() -> dict[str, Any]:
    """What entries are made of."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    words: dict[str, Any] = yaml.load(_WORDS.read_text("utf-8"), loader)
    return words


class _Draw:
    """What was drawn for one entry: identifiers, numbers, things, the error, the advice."""

    def __init__(self, index: int, operator: str) -> None:
        words, self._index, self._operator = vocabulary(), index, operator
        self._chance = chance = random.Random(f"{SEED} {index}")
        common: dict[str, Any] = {"operator": operator}
        common |= {name: chance.choice(some) for name, some in words["names"].items()}
        common |= {name: chance.randint(*ends) for name, ends in words["numbers"].items()}
        things = chance.sample(words["things"], 6)
        slots = ("one", "two", "three", "four", "five", "six")
        english, chinese = (
            dict(zip(slots, some, strict=True)) for some in zip(*things, strict=True)
        )
        self._names = (common | english, common | chinese)
        self._error, self._program = map(chance.choice, (words["messages"], words["programs"]))
        # Every tenth error changes its words in a later version.
        self._wordings = ("now", "before") if index % 10 == 0 else ("now",)
        self._exception = chance.choice(words["exceptions"])
        advice = [("fix", some) for some in chance.sample(words["fixes"], FIXES)]
        advice += [("nofix", some) for some in chance.sample(words["dead_ends"], DEAD_ENDS)]
        self._claims = {f"{kind}_{some['key']}": some for kind, some in advice}

    def entry(self, group: str, related: list[str]) -> Made:
        """The entry, with the texts of its files."""
        texts = self._texts()
        trees = {
            "entry.yaml": self._facts(group, related),
            "en.yaml": self._english(texts),
            "zh.yaml": self._chinese(texts),
        }
        programs = {"repro": self._script([_MISTAKE])}
        programs |= {name: self._script(some["code"]) for name, some in self._claims.items()}
        errors = {name: some["error"] for name, some in self._claims.items() if "error" in some}
        return Made(
            entry=self._model(trees, programs),
            files={name: _yaml(tree) for name, tree in trees.items()}
            | {f"{name}.py": text for name, text in programs.items()},
            call=f"{self._operator}(",
            messages=tuple(self._say(self._error[name]) for name in self._wordings),
            others={name: (error[0], self._say(error[1])) for name, error in errors.items()},
        )

    def _facts(self, group: str, related: list[str]) -> dict[str, Any]:
        patterns = [self._pattern(self._error[name]) for name in self._wordings]
        names = ("confused_with", "leads_to")
        return {
            "group": group,
            "signatures": [{"exception": self._exception, "pattern": text} for text in patterns],
            "claims": {name: self._claim(some) for name, some in self._claims.items()},
            **{name: [other] for name, other in zip(names, related, strict=False)},
            "references": [f"https://example.org/issues/{self._index}"],
        }

    def _model(self, texts: dict[str, Any], programs: dict[str, str]) -> Entry:
        """What evidence is bound to: the entry as it would be loaded."""
        return Entry(
            slug=slug(self._operator),
            facts=Facts.model_validate(texts["entry.yaml"]),
            en=Words.model_validate(texts["en.yaml"]),
            zh=Translations.model_validate(texts["zh.yaml"]),
            scripts={
                name: Script(name=name, data=text.encode()) for name, text in programs.items()
            },
        )

    def _claim(self, some: dict[str, Any]) -> dict[str, Any]:
        claim = {"claim": some.get("kind", "fixes")}
        if "error" in some:
            exception, _, pattern = some["error"]
            claim |= {"exception": exception, "pattern": self._pattern(pattern)}
        if "measure" in some:
            claim["measure"] = some["measure"]
        if self._index % 7 == 3 and some is vocabulary()["fixes"][0]:
            claim["requires"] = {"torch": ">=2.6"}
        return claim

    def _texts(self) -> dict[str, Any]:
        """The words of the page, as pairs of templates."""
        words, pick = vocabulary(), self._chance.choice
        texts = {"title": self._error["title"], "summary": pick(words["summaries"])}
        if self._index % 3 == 0:
            texts["yours"] = pick(words["yours"])
        causes = [pick(part) for part in words["causes"]]
        texts["cause"] = tuple("\n\n".join(part) for part in zip(*causes, strict=True))
        costs = iter(self._chance.sample(words["costs"], len(self._claims)))
        texts["claims"] = {
            name: {"title": some["title"], "text": some["text"]}
            | ({"cost": next(costs)} if _works(some) else {})
            for name, some in self._claims.items()
        }
        return texts

    def _english(self, tree: Any) -> Any:
        if isinstance(tree, dict):
            return {name: self._english(part) for name, part in tree.items()}
        return _capital(self._say(tree[0]))

    def _chinese(self, tree: Any) -> Any:
        if isinstance(tree, dict):
            return {name: self._chinese(part) for name, part in tree.items()}
        return {"of": digest.of_text(self._english(tree)), "text": self._say(tree[1], 1)}

    def _say(self, template: str, language: int = 0) -> str:
        return Template(template).substitute(self._names[language])

    def _pattern(self, message: str) -> str:
        """The pattern of a message: its numbers are open."""
        names = {k: v for k, v in self._names[0].items() if not isinstance(v, int)}
        literal = _SPECIAL.sub(r"\\\g<0>", Template(message).safe_substitute(names))
        return re.sub(r"\$\w+", r"\\d+", literal)

    def _script(self, code: list[str]) -> str:
        """A program with these lines where its mistake is."""
        about = self._say(self._chance.choice(vocabulary()["docstrings"]))
        found = re.search(r"^( *)@\n", self._program, re.MULTILINE)
        assert found, "a program must have a line '@'"
        lines = "".join(f"{found[1]}{line}\n" for line in code)
        before, after = self._program[: found.start()], self._program[found.end() :]
        return f'"""{_capital(about)}"""\n\n{self._say(before + lines + after)}'


def _works(some: dict[str, Any]) -> bool:
    return some.get("kind") in (None, "works_at_a_cost")


def _capital(text: str) -> str:
    """Sentences that may begin with a thing; names of operators keep their small letter."""
    return _BEGINNING.sub(lambda found: found[0].upper(), text)


def _yaml(tree: dict[str, Any], depth: int = 0) -> str:
    """YAML in blocks; texts are written as in JSON, which YAML reads alike."""
    text = ""
    for name, value in tree.items():
        inside = isinstance(value, dict)
        written = "" if inside else f" {json.dumps(value, ensure_ascii=False)}"
        text += f"{'  ' * depth}{name}:{written}\n" + (_yaml(value, depth + 1) if inside else "")
    return text
