"""The view of an error's page. Pure: what the evidence proves -> what the page says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from provenfix import diff
from provenfix.evidence import ENVIRONMENTS
from provenfix.history import History
from provenfix.labels import Labels
from provenfix.load import EVIDENCE
from provenfix.model import CONTROL
from provenfix.records import Cell, Environment, Outcome
from provenfix.render import changes, diagnosis, figures, measured, not_tested, wordings, yours
from provenfix.render.links import anchor, link
from provenfix.render.views import (
    ClaimView,
    EnvironmentRow,
    ErrorPage,
    Link,
    Program,
    Ran,
    Unconfirmed,
    VersionRow,
    Wording,
)
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.verdict import FAILED, Verdict
from provenfix.vocabulary import House
from provenfix.words import ClaimTexts, texts


class ErrorPageBuilder:
    """Builds the page of one published entry in one language.

    Args:
        house: Knows the planned columns of the matrix.
        standing: Knows all entries and environments.
        entry: The entry.
        say: The language.
    """

    def __init__(self, house: House, standing: Standing, entry: EntryStanding, say: Labels) -> None:
        self.house, self.standing, self.entry, self.say = house, standing, entry, say
        self.words = texts(entry.entry, say.language)
        self.wordings = wordings.all_recorded(entry)
        self.distinct = wordings.distinct(self.wordings.values())

    def build(self) -> ErrorPage:
        """The whole page."""
        entry, facts = self.entry, self.entry.entry.facts
        newest = entry.control[entry.raised_in[-1]].cell
        assert newest is not None, "an environment that raised has a record"
        return ErrorPage(
            slug=entry.entry.slug,
            title=self.words.title,
            summary=self.words.summary,
            error=self.distinct[0],
            also=self.distinct[1:] + wordings.only_seen(entry),
            yours=yours.of_entry(entry, self.words.yours),
            seen=measured.seen(entry, self.standing, self.say),
            strip=measured.of_error(entry, self.standing, self.say),
            chooser=measured.chooser(self.standing, self.say),
            fixes=tuple(map(self._claim, entry.fixes)),
            cause=self.words.cause,
            repro=self._program(CONTROL),
            repro_command=figures.command(facts.surroundings, CONTROL),
            diagnosis=diagnosis.of_entry(entry, self.standing, self.say),
            repro_ran=self._ran(newest, self.say("page.raised")),
            dead_ends=tuple(map(self._claim, entry.dead_ends)),
            unconfirmed=tuple(self._unconfirmed()),
            versions=tuple(self._versions()),
            changes=changes.of_entry(entry, History(self.standing), self.say),
            confused_with=self._links(facts.confused_with),
            leads_to=self._links(facts.leads_to),
            references=facts.references,
            environments=tuple(map(self._environment, self._tested())),
            not_tested=tuple(not_tested.sentences(self.house, self.standing, entry, self.say)),
            retired=facts.retired,
        )

    def _claim(self, claim: ClaimStanding) -> ClaimView:
        words: ClaimTexts = self.words.claims[claim.name]
        script = self.entry.entry.script_of(claim.name)
        kind = claim.claim.claim
        sample = claim.sample()
        assert sample is not None, "a claim that is shown is verified somewhere"
        happened = figures.measured(claim, self.say) or self.say(f"page.did.{kind}")
        return ClaimView(
            anchor=anchor(claim.name),
            kind=kind.replace("_", "-"),
            title=words.title,
            text=words.text,
            cost=words.cost,
            badge=self.say("verdict.verified" if claim.claim.is_fix else f"claim.{kind}"),
            figures=figures.proven(claim, self.standing, self.say),
            needs=figures.needs(claim.claim.requires, self.say),
            command=figures.command(self.entry.entry.surroundings_of(claim.name), script),
            diff=diff.of_claim(self.entry.entry, claim.name),
            program=self._program(script) if script != CONTROL else None,
            ran=self._ran(sample, happened),
            strip=measured.of_claim(claim, self.entry, self.standing, self.say),
        )

    def _program(self, script: str) -> Program:
        return Program(name=f"{script}.py", source=self.entry.entry.scripts[script].text)

    def _ran(self, cell: Cell, happened: str) -> Ran:
        return Ran(
            happened=happened,
            last=wordings.last_lines(cell),
            printed="\n".join((*cell.stdout, *cell.traceback)),
        )

    def _unconfirmed(self) -> list[Unconfirmed]:
        """Claims that a fresh run did not confirm; what is merely not tested is no such claim."""
        return [
            self._refuted(claim, failed)
            for claim in self.entry.withheld
            if (failed := [n for n, verdict in claim.verdicts.items() if verdict in FAILED])
        ]

    def _refuted(self, claim: ClaimStanding, failed: Sequence[str]) -> Unconfirmed:
        cell = claim.runs[failed[-1]].cell
        assert cell is not None, "a verdict of a failure has a record"
        return Unconfirmed(
            anchor=anchor(claim.name),
            title=self.words.claims[claim.name].title,
            claimed=self.say(f"claim.{claim.claim.claim}"),
            ran=self._ran(cell, self.say(f"outcome.{cell.outcome}")),
            environments=figures.versions(self.standing, failed, claim.tested_in, self.say),
        )

    def _tested(self) -> list[str]:
        """The environments with a fresh run of the repro, the newest first."""
        return [name for name, run in reversed(self.entry.control.items()) if run.outcome]

    def _versions(self) -> Iterator[VersionRow]:
        """The version table, the newest first; neighbours that agree are one row."""
        rows = [
            (self.standing.environments[name].torch, self._version(name)) for name in self._tested()
        ]
        for row, same in groupby(rows, key=itemgetter(1)):
            found = [version for version, _ in same]
            ends = dict.fromkeys((found[-1], found[0]))
            yield replace(row, versions="–".join(ends), releases=tuple(found))

    def _version(self, name: str) -> VersionRow:
        """The row of one environment, without its release."""
        environment = self.standing.environments[name]
        outcome = self.entry.control[name].outcome
        return VersionRow(
            versions="",
            releases=(),
            gpu=environment.gpu is not None,
            device=self._device(environment),
            happened=self.say(f"page.appears.{outcome}"),
            appears=name in self.entry.raised_in,
            wording=self._wording(self.wordings.get(name)),
            fixes=tuple(
                Link(title=self.words.claims[fix.name].title, target=anchor(fix.name))
                for fix in self.entry.fixes
                if fix.verdicts[name] is Verdict.VERIFIED
            ),
        )

    def _wording(self, wording: Wording | None) -> str:
        if wording is None:
            return ""
        alike = (wordings.alike(wording, other) for other in self.distinct)
        number = next(number for number, same in enumerate(alike, 1) if same)
        if number == 1:
            return self.say("page.wording_first")
        return self.say("page.wording_other", number=number)

    def _device(self, environment: Environment) -> str:
        return environment.gpu.name if environment.gpu else "CPU"

    def _environment(self, name: str) -> EnvironmentRow:
        environment = self.standing.environments[name]
        cell = self.entry.control[name].cell
        packages = {"NumPy": environment.numpy, "setuptools": environment.setuptools}
        facts = [f"Python {environment.python}", f"PyTorch {environment.torch}+{environment.build}"]
        facts += [f"{package} {version}" for package, version in packages.items() if version]
        contained = [self.say(f"page.contained.{what}") for what in cell.contained] if cell else []
        return EnvironmentRow(
            name=f"{EVIDENCE}/{ENVIRONMENTS}/{name}.json",
            evidence=f"{EVIDENCE}/{self.entry.entry.slug}/{name}.json",
            facts=", ".join((*facts, environment.system, self._device(environment))),
            contained=self.say("list_separator").join(contained),
            runs=self._runs(name),
        )

    def _runs(self, name: str) -> str:
        """How often every program that could run was run there."""
        observed = (self.entry.control[name], *(c.runs[name] for c in self.entry.claims.values()))
        ran = [
            run.cell.runs
            for run in observed
            if run.cell and run.outcome not in (None, Outcome.NOT_APPLICABLE)
        ]
        times = min(ran, default=1)
        return self.say("page.runs", times=times) if times > 1 else ""

    def _links(self, slugs: Sequence[str]) -> tuple[Link, ...]:
        return tuple(link(self.standing, slug, self.say) for slug in slugs)
