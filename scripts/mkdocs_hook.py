"""MkDocs hook: renders the entries before a build; then puts the pages of errors into the shells
that MkDocs made, checks that all pages are there, and indexes their words."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from provenfix import building, files, garbage, memory, publish, render, search
from provenfix.building import CONTENT_SECURITY_POLICY, FRAMES, Build, Content
from provenfix.cache import Cache
from provenfix.cli import speech
from provenfix.cli.bars import Bars
from provenfix.cli.common import draws_cards
from provenfix.indexer import IndexingError
from provenfix.labels import LANGUAGES, labels
from provenfix.problems import InputError
from provenfix.render import templating
from provenfix.render.compiled import Compiled
from provenfix.render.head import Head
from provenfix.render.shell import ShellError
from provenfix.serving import Builder, prepare

AFTER_ALL_LANGUAGES = -200
"""The i18n plugin builds the other languages in its own `on_post_build`, of priority -100."""

log = logging.getLogger("mkdocs")
current: Build
serving = False
elsewhere: Builder | None = None
"""What builds a served site again, if that is another process."""


def on_startup(command: str, dirty: bool) -> None:
    """`mkdocs serve` puts an inline script of its own into each page, to load it again."""
    global serving
    serving = command == "serve"
    if serving:
        memory.begin()
    speech.use(speech.choose((), os.environ))


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Build again in another process, which remembers more from build to build."""

    def build(here: Builder) -> None:
        global elsewhere
        elsewhere = here
        builder()

    global elsewhere
    elsewhere = prepare(server, build)
    return server


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build beside the published folder; and the sitemap is one of the generated files."""
    if not config.plugins["i18n"].building:
        config.site_dir = str(publish.staging(Path(config.site_dir)))
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the theme's templates the sentences of the language that is being built."""
    words = labels(config.theme["language"])
    csp = "" if serving else CONTENT_SECURITY_POLICY
    # 404.html has all languages in one file, so it is made once.
    every = {name: labels(name) for name in LANGUAGES}
    if config.plugins["i18n"].building:
        config.theme.static_templates.discard("404.html")
    env.globals.update(
        say=words, language=words.language, say_in=every, said_in=_said_in(config), csp=csp
    )
    env.bytecode_cache = Compiled(Cache(Path(config.config_file_path).parent), "theme")
    current.themes[words.language] = env
    return env


def _said_in(config: MkDocsConfig) -> dict[str, dict[str, Any]]:
    """What mkdocs.yml says in each language: the licence, and the names of the site's pages."""
    return {
        language.locale: {
            "licence": language.copyright or config.copyright,
            "pages": language.nav_translations or {},
        }
        for language in config.plugins["i18n"].config.languages
    }


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the generated pages below docs/, once for all languages."""
    if config.plugins["i18n"].building:
        return
    root = Path(config.config_file_path).parent
    cache = Cache(root)
    templating.remember(cache)
    # Nearly all that a build makes stays until its end, and is much.
    gc.disable()
    # A served site has no policy for scripts and lies elsewhere, so each has its own memory.
    name = f"site/{'served' if serving else 'built'}"
    turn = render.Turn(publish.published(Path(config.site_dir)), cache, name)
    try:
        house, standing = building.proven(root, cache)
    except InputError as error:
        raise PluginError(f"the entries have problems\n{error}") from None
    site = render.read_site(root, str(config.site_url))
    generated = render.generate(house, standing, site, cache)
    cards = render.cards(house, standing) if draws_cards() else {}
    global current
    heads = render.heads(generated.articles, site, generated.pages, cards)
    content = Content(house, standing, generated, cards, heads)
    current = Build(content, Path(config.site_dir), turn)
    render.write(root, generated.pages, cards)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Give the template what search engines read in the page's head."""
    words = page.meta.get("title", page.title), page.meta.get("description", "")
    context["head"] = current.content.heads(page.file.src_uri, *map(str, words))
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep what stands around pages that come later; MkDocs does not write an empty page."""
    path = page.file.src_uri
    if path not in FRAMES:
        if search.BODY in output:
            current.searched.append(search.page(page.url, config.theme["language"], output))
        return output
    try:
        current.shells[path] = render.cut(FRAMES[path], output)
    except ShellError as error:
        raise PluginError(str(error)) from None
    return ""


@event_priority(AFTER_ALL_LANGUAGES)
def on_post_build(config: MkDocsConfig) -> None:
    """Add the pages of errors and what is no page, and publish the site if it is whole."""
    if config.plugins["i18n"].building:
        return
    with Bars(quiet=not log.isEnabledFor(logging.INFO)) as bars:
        made = _assembly(config).write(partial(bars.bar, speech.say("cli.build.errors")))
        files.put(current.turn.folder, current.content.generated.verbatim)
        if missing := current.missing():
            raise PluginError(f"{len(missing)} files were not built: {', '.join(missing)}")
        # The indexes of words need the memory.
        del current.content
        garbage.give_back()
        fit = not _warned(config)
        folder = current.turn.folder
        early = elsewhere is not None and fit and (folder / search.FOLDER).exists()
        if elsewhere and early:
            # Whoever edits waits for the page; until they are indexed, words are found as before.
            current.turn.publish(made)
            elsewhere.shown()
            folder = publish.published(Path(config.site_dir))
        _index(config, folder, made.values(), partial(bars.bar, speech.say("cli.build.words")))
    if fit and not early:
        current.turn.publish(made)
    gc.enable()


def on_build_error(error: Exception) -> None:
    """A served site is built again, in the same process."""
    gc.enable()


def _assembly(config: MkDocsConfig) -> render.Assembly:
    content, root = current.content, Path(config.config_file_path).parent
    return render.Assembly(
        root=root,
        built=current.built,
        house=content.house,
        standing=content.standing,
        lists=content.generated.lists,
        heads=content.heads,
        head={of: partial(_head, theme, config) for of, theme in current.themes.items()},
        theme=building.theme(root, Path(config.config_file_path)),
        shells=current.shells,
        turn=current.turn,
    )


def _index(
    config: MkDocsConfig,
    folder: Path,
    made: Iterable[render.Made],
    count: Callable[[int], Callable[[], None]],
) -> None:
    pages = [*current.searched, *(page for of_entry in made for page in of_entry.pages)]
    cache = Cache(Path(config.config_file_path).parent)
    try:
        search.index(folder, pages, cache, count=count)
    except IndexingError as error:
        raise PluginError(f"the index of words was not made: {error}") from None


def on_shutdown() -> None:
    """A served site is gone with the server; so is one that was not finished."""
    if elsewhere:
        elsewhere.stop()
    if serving and "current" in globals():
        for folder in (current.built, current.turn.folder):
            shutil.rmtree(folder, ignore_errors=True)


def _warned(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to fail, which a strict build with warnings does at its very end."""
    handlers = log.handlers
    counts = (h.get_counts() for h in handlers if isinstance(h, CountHandler))
    return bool(config.strict and any(counts))


def _head(theme: Environment, config: MkDocsConfig, head: Head) -> str:
    return theme.get_template("partials/article.html").render(head=head, config=config)
