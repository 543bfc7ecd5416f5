"""The view of the page on what is here for programs. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from provenfix.labels import Labels
from provenfix.render.api import places, schemas
from provenfix.render.paths import LLMS, twin
from provenfix.render.site import Site
from provenfix.standing import Standing

_FETCH = """\
curl -s {site}{index}
curl -s {site}{entry}
curl -s {site}{twin}"""
_CHECK = """\
curl -sO {site}{dump}
curl -sO {site}{dump_sha256}
sha256sum --check {name}"""
_PROGRAM = """\
import json
from urllib.request import urlopen

with urlopen("{site}{entry}") as answer:
    entry = json.load(answer)

for claim in entry["claims"]:
    if claim["fix"] and claim["shown"]:
        print(claim["title"]["{language}"], claim["verified_on"])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file for programs.

    Args:
        path: Below the site's root; one with braces in it stands for many.
        what: What is in it, in words.
        single: Whether it can be opened as it stands.
    """

    path: str
    what: str
    single: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MachinesPage:
    """What there is for programs.

    Args:
        site: The site's address.
        files: What can be fetched.
        fetch: Commands that fetch some of it.
        program: A Python program that prints the fixes of an error.
        check: Commands that check the dump.
    """

    site: str
    files: tuple[File, ...]
    fetch: str
    program: str
    check: str


def page(standing: Standing, site: Site, say: Labels) -> MachinesPage:
    """The page in one language."""
    paths = {
        "index": places.INDEX,
        "entry": places.entry("{slug}"),
        "environments": places.ENVIRONMENTS,
        "signatures": places.SIGNATURES,
        "dump": places.DUMP,
        "dump_sha256": places.DUMP_SHA256,
        "openapi": places.OPENAPI,
        "schema": places.schema("{name}"),
        "twin": twin("{slug}", say.language),
        "llms": LLMS[say.language],
    }
    names = say("list_separator").join(schemas.MODELS)
    example = next((e.entry.slug for e in standing.published), next(iter(standing.entries), ""))
    words = {
        "site": site.url,
        "index": places.INDEX,
        "entry": places.entry(example),
        "twin": twin(example, say.language),
        "dump": places.DUMP,
        "dump_sha256": places.DUMP_SHA256,
        "name": places.DUMP_SHA256.rpartition("/")[2],
        "language": say.language,
    }
    return MachinesPage(
        site=site.url,
        files=tuple(
            File(
                path=path,
                what=say(f"machines.files.{name}", names=names),
                single="{" not in path,
            )
            for name, path in paths.items()
        ),
        fetch=_FETCH.format(**words),
        program=_PROGRAM.format(**words),
        check=_CHECK.format(**words),
    )
