"""MkDocs hook: renders the entries before a build; then checks the pages, indexes their words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from provenfix import render, search
from provenfix.cards import Card
from provenfix.cli.common import draws_cards, read_evidence
from provenfix.labels import LANGUAGES, labels
from provenfix.load import load
from provenfix.problems import InputError
from provenfix.render.head import Head
from provenfix.standing import stand

AFTER_ALL_LANGUAGES = -200
"""The i18n plugin builds the other languages in its own `on_post_build`, of priority -100."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        # Pagefind's index is read by WebAssembly.
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        # Material's stylesheet holds its icons as data.
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)

rendered: dict[str, str] = {}
cards: dict[str, Card] = {}
heads: Callable[[str, str, str], Head]
verbatim: dict[str, str] = {}
serving = False


def on_startup(command: str, dirty: bool) -> None:
    """`mkdocs serve` puts an inline script of its own into each page, to load it again."""
    global serving
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The sitemap is one of the generated files; MkDocs would write its own over it."""
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the theme's templates the sentences of the language that is being built."""
    say = labels(config.theme["language"])
    csp = "" if serving else CONTENT_SECURITY_POLICY
    # 404.html has all languages in one file, so it is made once.
    every = {name: labels(name) for name in LANGUAGES}
    if config.plugins["i18n"].building:
        config.theme.static_templates.discard("404.html")
    env.globals.update(say=say, language=say.language, say_in=every, csp=csp)
    return env


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
    cards.clear()
    verbatim.clear()
    global heads
    standing, site = stand(house, store), render.read_site(root, str(config.site_url))
    rendered.update(render.pages(house, standing, site))
    verbatim.update(render.verbatim(house, standing, site))
    if draws_cards():
        cards.update(render.cards(house, standing))
    heads = render.heads(standing, site, rendered, cards)
    render.write(root, rendered, cards)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Give the template what search engines read in the page's head."""
    words = page.meta.get("title", page.title), page.meta.get("description", "")
    context["head"] = heads(page.file.src_uri, *map(str, words))
    return context


@event_priority(AFTER_ALL_LANGUAGES)
def on_post_build(config: MkDocsConfig) -> None:
    """Add what is no page; fail if a page is missing in the built site; index the words of all."""
    if config.plugins["i18n"].building:
        return
    render.put(Path(config.site_dir), verbatim)
    missing = render.missing(Path(config.site_dir), (*rendered, *cards))
    if missing:
        raise PluginError(f"{len(missing)} files were not built: {', '.join(missing)}")
    try:
        search.index(Path(config.site_dir))
    except search.IndexingError as error:
        raise PluginError(f"the index of words was not made: {error}") from None
