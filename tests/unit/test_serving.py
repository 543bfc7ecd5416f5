"""A served site is built in another process, and changes are told, not looked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fresh import said
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from provenfix.serving import Watcher

PATIENCE = 30.0
"""Seconds until a change must have been told."""


def test_builds_elsewhere() -> None:
    """Again and again in the same process, which is not the one that asks."""
    printed = said(
        """
        import os
        from provenfix.serving import Builder

        def build(builder):
            built.append(os.getpid())
            os.write(1, f"{len(built)} {os.getpid() == here}\\n".encode())

        built, here = [], os.getpid()
        builder = Builder(build)
        builder()
        builder()
        builder.stop()
        """
    )

    assert "1 False\n2 False\n" == printed


def test_a_failed_build_says_why() -> None:
    """Whether it ended by itself or broke; the next one is asked for as if nothing had been."""
    printed = said(
        """
        from mkdocs.exceptions import Abort
        from provenfix.serving import Builder

        def build(builder):
            built.append(1)
            if len(built) == 1:
                raise SystemExit("Aborted with 1 warnings in strict mode!")
            if len(built) == 2:
                raise KeyError("a slug")

        built = []
        builder = Builder(build)
        for _ in range(3):
            try:
                builder()
                print("built")
            except Abort as error:
                print(str(error).splitlines()[-1])
        builder.stop()
        """
    )

    assert "Aborted with 1 warnings in strict mode!\nKeyError: 'a slug'\nbuilt\n" == printed


def test_shown_before_the_end() -> None:
    """Who asked goes on as soon as the site is shown; the next build waits for the end of this."""
    printed = said(
        """
        import os
        from provenfix.serving import Builder

        def build(builder):
            builder.shown()
            builder.shown()
            os.read(read, 1)
            os.write(1, b"ended\\n")

        read, write = os.pipe()
        builder = Builder(build)
        for _ in range(2):
            builder()
            os.write(1, b"shown\\n")
            os.write(write, b"x")
        builder.stop()
        """
    )

    assert ["shown", "ended", "shown"] == printed.split()[:3]


def test_a_builder_that_is_gone() -> None:
    """Its work is done here."""
    printed = said(
        """
        import os
        from provenfix.serving import Builder

        here = os.getpid()
        builder = Builder(lambda _: os.write(1, f"{os.getpid() == here}\\n".encode()))
        builder.stop()
        builder()
        """
    )

    assert "True\n" == printed


def test_a_builder_ends_with_its_server() -> None:
    """kill -9 of the server leaves no process."""
    program = textwrap.dedent(
        """
        import time
        from provenfix.serving import Builder
        builder = Builder(lambda _: None)
        print(builder._process.pid, flush=True)
        time.sleep(60)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        builder = Path(f"/proc/{int(server.stdout.readline())}")
        assert builder.exists()
        server.send_signal(signal.SIGKILL)
    for _ in range(300):
        if not builder.exists():
            break
        threading.Event().wait(0.1)

    assert not builder.exists()


class _Told(FileSystemEventHandler):
    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.changed = threading.Condition()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of a file."""
        if not event.is_directory:
            with self.changed:
                self.paths.add(os.fsdecode(event.src_path))
                self.changed.notify_all()

    def hears_of(self, path: Path) -> bool:
        """Whether a change of a file is told in time."""
        with self.changed:
            return self.changed.wait_for(lambda: str(path) in self.paths, PATIENCE)


@contextmanager
def _watching(folder: Path) -> Iterator[_Told]:
    watcher, told = Watcher(), _Told()
    watcher.unschedule(watcher.schedule(told, str(folder / "nowhere")))
    watcher.schedule(told, str(folder), recursive=True)
    watcher.start()
    try:
        yield told
    finally:
        watcher.stop()
        watcher.join()


@pytest.mark.parametrize("told", [True, False])
def test_changes_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: bool) -> None:
    """Of a file that is written or replaced, with the system's help or without."""

    def full(_: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    if not told:
        monkeypatch.setattr(Observer, "start", full)
    below = tmp_path / "entries" / "empty-mean"
    below.mkdir(parents=True)
    (below / "en.yaml").write_text("title: Mean", "utf-8")
    with _watching(tmp_path) as heard:
        (below / "en.yaml").write_text("title: Mean of nothing", "utf-8")
        assert heard.hears_of(below / "en.yaml")
        (below / ".new").write_text("title: Other", "utf-8")
        (below / ".new").replace(below / "zh.yaml")
        assert heard.hears_of(below / ".new") or heard.hears_of(below / "zh.yaml")


def test_reading_is_no_change(tmp_path: Path) -> None:
    """A build reads all files; if that were a change, the next build would follow at once."""
    (tmp_path / "read").write_text("a", "utf-8")
    with _watching(tmp_path) as heard:
        (tmp_path / "read").read_text("utf-8")
        (tmp_path / "written").write_text("b", "utf-8")
        assert heard.hears_of(tmp_path / "written")

    assert str(tmp_path / "read") not in heard.paths
