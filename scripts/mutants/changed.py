"""As a plug-in of pytest: import one module of the product with a change, in memory only."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import hypothesis


def unhurried() -> None:
    """Let no example fail for being slow: the machine may be busy, the change must be wrong."""
    every = list(hypothesis.HealthCheck)
    hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=every)
    hypothesis.settings.load_profile("unhurried")


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        source = Path(os.environ["MUTANTS_SOURCE"]).read_text()
        return compile(source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        package = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return spec_from_file_location(
            fullname,
            self._path,
            loader=_Loader(fullname, str(self._path)),
            submodule_search_locations=package,
        )


def _install(file: str) -> None:
    parts = list(Path(file).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    sys.meta_path.insert(0, _Finder(Path.cwd() / file, ".".join(parts)))


if "MUTANTS_FILE" in os.environ:
    unhurried()
    _install(os.environ["MUTANTS_FILE"])
