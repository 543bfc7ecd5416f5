"""The rules, one by one, on an entry that is right but for one thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenfix import checks, digest
from provenfix.checks import safety
from provenfix.load import Loaded, load
from provenfix.match.anchors import anchor
from provenfix.model import PROTOCOL
from provenfix.records import Cell, Environment, Outcome, Record, Store

EMPTY = Store(environments={}, records={})
ENGLISH = {"title": "A tensor of one", "summary": "It is one.", "cause": "There was one."}
CHINESE = {"title": "一个张量", "summary": "只有一个。", "cause": "原本只有一个。"}


def _files(slug: str = "one") -> dict[str, str]:
    words = "".join(f"{key}: {text}\n" for key, text in ENGLISH.items())
    claims = {"fix_a": ("Do it", "It works", "Time"), "nofix_b": ("Try it", "It does not", None)}
    en, zh = words + "claims:\n", ""
    for key, text in ENGLISH.items():
        zh += f'{key}: {{of: "{digest.of_text(text)}", text: {CHINESE[key]}}}\n'
    zh += "claims:\n"
    for name, texts in claims.items():
        en += f"  {name}:\n"
        zh += f"  {name}:\n"
        for key, text in zip(("title", "text", "cost"), texts, strict=True):
            if text:
                en += f"    {key}: {text}\n"
                zh += f'    {key}: {{of: "{digest.of_text(text)}", text: 中文}}\n'
    entry = (
        "group: g\nsignatures:\n- {exception: RuntimeError, pattern: 'exactly the number one'}\n"
        "claims:\n  fix_a: {claim: fixes}\n  nofix_b: {claim: same_error}\n"
        "references: [https://example.org/]\n"
    )
    scripts = {"repro.py": "raise RuntimeError\n", "nofix_b.py": "raise RuntimeError\n"}
    scripts["fix_a.py"] = "one = 1\nassert one == 1\n"
    files = {"entry.yaml": entry, "en.yaml": en, "zh.yaml": zh, **scripts}
    return {f"entries/{slug}/{name}": text for name, text in files.items()}


Build = Callable[..., Loaded]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Write entries, changed in places, and load them."""

    def write(changes: dict[str, tuple[str, str]] | None = None, **more: str) -> Loaded:
        files = {
            "environments.yaml": "ci: c\nenvironments: [{name: c, device: cpu, python: '3', "
            "torch: '2', build: cpu, numpy: '2', setuptools: '1'}]\n",
            "entries/groups.yaml": "g: {en: G, zh: 组}\n",
            "entries/glossary.yaml": "terms:\n"
            "- {en: leaf tensor, zh: 叶子张量}\n- {en: tensor, zh: 张量, avoid: [张亮]}\n",
            **_files(),
            **more,
        }
        for name, (before, after) in (changes or {}).items():
            key = f"entries/one/{name}"
            assert before in files[key]
            files[key] = files[key].replace(before, after)
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return load(tmp_path)

    return write


def _messages(loaded: Loaded, store: Store = EMPTY) -> list[str]:
    assert [] == loaded.problems
    return [problem.message for problem in checks.check(loaded, store)]


def test_right_entry_has_no_problem(build: Build) -> None:
    """The entry that all other cases spoil is right."""
    assert [] == _messages(build())


LONG = "x" * 80
FIX = "one = 1\nassert one == 1\n"
YOURS_ZH = {"zh.yaml": ("cause:", 'yours: {of: "", text: "是 `{1}`。"}\ncause:')}
SPOILED: dict[str, tuple[dict[str, tuple[str, str]], str]] = {
    "unknown group": (
        {"entry.yaml": ("group: g", "group: other")},
        "group must be one of g (got 'other')",
    ),
    "link to nowhere": (
        {"entry.yaml": ("references", "leads_to: [nowhere]\nreferences")},
        "leads_to must name other entries (got 'nowhere')",
    ),
    "link to itself": (
        {"entry.yaml": ("references", "confused_with: [one]\nreferences")},
        "confused_with must name other entries (got 'one')",
    ),
    "same reference twice": (
        {"entry.yaml": ("[https://example.org/]", "[https://e.org/, https://e.org/]")},
        "references must not repeat an item (got 'https://e.org/' twice)",
    ),
    "alias of an entry": (
        {"entry.yaml": ("references", "aliases: [one]\nreferences")},
        "aliases must be free (got 'one', which leads to one)",
    ),
    "character that no card can show": (
        {"zh.yaml": ("text: 一个张量", "text: 一个张量龘")},
        "title must hold characters of the cards' fonts only (got '龘' U+9F98)",
    ),
    "no anchor": (
        {"entry.yaml": ("exactly the number one", "the .* one")},
        "a pattern must hold 8 literal characters in a row that every match contains (got 'the ')",
    ),
    "lookaround": (
        {"entry.yaml": ("exactly the", "(?=x)exactly the")},
        "a pattern must not hold lookaround (got '(?=x)exactly the number one')",
    ),
    "fix that asserts nothing": (
        {"fix_a.py": (FIX, "one = 1\n")},
        "must assert the result of its work (got no assert)",
    ),
    "assert of a constant": (
        {"fix_a.py": ("assert one == 1", "assert True")},
        "an assert must look at a result (got a constant)",
    ),
    "long script": (
        {"fix_a.py": (FIX, FIX + "one = 1\n" * 39)},
        "must have at most 40 lines (got 41)",
    ),
    "script that does not compile": (
        {"fix_a.py": (FIX, "assert one ==\n")},
        "must compile (got: invalid syntax)",
    ),
    "dead end named as a fix": (
        {"entry.yaml": ("fix_a: {claim: fixes}", "fix_a: {claim: same_error}")},
        "claims.fix_a must be named fix_* if and only if it claims fixes",
    ),
    "long title": (
        {"en.yaml": ("A tensor of one", LONG)},
        "title must have at most 75 characters (got 80)",
    ),
    "invented figure": (
        {"en.yaml": ("It works", "It works 95 % of the time")},
        "claims.fix_a.text must hold no figure that no run printed (got '95 %')",
    ),
    "markup": (
        {"en.yaml": ("It works", "It <b>works</b>")},
        "claims.fix_a.text must be plain text with `backticks` only (got '<b>')",
    ),
    "cost that is missing": (
        {"en.yaml": ("    cost: Time\n", "")},
        "claims.fix_a must have the key 'cost': what it costs whoever uses it",
    ),
    "claim without English": (
        {"en.yaml": ("nofix_b", "nofix_c")},
        "claims must have the claim 'nofix_b'",
    ),
    "refused Chinese": (
        {"zh.yaml": ("一个张量", "一个张量张亮")},
        "title must say 张量 for 'tensor' (got 张亮)",
    ),
    "message of the reader in one language only": (
        {"en.yaml": ("cause:", "yours: It is `{1}`.\ncause:")},
        "yours must stand in both languages or in none",
    ),
    "message of the reader without a place": (
        {"en.yaml": ("cause:", "yours: It is one.\ncause:"), **YOURS_ZH},
        "yours must have a placeholder such as {1}",
    ),
    "message of the reader with other places in Chinese": (
        {"en.yaml": ("cause:", "yours: It is `{2}`.\ncause:"), **YOURS_ZH},
        "yours must have the same placeholders as in en.yaml",
    ),
    "message of the reader beyond the pattern": (
        {"en.yaml": ("cause:", "yours: It is `{1}`.\ncause:"), **YOURS_ZH},
        "yours must name variable parts of signature 1 (got {1})",
    ),
    "pattern whose parts have no order": (
        {
            "en.yaml": ("cause:", "yours: It is `{1}`.\ncause:"),
            "entry.yaml": ("number one'", "number one|exactly the number two'"),
            **YOURS_ZH,
        },
        "must have no alternatives outside of groups"
        " (got 'exactly the number one|exactly the number two')",
    ),
    "term without its Chinese": (
        {"zh.yaml": ("一个张量", "一个东西")},
        "title must use the agreed word for 'tensor': 张量",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_spoiled(build: Build, name: str) -> None:
    """Each mistake is found, whatever else it entails."""
    changes, expected = SPOILED[name]

    assert expected in _messages(build(changes))


DIAGNOSE = "diagnose_c: {claim: diagnoses, runs: cause_c, cause: c, fix: fix_a}"
CAUSES = {
    "entries/one/diagnose.py": "print(1)\n",
    "entries/one/cause_c.py": "raise RuntimeError\n",
}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (DIAGNOSE, "claims.diagnose_c must have a second cause beside it (got only 'c')"),
        (
            DIAGNOSE.replace("fix: fix_a", "fix: nofix_b"),
            "claims.diagnose_c.fix must be a claim that fixes (got 'nofix_b')",
        ),
        (
            f"{DIAGNOSE}\n  {DIAGNOSE.replace('diagnose_c', 'diagnose_d')}",
            "claims.diagnose_d.cause must differ from other causes (got 'c')",
        ),
        (
            DIAGNOSE.replace("diagnose_c", "fix_c"),
            "claims.fix_c must be named diagnose_* if and only if it claims diagnoses",
        ),
    ],
)
def test_diagnosis(build: Build, claims: str, expected: str) -> None:
    """A diagnosis tells two causes or more apart, each with a fix of the entry."""
    changes = {"entry.yaml": ("claims:", f"claims:\n  {claims}")}

    assert expected in _messages(build(changes, **CAUSES))


def test_program_of_a_cause_that_is_missing(build: Build) -> None:
    """The scripts of a diagnosis must be there, and one that no claim names must not."""
    changes = {"entry.yaml": ("claims:", f"claims:\n  {DIAGNOSE}")}
    messages = [problem.message for problem in build(changes).problems]
    unused = [*checks.check(build(**CAUSES), EMPTY)]

    assert [
        "must have a script cause_c.py beside it",
        "must have a script diagnose.py beside it",
    ] == (messages)
    assert ["entries/one/cause_c.py", "entries/one/diagnose.py"] == sorted(p.path for p in unused)


def test_stale_chinese_names_the_hash_and_the_command(build: Build) -> None:
    """A changed English text makes its Chinese stale, at the place of its hash."""
    loaded = build({"en.yaml": ("It is one.", "It was one.")})
    (problem,) = checks.check(loaded, EMPTY)
    old, new = digest.of_text("It is one."), digest.of_text("It was one.")

    assert (
        f'entries/one/zh.yaml:2:15: summary.of must be "{new}", the hash of the English text '
        f'(got "{old}")\n  tip: read the Chinese again, then: provenfix translate one --accept'
    ) == str(problem)


def test_longer_term_is_not_the_shorter_one(build: Build) -> None:
    """ "leaf tensor" asks for its own Chinese, which happens to end like that of "tensor"."""
    changes = {"en.yaml": ("A tensor", "A leaf tensor"), "zh.yaml": ("一个张量", "一个张量")}

    assert "title must use the agreed word for 'leaf tensor': 叶子张量" in _messages(build(changes))


def test_code_is_no_prose(build: Build) -> None:
    """Terms and figures inside `backticks` are code."""
    changes = {"en.yaml": ("It works", "Pass `tensor` and `95 %`")}

    assert ["claims.fix_a.text.of"] == [
        message.split(" ")[0] for message in _messages(build(changes))
    ]


def _store(loaded: Loaded, message: str, **more: object) -> Store:
    here = Environment(
        device="cpu", python="3", torch="2", build="cpu", numpy=None, setuptools=None,
        system="s", capabilities=(), gpu=None,
    )  # fmt: skip
    everything = ("files", "memory", "network", "processes", "time")
    content = {"contained": everything, "exception": "RuntimeError", "message": (message,), **more}
    records = {}
    for slug, source in loaded.sources.items():
        inputs = source.entry.inputs["repro"]
        cell = Cell(inputs=inputs, outcome=Outcome.RAISED, **content)  # type: ignore[arg-type]
        record = Record(entry=slug, environment=here.name, protocol=PROTOCOL, cells={"repro": cell})
        records[slug, here.name] = record
    return Store(environments={here.name: here}, records=records)


def test_signature_that_no_record_shows_needs_a_source(build: Build) -> None:
    """Once the error is recorded, a wording that was not seen must say where it was."""
    loaded = build()

    assert [] == _messages(loaded, _store(loaded, "got exactly the number one"))
    assert ["a signature that no recorded run shows must have a 'source'"] == _messages(
        loaded, _store(loaded, "something else")
    )


def test_signature_of_anothers_error_is_found(build: Build) -> None:
    """A pattern so wide that it matches another entry's recorded error is a problem."""
    two = {
        name: text.replace("exactly the number one", "exactly the number")
        for name, text in _files("two").items()
    }
    loaded = build(**two)
    found = _messages(loaded, _store(loaded, "exactly the number one"))

    assert "a signature must match its own error only (got that of one, too)" in found


def test_uncontained_record_is_refused(build: Build) -> None:
    """A record of a script that was not contained is a problem wherever it lies."""
    loaded = build()
    store = _store(loaded, "exactly the number one", contained=("memory", "time"))

    assert ["cells.repro must have run contained (lacking files, network, processes)"] == _messages(
        loaded, store
    )


def test_fresh_wants_every_cell_in_the_ci_column(build: Build) -> None:
    """`check --fresh` names every cell without a fresh record in the column that CI runs."""
    problems = checks.check(build(), EMPTY, only_fresh=True)

    assert [f"{name} must have a fresh record in c" for name in ("repro", "fix_a", "nofix_b")] == [
        problem.message for problem in problems
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|aa)+b",
        "(a*)*",
        "(x+x+)+y",
        r"(\w+\s?)*:",
        r"\d+\d+",
        r"\w+\d+",
        ".*.*x",
        "a*b?a*",
    ],
)
def test_patterns_that_backtrack_are_refused(pattern: str) -> None:
    """Repeats in repeats, and repeats in a row that take the same characters, are never safe."""
    assert list(safety.faults(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"shapes cannot be multiplied \(\d+x\d+ and \d+x\d+\)",
        r"got \[[^\]]*\] at entry \d+ and \[[^\]]*\] at entry \d+",
        r"Can't pickle local object '[^']*'",
        r"colou?r of (?:Tensor|Variable)",
        r"first .* and then .* last",
    ],
)
def test_patterns_as_entries_have_them_are_safe(pattern: str) -> None:
    """The shapes of real signatures pass."""
    assert [] == list(safety.faults(pattern))


@given(st.lists(st.sampled_from(["abc", r"\d", "[xy]", "(?:ab)", "z?", r"q{2}"]), min_size=1))
def test_anchor_is_in_every_match(parts: list[str]) -> None:
    """Whatever a pattern matches contains its anchor."""
    samples = {"abc": "abc", r"\d": "7", "[xy]": "y", "(?:ab)": "ab", "z?": "", r"q{2}": "qq"}
    pattern, text = "".join(parts), "".join(samples[part] for part in parts)
    found = re.search(pattern, text)

    assert found is not None
    assert anchor(pattern) in found[0]


@given(st.sampled_from("ab.*+?()[]|x"), st.text(alphabet="ab.*+?()|x", max_size=12))
def test_safety_judges_every_pattern_that_compiles(first: str, rest: str) -> None:
    """No pattern makes the analysis itself fail."""
    try:
        re.compile(first + rest)
    except re.error:
        return

    assert isinstance(list(safety.faults(first + rest)), list)
