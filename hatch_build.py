"""Build hook: the wheel holds the entries' data, made by the package's own code."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class EntriesHook(BuildHookInterface):
    """Writes `provenfix/entries.json` into a wheel; a checkout makes it when it is asked for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file outside the repository, so that nothing is left in it."""
        self._folder = ""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from provenfix import shipped
        from provenfix.guest.data import FILE

        data = shipped.data(*shipped.read(root), os.environ.get("SITE_URL", ""))
        self._folder = tempfile.mkdtemp()
        path = Path(self._folder, FILE)
        path.write_text(shipped.as_text(data), "utf-8")
        build_data["force_include"][str(path)] = f"provenfix/{FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made."""
        if self._folder:
            shutil.rmtree(self._folder)
