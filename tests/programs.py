"""What the tests need of the machine is there, or the run ends with a sentence that names it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
ALWAYS = ("run", "test")


def script(name: str) -> ModuleType:
    """A module of ``scripts``, which is no package."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse to begin without what every run needs; process workers leave it to the first one."""
    if hasattr(session.config, "workerinput"):
        return
    if missing := script("system_packages").missing(ALWAYS):
        names = " ".join(package.name for package in missing)
        pytest.exit(f"These packages are missing, which make test installs: {names}", returncode=1)


def program(*names: str) -> str:
    """The path of the first of these programs that is there; the test fails where none is."""
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.fail(f"{' or '.join(names)} is not installed: make test-all does that.", pytrace=False)
