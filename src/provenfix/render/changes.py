"""The views of what changed: on an error's page, for each release, and the data of the chooser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from provenfix.history import History, Step
from provenfix.labels import Labels
from provenfix.render.links import link
from provenfix.render.paths import API, ERRORS, RELEASES, built
from provenfix.render.views import ChangeView, ReleasePage, ReleaseRow, Section, UpgradePage
from provenfix.standing import EntryStanding, Standing
from provenfix.states import Change, Kind
from provenfix.words import Text, texts

_SECTIONS = {
    "errors_appeared": (Kind.APPEARED,),
    "errors_vanished": (Kind.VANISHED, Kind.REPLACED),
    "errors_reworded": (Kind.REWORDED,),
    "fixes_started": (Kind.FIX_STARTED,),
    "fixes_stopped": (Kind.FIX_STOPPED,),
    "dead_ends": (Kind.DEAD_END_STARTED, Kind.DEAD_END_STOPPED, Kind.DEAD_END_REWORDED),
    "texts": (Kind.TEXT_APPEARED, Kind.TEXT_VANISHED),
}


def slug(version: str) -> str:
    """The name of a release's page; names of pages have no dots."""
    return f"pytorch-{version.replace('.', '-')}"


def page_of(version: str) -> str:
    """A release's page below docs/, without language and suffix."""
    return f"{RELEASES}/{slug(version)}"


def sentence(change: Change, entry: EntryStanding, say: Labels) -> str:
    """A change in words; `old` and `new` are shown beside it."""
    title = texts(entry.entry, say.language).claims[change.claim].title.text if change.claim else ""
    return say(f"change.{change.kind}", title=title)


def of_entry(entry: EntryStanding, history: History, say: Labels) -> tuple[ChangeView, ...]:
    """The changes of one error from release to release, the newest first."""
    standing = history.standing
    found = [
        _view(change, entry, standing, say, version=standing.environments[new].torch)
        for _, new, change in history.course(entry)
    ]
    return tuple(reversed(found))


def _view(
    change: Change, entry: EntryStanding, standing: Standing, say: Labels, version: str = ""
) -> ChangeView:
    return ChangeView(
        version=version,
        page=f"../{page_of(version)}.md" if version else "",
        entry=link(standing, entry.entry.slug, say),
        sentence=sentence(change, entry, say),
        old=change.old,
        new=change.new,
    )


def release(
    step: Step, older: Step | None, newer: Step | None, standing: Standing, say: Labels
) -> ReleasePage:
    """The page of a release, compared with the one before it.

    Args:
        step: From the one before to this one.
        older: To the one before, if that has a page.
        newer: From this one to the next, if there is one.
        standing: Where everything stands.
        say: The language.
    """
    sections = (
        Section(
            slug=name.replace("_", "-"),
            title=say(f"changes.{name}"),
            changes=tuple(
                _view(change, standing.entries[change.entry], standing, say)
                for change in step.changes
                if change.kind in kinds
            ),
        )
        for name, kinds in _SECTIONS.items()
    )
    return ReleasePage(
        version=step.new.torch,
        before=step.old.torch,
        after=newer.new.torch if newer else "",
        before_page=page_of(step.old.torch) if older else "",
        after_page=page_of(newer.new.torch) if newer else "",
        measured=step.measured,
        sections=tuple(section for section in sections if section.changes),
    )


def upgrade(history: History, say: Labels) -> UpgradePage:
    """The page on which two releases are chosen, with the neighbours as a table."""
    return UpgradePage(
        rows=tuple(
            ReleaseRow(
                version=step.new.torch,
                before=step.old.torch,
                page=page_of(step.new.torch),
                counts=tuple(
                    sum(change.kind in kinds for change in step.changes)
                    for kinds in _SECTIONS.values()
                ),
            )
            for step in reversed(history.steps)
        ),
        columns=tuple(say(f"changes.{name}") for name in _SECTIONS),
        versions=tuple(history.standing.environments[n].torch for n in history.releases),
        data=f"{API}/upgrade-{say.language}.json",
    )


def data(history: History, say: Labels) -> str:
    """What assets/js/upgrade.js needs to compare any two releases: states, and the sentences.

    Args:
        history: How the releases differ.
        say: The language.

    Returns:
        JSON: ``versions``; ``sections`` (kinds of each, in order) with their ``titles``;
        ``sentences`` by kind; and ``entries``, each with its title, URL below the site's root,
        claims and states. Lines that were printed are numbers into an entry's own ``texts``.
    """
    environments = history.standing.environments
    entries = ",".join(
        history.kept(entry, "upgrade", partial(_entry, entry, history, say))
        for entry in history.standing.entries.values()
    )
    rest = {
        "versions": [environments[name].torch for name in history.releases],
        "sections": [[kind.value for kind in kinds] for kinds in _SECTIONS.values()],
        "titles": [say(f"changes.{name}") for name in _SECTIONS],
        "sentences": {kind.value: say.sentences[f"change.{kind}"] for kind in Kind},
        "measured": say.sentences["changes.measured"],
        "none": say.sentences["changes.none"],
        "same": say.sentences["changes.same"],
        "colon": say("site.colon"),
    }
    return f'{{"entries":[{entries}],{compact(rest).removeprefix("{")}\n'


def compact(value: Any) -> str:
    """JSON without blanks, for what only scripts read."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _entry(entry: EntryStanding, history: History, say: Labels) -> str:
    """An entry's part of the data, as JSON."""
    lines: dict[str, int] = {}

    def number(text: str) -> int:
        return lines.setdefault(text, len(lines))

    words = texts(entry.entry, say.language)
    page = built(f"{ERRORS}/{entry.entry.slug}.{say.language}.md").removesuffix("index.html")
    states = [history.state(entry, name) for name in history.releases]
    value = {
        "title": _plain(words.title),
        "url": page if entry.published else "",
        "claims": [
            {
                "title": _plain(words.claims[claim.name].title),
                "fix": claim.claim.is_fix,
                "error": claim.claim.claim == "other_error",
            }
            for claim in entry.advice
        ],
        "states": [
            {
                "outcome": state.outcome,
                "printed": number(state.printed),
                "claims": [
                    [verdict.value, number(printed)] for verdict, printed in state.claims.values()
                ],
                "texts": [[number(text), found] for text, found in state.texts.items()],
            }
            for state in states
        ],
        # Last, for the states number them.
        "texts": list(lines),
    }
    return compact(value)


def _plain(text: Text) -> str:
    return text.text


def sections(standing: Standing, step: Step, say: Labels) -> Iterator[tuple[str, list[str]]]:
    """The same as text: what the chooser shows for a step, to compare both (see the tests)."""
    page = release(step, None, None, standing, say)
    for section in page.sections:
        yield (
            section.title,
            [
                f"{change.entry.title.text}{say('site.colon')}{change.sentence}"
                + "".join(f" {text}" for text in (change.old, change.new) if text)
                for change in section.changes
            ],
        )
