"""All files of /api/v1/: path below docs/ -> text. Pure."""

from __future__ import annotations

import json
from typing import Any

from provenfix import digest
from provenfix.match import export
from provenfix.render.api import entries, openapi, places, schemas
from provenfix.render.api.models import (
    VERSION,
    Counts,
    Entry,
    Environments,
    Files,
    Index,
    IndexEntry,
    Licence,
    Signatures,
)
from provenfix.render.api.parts import Document, Title
from provenfix.render.site import Site
from provenfix.standing import EntryStanding, Standing
from provenfix.vocabulary import House

LICENCE = Licence(texts="CC-BY-4.0", programs="CC-BY-4.0 OR MIT")


def documents(house: House, standing: Standing, site: Site) -> dict[str, str]:
    """Every file of the API.

    Args:
        house: The entries and their groups.
        standing: Where each entry stands; those that wait are in the API, too.
        site: The site that links lead to.

    Returns:
        Path below docs/, which is the path below the site's root -> text.
    """
    known = {
        slug: entries.entry(house, standing, entry, site)
        for slug, entry in standing.entries.items()
    }
    dump = "".join(_line(entry) for entry in known.values())
    signatures = export.signatures(house.entries.values())
    Signatures.model_validate(signatures)
    return {
        places.INDEX: _text(_value(_index(standing, known, site))),
        **{places.entry(slug): _text(_value(entry)) for slug, entry in known.items()},
        places.ENVIRONMENTS: _text(_value(_environments(standing, site))),
        places.SIGNATURES: export.as_text(signatures),
        places.DUMP: dump,
        places.DUMP_SHA256: _checksum(dump),
        places.OPENAPI: _text(openapi.openapi(site)),
        **{places.schema(name): _text(schemas.schema(name, site)) for name in schemas.MODELS},
    }


def _index(standing: Standing, known: dict[str, Entry], site: Site) -> Index:
    listed = [_listed(standing.entries[slug], known[slug], standing, site) for slug in known]
    published = sum(entry.state == "published" for entry in listed)
    return Index(
        version=VERSION,
        site=site.url,
        licence=LICENCE,
        counts=Counts(
            entries=len(listed),
            published=published,
            waiting=len(listed) - published,
            verified_fixes=sum(entry.verified_fixes for entry in listed),
            verified_dead_ends=sum(entry.verified_dead_ends for entry in listed),
            environments=len(standing.environments),
        ),
        files=Files(
            environments=places.link(site, places.ENVIRONMENTS),
            signatures=places.link(site, places.SIGNATURES),
            dump=places.link(site, places.DUMP),
            dump_sha256=places.link(site, places.DUMP_SHA256),
            openapi=places.link(site, places.OPENAPI),
            schemas={name: places.link(site, places.schema(name)) for name in schemas.MODELS},
        ),
        entries=listed,
    )


def _listed(entry: EntryStanding, known: Entry, standing: Standing, site: Site) -> IndexEntry:
    return IndexEntry(
        slug=known.slug,
        aliases=known.aliases,
        state=known.state,
        title=Title(en=known.title.en, zh=known.title.zh),
        page=known.page,
        markdown=known.markdown,
        entry=places.link(site, places.entry(known.slug)),
        exceptions=list(dict.fromkeys(signature.exception for signature in known.signatures)),
        verified_fixes=len(entry.fixes),
        verified_dead_ends=len(entry.dead_ends),
        raised_on=entries.versions(standing, entry.raised_in),
    )


def _environments(standing: Standing, site: Site) -> Environments:
    found = standing.environments.items()
    listed = [entries.environment(name, recorded, site) for name, recorded in found]
    return Environments(version=VERSION, environments=listed)


def _checksum(dump: str) -> str:
    """As `sha256sum` writes it, so that `sha256sum --check` reads it."""
    name = places.DUMP.rpartition("/")[2]
    return f"{digest.of_bytes(dump.encode())}  {name}\n"


def _value(document: Document) -> Any:
    return document.model_dump(mode="json")


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _line(document: Document) -> str:
    return json.dumps(_value(document), separators=(",", ":"), ensure_ascii=False) + "\n"
