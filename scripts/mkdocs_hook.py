"""MkDocs hook: renders the entries before a build, and checks that every page came out."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from provenfix import render
from provenfix.cli.common import read_evidence
from provenfix.load import load
from provenfix.problems import InputError
from provenfix.standing import stand

AFTER_ALL_LANGUAGES = -200
"""The i18n plugin builds the other languages in its own `on_post_build`, of priority -100."""

rendered: dict[str, str] = {}


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the generated pages below docs/, once for all languages."""
    if config.plugins["i18n"].building:
        return
    root = Path(config.config_file_path).parent
    loaded = load(root)
    store, problems = read_evidence(root, loaded)
    loaded.problems += problems
    try:
        house = loaded.house()
    except InputError as error:
        raise PluginError(f"the entries have problems\n{error}") from None
    # `mkdocs serve` keeps this module: a page of the last build must not outlive its evidence.
    rendered.clear()
    rendered.update(render.pages(house, stand(house, store)))
    render.write(root, rendered)


@event_priority(AFTER_ALL_LANGUAGES)
def on_post_build(config: MkDocsConfig) -> None:
    """Fail if a page that was rendered is not in the built site."""
    if config.plugins["i18n"].building:
        return
    missing = render.missing(Path(config.site_dir), rendered)
    if missing:
        raise PluginError(f"{len(missing)} files were not built: {', '.join(missing)}")
