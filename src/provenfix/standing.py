"""Where each entry stands: what its evidence proves, whether it is published, and why not. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

from provenfix import digest, memory
from provenfix.claims import Claim
from provenfix.garbage import uncollected
from provenfix.model import CONTROL, Entry
from provenfix.records import Cell, Environment, Outcome, Record, Store
from provenfix.verdict import FAILED, Observed, Verdict, judge, overall
from provenfix.vocabulary import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something waits or is withheld; labels.*.yaml holds its sentence under ``reason.<code>``.

    Args:
        code: Key of the sentence.
        names: What the sentence names: capabilities, environments.
    """

    code: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStanding:
    """One claim over all environments.

    Args:
        name: The claim's id.
        claim: The claim.
        runs: What was observed, by environment name.
        verdicts: The verdict, by environment name.
        proven_in: Names of the environments that verified it.
        withheld: Why it is not shown as proven; None if it is.
    """

    name: str
    claim: Claim
    runs: dict[str, Observed]
    verdicts: dict[str, Verdict]
    proven_in: tuple[str, ...]
    withheld: Reason | None

    @property
    def tested_in(self) -> tuple[str, ...]:
        """Names of the environments with a fresh run of it and of the control."""
        idle = (Verdict.STALE, Verdict.UNTESTED, Verdict.NOT_APPLICABLE)
        return tuple(name for name, v in self.verdicts.items() if v not in idle)

    @property
    def overall(self) -> Verdict:
        """One verdict for all environments."""
        return overall(self.verdicts.values())

    @property
    def shown(self) -> bool:
        """Whether a page may say that the claim holds."""
        return self.withheld is None

    def sample(self) -> Cell | None:
        """A record that shows what it did: the newest environment that verified it."""
        proven = self.proven_in
        return self.runs[proven[-1]].cell if proven else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStanding:
    """One entry over all environments.

    Args:
        entry: The entry.
        control: What repro.py did, by environment name.
        claims: Its claims, in the page's order.
        literals: Whether the torch of an environment, by name, holds the text of each signature.
        waiting: Why it is not published; None if it is.
        key: The digest of all that this follows from: the entry, its records, and environments.
    """

    entry: Entry
    control: dict[str, Observed]
    claims: dict[str, ClaimStanding]
    literals: dict[str, dict[str, bool]]
    waiting: Reason | None
    key: str

    @property
    def published(self) -> bool:
        """Whether the entry has a page."""
        return self.waiting is None

    @property
    def raised_in(self) -> tuple[str, ...]:
        """Names of the environments in which the repro raised the entry's own error."""
        return tuple(n for n, run in self.control.items() if run.outcome is Outcome.RAISED)

    @property
    def fixes(self) -> tuple[ClaimStanding, ...]:
        """The fixes that may be shown, the best proven first, else in the entry's order."""
        shown = [c for c in self.claims.values() if c.claim.is_fix and c.shown]
        return tuple(sorted(shown, key=lambda c: -len(c.proven_in)))

    @property
    def dead_ends(self) -> tuple[ClaimStanding, ...]:
        """The dead ends that may be shown."""
        return tuple(c for c in self.claims.values() if c.claim.is_dead_end and c.shown)

    @property
    def diagnoses(self) -> tuple[ClaimStanding, ...]:
        """What tells the causes apart: all of it, or nothing if it is wrong about one cause."""
        found = tuple(c for c in self.claims.values() if c.claim.is_diagnosis)
        return found if all(c.shown for c in found) else ()

    @property
    def advice(self) -> tuple[ClaimStanding, ...]:
        """The claims of fixes and dead ends, shown or not."""
        return tuple(c for c in self.claims.values() if not c.claim.is_diagnosis)

    @property
    def withheld(self) -> tuple[ClaimStanding, ...]:
        """The claims that no page shows as proven, without those that wait with their entry."""
        own = (*FAILED, Verdict.STALE)
        return tuple(
            c for c in self.claims.values() if not c.shown and (self.published or c.overall in own)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where everything stands."""

    entries: dict[str, EntryStanding]
    environments: dict[str, Environment]

    @property
    def published(self) -> tuple[EntryStanding, ...]:
        """The entries that have a page, by slug."""
        return tuple(e for e in self.entries.values() if e.published)

    def claims(self) -> Counter[Verdict]:
        """The number of claims by their overall verdict."""
        return Counter(c.overall for e in self.entries.values() for c in e.claims.values())

    def by_environment(self) -> dict[str, Counter[Verdict]]:
        """The number of claims by verdict, for each environment."""
        return {
            name: Counter(
                claim.verdicts[name] for e in self.entries.values() for claim in e.claims.values()
            )
            for name in self.environments
        }


@uncollected()
def stand(house: House, store: Store) -> Standing:
    """Judge everything.

    Args:
        house: The entries.
        store: All evidence.
    """
    environments = dict(sorted(store.environments.items(), key=lambda item: _order(item[1])))
    where = digest.of_json([(n, e.model_dump(mode="json")) for n, e in environments.items()])
    entries = {}
    for slug, entry in house.entries.items():
        records = {name: store.record(slug, name) for name in environments}
        key = digest.of_json([entry.digest, [r and r.digest for r in records.values()], where])
        make = partial(_entry, entry, records, environments, key)
        entries[slug] = memory.of(("standing", slug), key, make)
    return Standing(entries=entries, environments=environments)


def _order(environment: Environment) -> tuple[bool, list[int], str]:
    """CPU columns first, then by PyTorch version, the newest last."""
    version = [int(part) for part in environment.torch.split(".") if part.isdigit()]
    return environment.device != "cpu", version, environment.name


def _entry(
    entry: Entry, records: dict[str, Record | None], environments: dict[str, Environment], key: str
) -> EntryStanding:
    observed = {
        cell: {name: _observed(record, cell, inputs) for name, record in records.items()}
        for cell, inputs in entry.inputs.items()
    }
    control = observed.pop(CONTROL)
    claims = {name: _claim(entry, name, control, runs) for name, runs in observed.items()}
    waiting = _waiting(entry, control, claims, environments)
    return EntryStanding(
        entry=entry,
        control=control,
        claims=claims,
        literals={name: record.literals if record else {} for name, record in records.items()},
        waiting=waiting,
        key=key,
    )


def _observed(record: Record | None, cell: str, inputs: str) -> Observed:
    found = record.cells.get(cell) if record else None
    return Observed(found, found is not None and found.inputs == inputs)


def _claim(
    entry: Entry, name: str, control: dict[str, Observed], runs: dict[str, Observed]
) -> ClaimStanding:
    claim = entry.facts.claims[name]
    verdicts = {env: judge(claim, control[env], run) for env, run in runs.items()}
    return ClaimStanding(
        name=name,
        claim=claim,
        runs=runs,
        verdicts=verdicts,
        proven_in=tuple(n for n, verdict in verdicts.items() if verdict is Verdict.VERIFIED),
        withheld=_withheld(verdicts, {env: (control[env], run) for env, run in runs.items()}),
    )


def _withheld(
    verdicts: dict[str, Verdict], runs: dict[str, tuple[Observed, Observed]]
) -> Reason | None:
    """A claim is shown where it is verified somewhere and failed nowhere in its range."""
    failed = [name for name, verdict in verdicts.items() if verdict in FAILED]
    if failed:
        names = (name + _same(*runs[name]) for name in failed)
        return Reason(code=overall(verdicts[name] for name in failed).value, names=tuple(names))
    if Verdict.VERIFIED in verdicts.values():
        return None
    return Reason(code=overall(verdicts.values()).value)


def _same(*observed: Observed) -> str:
    """How many runs did the same, ` (2/3)`, where not all did."""
    cell = next((run.cell for run in observed if run.cell and run.cell.differing), None)
    return f" ({cell.runs - cell.differing}/{cell.runs})" if cell else ""


def _waiting(
    entry: Entry,
    control: dict[str, Observed],
    claims: dict[str, ClaimStanding],
    environments: dict[str, Environment],
) -> Reason | None:
    outcomes = {run.outcome for run in control.values()}
    if Outcome.RAISED in outcomes:
        fixed = any(c.claim.is_fix and c.shown for c in claims.values())
        return None if fixed else Reason(code="no_verified_fix")
    needs = entry.facts.requires.capabilities
    missing = tuple(
        need for need in needs if not any(need in e.offers for e in environments.values())
    )
    if missing:
        return Reason(code="needs", names=missing)
    if outcomes <= {None}:
        stale = any(run.cell and not run.fresh for run in control.values())
        return Reason(code="stale" if stale else "untested")
    return Reason(code="not_reproduced")
