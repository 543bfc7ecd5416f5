"""Where everything stands, as one JSON value: what `provenfix status --json` prints."""

from __future__ import annotations

from typing import Any

from provenfix.labels import labels
from provenfix.standing import Standing


def summary(standing: Standing) -> dict[str, Any]:
    """Counts and lists for machines; reasons in English.

    Args:
        standing: Where everything stands.

    Returns:
        ``entries`` (a number), ``published`` (slugs), ``waiting`` (slug -> reason), ``withheld``
        (entry, claim and reason of each), ``claims`` (number by overall verdict), ``environments``
        (names) and ``by_environment`` (name -> number by verdict).
    """
    reason = labels("en").reason
    entries = standing.entries
    return {
        "entries": len(entries),
        "published": [slug for slug, entry in entries.items() if entry.published],
        "waiting": {slug: reason(e.waiting) for slug, e in entries.items() if e.waiting},
        "withheld": [
            {"entry": slug, "claim": claim.name, "reason": reason(claim.withheld)}
            for slug, entry in entries.items()
            for claim in entry.withheld
            if claim.withheld
        ],
        "claims": {verdict.value: n for verdict, n in sorted(standing.claims().items())},
        "environments": list(standing.environments),
        "by_environment": {
            name: {verdict.value: n for verdict, n in sorted(counts.items())}
            for name, counts in standing.by_environment().items()
        },
    }
