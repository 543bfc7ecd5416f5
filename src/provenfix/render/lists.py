"""The views of the pages that list errors: home, browse and status. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from provenfix.evidence import ENVIRONMENTS
from provenfix.history import History
from provenfix.labels import Labels
from provenfix.load import EVIDENCE
from provenfix.render import figures, paged, wordings
from provenfix.render.links import link
from provenfix.render.paged import Pager
from provenfix.render.paths import ERRORS
from provenfix.render.views import (
    BrowsePage,
    Card,
    Catalogue,
    Count,
    Group,
    HomePage,
    StatusPage,
    StatusRow,
    Topic,
    Withheld,
)
from provenfix.standing import EntryStanding, Standing
from provenfix.verdict import Verdict
from provenfix.vocabulary import House
from provenfix.words import texts, title

BROWSE = f"{ERRORS}/index"
"""The list of all errors, without language and suffix."""


def catalogue(house: House, history: History, say: Labels) -> Catalogue:
    """All errors by group, in the order of groups.yaml; a group without errors is left out."""
    standing = history.standing
    found: dict[str, list[tuple[EntryStanding, Card]]] = {slug: [] for slug in house.groups}
    for entry in standing.entries.values():
        card = history.kept(entry, "card", partial(_card, entry, standing, say))
        found.get(entry.entry.facts.group, []).append((entry, card))
    groups = [
        Group(
            slug=slug,
            title=getattr(house.groups[slug], say.language),
            published=tuple(card for entry, card in cards if entry.published),
            waiting=tuple(card for entry, card in cards if not entry.published),
        )
        for slug, cards in found.items()
    ]
    names = list(standing.environments)
    return Catalogue(
        groups=tuple(group for group in groups if group.published or group.waiting),
        published=len(standing.published),
        waiting=tuple(card for group in groups for card in group.waiting),
        verified=sum(len(e.fixes) + len(e.dead_ends) for e in standing.published),
        environments=len(names),
        versions=figures.versions(standing, names, names, say),
    )


def browse(catalogue: Catalogue) -> list[BrowsePage]:
    """The list of all errors in pages, with their messages."""
    cards = [(group, card) for group in catalogue.groups for card in group.published]
    portions = paged.split(cards, paged.CARDS)
    pagers = paged.pagers(BROWSE, len(portions))
    topics = _topics(catalogue, portions, pagers)
    return [
        BrowsePage(
            all=catalogue,
            topics=topics,
            groups=tuple(
                replace(group, published=tuple(card for _, card in found), waiting=())
                for group, found in groupby(portion, key=lambda pair: pair[0])
            ),
            waiting=catalogue.waiting if pager.number == len(pagers) else (),
            pager=pager,
        )
        for portion, pager in zip(portions, pagers, strict=True)
    ]


def home(catalogue: Catalogue, topics: Sequence[Topic]) -> HomePage:
    """The first errors of each group, and where the list of all of them begins.

    Args:
        catalogue: All errors.
        topics: Its groups, as `browse` found where they begin.
    """
    pairs = zip(topics, map(_few, catalogue.groups), strict=True)
    return HomePage(all=catalogue, groups=tuple(pairs))


def _few(group: Group) -> Group:
    published = group.published[: paged.TOPIC]
    waiting = group.waiting[: paged.TOPIC - len(published)]
    return replace(group, published=published, waiting=waiting)


def _topics(
    catalogue: Catalogue,
    portions: Sequence[Sequence[tuple[Group, Card]]],
    pagers: Sequence[Pager],
) -> tuple[Topic, ...]:
    """All groups; one without a page of an error leads to the waiting ones, on the last page."""
    first: dict[str, str] = {}
    for portion, pager in zip(portions, pagers, strict=True):
        for group, _ in portion:
            first.setdefault(group.slug, pager.path)
    return tuple(
        Topic(
            slug=group.slug,
            title=group.title,
            count=len(group.published) + len(group.waiting),
            path=first.get(group.slug, pagers[-1].path),
        )
        for group in catalogue.groups
    )


def _card(entry: EntryStanding, standing: Standing, say: Labels) -> Card:
    return _published(entry, standing, say) if entry.published else _waiting(entry, say)


def _published(entry: EntryStanding, standing: Standing, say: Labels) -> Card:
    error = next(iter(wordings.all_recorded(entry).values()))
    raised = entry.raised_in
    return Card(
        slug=entry.entry.slug,
        title=title(entry.entry, say.language),
        error=error.heart,
        fixes=say("site.fixes", count=len(entry.fixes)),
        dead_ends=say("site.dead_ends", count=len(entry.dead_ends)) if entry.dead_ends else "",
        versions=say("site.seen", versions=figures.versions(standing, raised, raised, say)),
    )


def _waiting(entry: EntryStanding, say: Labels) -> Card:
    assert entry.waiting is not None, "an entry without a page waits for something"
    words = title(entry.entry, say.language)
    return Card(slug=entry.entry.slug, title=words, waiting=say.reason(entry.waiting))


def status(
    standing: Standing, entries: Sequence[EntryStanding], pager: Pager, say: Labels
) -> StatusPage:
    """A page of where everything stands.

    Args:
        standing: Where it stands.
        entries: Those on the page.
        pager: Which page it is.
        say: The language.
    """
    # What is withheld and the counts are of all entries; they stand on the first page.
    first = pager.number == 1
    whole = standing.entries.values() if first else ()
    counts = standing.by_environment() if first else {}
    return StatusPage(
        pager=pager,
        rows=tuple(_row(standing, entry, say) for entry in entries),
        withheld=tuple(w for e in whole for w in _withheld(standing, e, say)),
        verdicts=tuple(say(f"verdict.{verdict}") for verdict in Verdict),
        counts=tuple(
            Count(
                name=name,
                evidence=f"{EVIDENCE}/{ENVIRONMENTS}/{name}.json",
                numbers=_numbers(counter),
            )
            for name, counter in counts.items()
        ),
        total=_numbers(standing.claims()) if first else (),
    )


def _numbers(counter: Counter[Verdict]) -> tuple[int, ...]:
    return tuple(counter[verdict] for verdict in Verdict)


def _row(standing: Standing, entry: EntryStanding, say: Labels) -> StatusRow:
    return StatusRow(
        entry=link(standing, entry.entry.slug, say),
        published=entry.published,
        waiting=say.reason(entry.waiting) if entry.waiting else "",
        fixes=len(entry.fixes),
        dead_ends=len(entry.dead_ends),
        withheld=len(entry.withheld),
    )


def _withheld(standing: Standing, entry: EntryStanding, say: Labels) -> list[Withheld]:
    titles = texts(entry.entry, say.language).claims
    return [
        Withheld(
            entry=link(standing, entry.entry.slug, say),
            claim=claim.name,
            title=titles[claim.name].title,
            reason=say.reason(claim.withheld),
        )
        for claim in entry.withheld
        if claim.withheld
    ]
