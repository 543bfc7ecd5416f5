"""What a page says of diagnose.py: the causes it tells apart, each with its fix. Pure."""

from __future__ import annotations

from provenfix.claims import DIAGNOSE
from provenfix.labels import Labels
from provenfix.model import CONTROL, Entry
from provenfix.render import figures, measured
from provenfix.render.links import anchor
from provenfix.render.views import Cause, Diagnosis, Link, Program
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.words import EntryTexts, texts


def of_entry(entry: EntryStanding, standing: Standing, say: Labels) -> Diagnosis | None:
    """The diagnosis of an entry; None if it has none that may be shown."""
    if not entry.diagnoses:
        return None
    words = texts(entry.entry, say.language)
    causes = tuple(_cause(claim, entry, words, standing, say) for claim in entry.diagnoses)
    return Diagnosis(program=_program(entry.entry, DIAGNOSE), causes=causes)


def _cause(
    claim: ClaimStanding, entry: EntryStanding, words: EntryTexts, standing: Standing, say: Labels
) -> Cause:
    facts, sample = claim.claim, claim.sample()
    assert facts.runs, "a diagnosis names the program that it is run on"
    assert facts.fix, "a diagnosis names the fix"
    assert sample, "a claim that is shown is verified somewhere"
    return Cause(
        anchor=anchor(claim.name),
        kind=facts.claim,
        title=words.claims[claim.name].title,
        text=words.claims[claim.name].text,
        badge=say(f"claim.{facts.claim}"),
        figures=figures.proven(claim, standing, say),
        needs=figures.needs(facts.requires, say),
        strip=measured.of_claim(claim, entry, standing, say),
        fix=Link(title=words.claims[facts.fix].title, target=anchor(facts.fix)),
        printed="\n".join(sample.stdout),
        program=_program(entry.entry, facts.runs) if facts.runs != CONTROL else None,
    )


def _program(entry: Entry, script: str) -> Program:
    return Program(name=f"{script}.py", source=entry.scripts[script].text)
