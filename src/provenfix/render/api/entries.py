"""An entry's standing -> its document. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from provenfix import diff
from provenfix.claims import Requires as Needs
from provenfix.evidence import ENVIRONMENTS
from provenfix.labels import labels
from provenfix.load import EVIDENCE
from provenfix.model import CONTROL
from provenfix.records import Cell
from provenfix.records import Environment as Recorded
from provenfix.render import figures
from provenfix.render.api import places
from provenfix.render.api.models import (
    VERSION,
    Claim,
    Entry,
    Group,
    Program,
    Requires,
    Signature,
    Wording,
)
from provenfix.render.api.parts import (
    ClaimVerdict,
    EntryEnvironment,
    Environment,
    Observation,
    Ran,
    Reason,
    Text,
    Title,
)
from provenfix.render.links import anchor
from provenfix.render.site import Site
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.standing import Reason as Why
from provenfix.verdict import FAILED, Observed
from provenfix.vocabulary import House
from provenfix.words import EntryTexts, texts
from provenfix.words import Text as Words


def entry(house: House, standing: Standing, entry: EntryStanding, site: Site) -> Entry:
    """The document of an entry, published or waiting.

    Args:
        house: Knows the titles of the groups.
        standing: Knows the environments.
        entry: The entry.
        site: Where its pages lie.
    """
    slug, facts = entry.entry.slug, entry.entry.facts
    both = texts(entry.entry, "en"), texts(entry.entry, "zh")
    english, chinese = both
    group = house.groups[facts.group]
    return Entry(
        version=VERSION,
        slug=slug,
        aliases=list(facts.aliases),
        group=Group(slug=facts.group, title=Title(en=group.en, zh=group.zh)),
        state="published" if entry.published else "waiting",
        waiting=_reason(entry.waiting),
        retired=facts.retired,
        page=places.page(site, slug) if entry.published else None,
        markdown=places.markdown(site, slug) if entry.published else None,
        title=_text(english.title, chinese.title),
        summary=_text(english.summary, chinese.summary),
        cause=_text(english.cause, chinese.cause),
        requires=_requires(facts.requires),
        signatures=[Signature(**s.model_dump(mode="json")) for s in facts.signatures],
        recognised_by=[Signature(**s.model_dump(mode="json")) for s in facts.recognised_by],
        wordings=_wordings(entry, standing),
        claims=[_claim(entry, claim, both, standing) for claim in entry.claims.values()],
        programs=_programs(entry),
        environments=[
            _where(entry, name, environment, site)
            for name, environment in standing.environments.items()
        ],
        confused_with=list(facts.confused_with),
        leads_to=list(facts.leads_to),
        references=list(facts.references),
    )


def environment(name: str, recorded: Recorded, site: Site) -> Environment:
    """The facts of an environment, with its evidence file."""
    file = places.link(site, f"{EVIDENCE}/{ENVIRONMENTS}/{name}.json")
    return Environment(name=name, file=file, **recorded.model_dump(mode="json"))


def versions(standing: Standing, names: Iterable[str]) -> list[str]:
    """The versions of PyTorch of some environments, each once, in the order of the names."""
    return list(dict.fromkeys(standing.environments[name].torch for name in names))


def _text(english: Words, chinese: Words) -> Text:
    return Text(en=english.text, zh=chinese.text, zh_stale=chinese.stale)


def _reason(why: Why | None) -> Reason | None:
    if why is None:
        return None
    words = Title(en=labels("en").reason(why), zh=labels("zh").reason(why))
    return Reason(code=why.code, names=list(why.names), text=words)


def _requires(needs: Needs) -> Requires:
    return Requires(**needs.model_dump(mode="json"))


def _programs(entry: EntryStanding) -> list[Program]:
    scripts = entry.entry.scripts
    ordered = (CONTROL, *sorted(name for name in scripts if name != CONTROL))
    return [Program(file=f"{name}.py", source=scripts[name].text) for name in ordered]


def _wordings(entry: EntryStanding, standing: Standing) -> list[Wording]:
    """Equal messages are one wording, with every environment that printed it."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in reversed(entry.raised_in):
        cell = entry.control[name].cell
        if cell and cell.exception:
            found.setdefault((cell.exception, "\n".join(cell.message)), []).append(name)
    return [
        Wording(
            exception=exception,
            message=message,
            printed_on=versions(standing, names),
            environments=names,
        )
        for (exception, message), names in found.items()
    ]


def _where(entry: EntryStanding, name: str, recorded: Recorded, site: Site) -> EntryEnvironment:
    observed = (entry.control[name], *(claim.runs[name] for claim in entry.claims.values()))
    path = f"{EVIDENCE}/{entry.entry.slug}/{name}.json"
    return EntryEnvironment(
        **dict(environment(name, recorded, site)),
        evidence=places.link(site, path) if any(run.cell for run in observed) else None,
        repro=_observation(entry.control[name]),
        literals=dict(sorted(entry.literals[name].items())),
    )


def _observation(run: Observed) -> Observation:
    """A stale run counts as nothing, so nothing is told of it."""
    cell = run.cell if run.fresh else None
    return Observation(
        outcome=run.outcome,
        runs=cell.runs if cell else None,
        differing=cell.differing if cell else None,
        measures=dict(cell.measures) if cell else {},
    )


def _claim(
    entry: EntryStanding,
    claim: ClaimStanding,
    both: tuple[EntryTexts, EntryTexts],
    standing: Standing,
) -> Claim:
    english, chinese = (words.claims[claim.name] for words in both)
    facts, script = claim.claim, entry.entry.script_of(claim.name)
    around = entry.entry.surroundings_of(claim.name)
    on_page = entry.published and (claim.shown or claim.overall in FAILED)
    cost = _text(english.cost, chinese.cost) if english.cost and chinese.cost else None
    return Claim(
        id=claim.name,
        kind=facts.claim,
        fix=facts.is_fix,
        verdict=claim.overall,
        shown=claim.shown,
        withheld=_reason(claim.withheld),
        verified_in=list(claim.proven_in),
        tested_in=figures.beside(claim),
        verified_on=versions(standing, claim.proven_in),
        anchor=anchor(claim.name) if on_page else None,
        title=_text(english.title, chinese.title),
        text=_text(english.text, chinese.text),
        cost=cost,
        requires=_requires(facts.requires),
        exception=facts.exception,
        pattern=facts.pattern,
        measure=facts.measure,
        program=f"{script}.py",
        variables=dict(around.env) if around else {},
        packages=dict(around.packages) if around else {},
        shm_mb=around.shm_mb if around else None,
        command=figures.command(around, script) or None,
        runs=f"{facts.runs}.py" if facts.runs else None,
        cause=facts.cause,
        cured_by=facts.fix,
        diff=diff.of_claim(entry.entry, claim.name) or None,
        verdicts=[
            ClaimVerdict(environment=name, verdict=verdict, ran=_observation(claim.runs[name]))
            for name, verdict in claim.verdicts.items()
        ],
        sample=_sample(claim),
    )


def _sample(claim: ClaimStanding) -> Ran | None:
    """What the page shows: the newest failure if there is one, else the newest proof."""
    failed = [name for name, verdict in claim.verdicts.items() if verdict in FAILED]
    decided = failed or list(claim.proven_in)
    cell = claim.runs[decided[-1]].cell if decided else None
    return _ran(decided[-1], cell) if cell else None


def _ran(name: str, cell: Cell) -> Ran:
    message, stdout, traceback = map("\n".join, (cell.message, cell.stdout, cell.traceback))
    return Ran(
        environment=name,
        exception=cell.exception,
        message=message,
        stdout=stdout,
        traceback=traceback,
    )
