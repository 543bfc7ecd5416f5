"""What `mkdocs serve` does otherwise: it builds in a process of its own, and is told of changes.

MkDocs builds in a thread beside those that answer, and looks at all files again and again for
changes. At thousands of entries the looking takes longer than the building, and one interpreter
runs one thread at a time.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from provenfix import parallel
from provenfix.cli import speech

_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""What the system tells of files that is a change: it tells of reading them as well."""
_OFTEN = 0.5
"""Seconds between two looks at all files, where the system does not tell of changes."""

log = logging.getLogger("mkdocs")


class Builder:
    """A process that builds whenever it is asked to, forked before the server has threads.

    Args:
        build: Builds the site. It is given this builder, to call `shown` once that can be seen.
    """

    def __init__(self, build: Callable[[Builder], None]) -> None:
        self._build = build
        self._open = True
        context = multiprocessing.get_context("fork")
        self._asks, self._answers = context.Pipe()
        self._process = context.Process(target=self._work, name="provenfix-builder")
        self._process.start()
        self._answers.close()

    def __call__(self) -> None:
        """Have the site built; where that process is gone, build it here.

        Raises:
            Abort: The build failed; holds what it said. MkDocs then waits for the next change.
        """
        try:
            self._asks.send(None)
            said: str | None = self._asks.recv()
        except (EOFError, OSError):
            self._build(self)
            return
        if said is not None:
            raise Abort(said)

    def shown(self) -> None:
        """Say that the site can be seen, if this is the process that builds it.

        What it does afterwards is seen when it is done.
        """
        if multiprocessing.current_process() is self._process and self._open:
            self._open = False
            self._answers.send(None)

    def stop(self) -> None:
        """End the process, also in the middle of a build."""
        self._process.kill()
        self._process.join()

    def _work(self) -> None:
        # Ctrl-C reaches all processes of a terminal; the server ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._asks.close()
        while _asked(self._answers):
            self._open = True
            said = None
            try:
                self._build(self)
            except SystemExit as error:
                said = str(error)
            except Exception:
                said = traceback.format_exc()
            if self._open:
                self._answers.send(said)
            elif said is not None:
                log.error(said)


class Watcher:
    """Watches files as MkDocs's observers do, but is told of changes where the system tells."""

    def __init__(self) -> None:
        self._wanted: list[tuple[FileSystemEventHandler, str, bool]] = []
        self._observer: BaseObserver | None = None

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> tuple[FileSystemEventHandler, str, bool]:
        """Watch a file or folder from `start` on.

        Args:
            handler: Told of each change.
            path: The file or folder.
            recursive: With all folders in it.

        Returns:
            What `unschedule` wants.
        """
        self._wanted.append((handler, path, recursive))
        return self._wanted[-1]

    def unschedule(self, watch: tuple[FileSystemEventHandler, str, bool]) -> None:
        """Watch it no longer."""
        self._wanted.remove(watch)

    def start(self) -> None:
        """Begin; where the system has no room for so many watches, look again and again."""
        told = Observer()
        try:
            self._start(told)
        except OSError as error:
            told.stop()
            log.info(speech.say("cli.build.looking", seconds=_OFTEN, reason=error))
            self._start(PollingObserver(timeout=_OFTEN))

    def stop(self) -> None:
        """End, if it has begun."""
        if self._observer:
            self._observer.stop()

    def join(self) -> None:
        """Wait for the end."""
        if self._observer:
            self._observer.join()

    def _start(self, observer: BaseObserver) -> None:
        for handler, path, recursive in self._wanted:
            observer.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
        observer.start()
        self._observer = observer


def prepare(server: LiveReloadServer, build: Callable[[Builder], None]) -> Builder | None:
    """Let a server that has not begun build elsewhere, and be told of changes.

    Args:
        server: The server.
        build: Builds the site; told for whom.

    Returns:
        Its builder; None where a fork is not safe.
    """
    _watch_otherwise(server)
    if not parallel.can_fork():
        return None
    builder = Builder(build)
    server.builder = builder
    return builder


def _watch_otherwise(server: Any) -> None:
    paths = list(server._watched_paths)
    for path in paths:
        server.unwatch(path)
    server.observer = Watcher()
    for path in paths:
        server.watch(path)


def _asked(connection: Connection) -> bool:
    """Wait until the server asks for a build; False if there is no server any more."""
    try:
        connection.recv()
    except EOFError:
        return False
    return True
