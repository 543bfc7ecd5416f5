"""All files of /api/v1/: path below the site's root -> text. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
        Path below the site's root -> text.
    """
    texts, listed = {}, []
    for slug, entry in standing.entries.items():
        texts[places.entry(slug)], place = document(house, standing, entry, site)
        listed.append(place)
    dump = "".join(texts.values())
    texts[places.DUMP] = dump
    texts[places.DUMP_SHA256] = checksum(digest.of_bytes(dump.encode()))
    return texts | shared(house, standing, site, listed)


def document(
    house: House, standing: Standing, entry: EntryStanding, site: Site
) -> tuple[str, IndexEntry]:
    """The file of one entry, which is its line of the dump as well, and its place in the index.

    Args:
        house, standing, site: As for `documents`.
        entry: The entry.
    """
    known = entries.entry(house, standing, entry, site)
    return known.model_dump_json() + "\n", _listed(entry, known, standing, site)


def shared(
    house: House, standing: Standing, site: Site, listed: Sequence[IndexEntry]
) -> dict[str, str]:
    """The files about all entries but the dump: path below the site's root -> text.

    Args:
        house, standing, site: As for `documents`.
        listed: The place of each entry in the index, in their order.
    """
    signatures = export.signatures(house.entries.values())
    Signatures.model_validate(signatures)
    return {
        places.INDEX: _text(_index(standing, listed, site)),
        places.ENVIRONMENTS: _text(_environments(standing, site)),
        places.SIGNATURES: export.as_text(signatures),
        places.OPENAPI: _json(openapi.openapi(site)),
        **{places.schema(name): _json(schemas.schema(name, site)) for name in schemas.MODELS},
    }


def checksum(known: str) -> str:
    """The digest of the dump as `sha256sum` writes it, so that `sha256sum --check` reads it."""
    name = places.DUMP.rpartition("/")[2]
    return f"{known}  {name}\n"


def _index(standing: Standing, listed: Sequence[IndexEntry], site: Site) -> Index:
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
        entries=list(listed),
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


def _text(document: Document) -> str:
    return document.model_dump_json(indent=1) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
