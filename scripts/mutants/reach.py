"""Which tests come by which lines: the suite run once, and kept until a file of it changes.

As a plug-in of pytest this module notes, test by test, the lines of the changed files. Outcomes
that a process keeps are dropped before each test, so that each is seen to do its own work.
"""

from __future__ import annotations

import ast
import gzip
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any, Final

import coverage
import pytest

from .scope import ROOT

AT_IMPORT: Final = ""
"""Stands for the test that a line runs in while modules are imported."""
_OUT: Final = os.environ.get("MUTANTS_MAP", "")
_TREE: Final = Path(os.environ.get("MUTANTS_TREE", "."))
_watch: coverage.Coverage | None = None

if _OUT:
    _watch = coverage.Coverage(
        data_file=None, include=json.loads(os.environ["MUTANTS_FILES"]), config_file=False
    )
    _watch.start()

_seconds: dict[str, float] = defaultdict(float)
_failed: set[str] = set()


def caches() -> Iterator[Any]:
    """What functions of the product keep."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {
            "jbn_oversight",
            "cases",
            "certification",
            "audits",
            "reports",
        }:
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    yield value


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note the lines under the test's name."""
    if _watch is not None:
        for kept in caches():
            kept.cache_clear()
        if "reports.figures.rules.protection" in sys.modules:
            sys.modules["reports.figures.rules.protection"].forget()
        _watch.switch_context(item.nodeid)
    yield
    if _watch is not None:
        _watch.switch_context(AT_IMPORT)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long it took."""
    if _OUT:
        _seconds[report.nodeid] += report.duration
        if report.failed:
            _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write down what this process saw."""
    if _watch is None or not _seconds or os.environ.get("PYTEST_XDIST_WORKER") is None:
        return
    _watch.stop()
    data = _watch.get_data()
    lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for path in data.measured_files():
        file = str(Path(path).relative_to(_TREE))
        by_test: dict[str, list[int]] = defaultdict(list)
        for line, tests in data.contexts_by_lineno(path).items():
            for test in tests:
                by_test[test].append(line)
        for test, found in by_test.items():
            lines[test][file] = found
    out = Path(_OUT) / f"{os.environ['PYTEST_XDIST_WORKER']}.json"
    out.write_text(json.dumps({"lines": lines, "seconds": _seconds, "failed": sorted(_failed)}))


def with_helpers(path: Path) -> list[Path]:
    """A test file and what it imports of the tests, directly or by way of others."""
    found, left = set(), [path]
    while left:
        one = left.pop()
        if one in found or not one.is_file():
            continue
        found.add(one)
        for node in ast.walk(ast.parse(one.read_text())):
            if isinstance(node, ast.ImportFrom):
                module = (node.module or "").split(".") if node.module else []
                base = one.parents[node.level - 1] if node.level else ROOT
                if node.level or module[:1] == ["tests"]:
                    left.append(base.joinpath(*module).with_suffix(".py"))
                    left += [base.joinpath(*module, f"{name.name}.py") for name in node.names]
    return sorted(found)


class Reach:
    """Test -> file -> lines, and how long each test takes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.digests: dict[str, str] = {}
        """Test file -> its digest when it was run."""
        self.lines: dict[str, dict[str, list[int]]] = {}
        self.seconds: dict[str, float] = {}
        if path.exists():
            kept = json.loads(gzip.decompress(path.read_bytes()))
            self.digests, self.lines, self.seconds = (
                kept[name] for name in ("digests", "lines", "seconds")
            )

    def stale(self, wanted: dict[str, str]) -> list[str]:
        """Test files that are to be run (again); what is no longer wanted is dropped."""
        gone = {file for file, digest in self.digests.items() if wanted.get(file) != digest}
        self._drop(gone)
        return [file for file in wanted if file not in self.digests]

    def learn(
        self, tree: Path, files: list[str], watched: Iterable[str], out: Path, log: Any
    ) -> set[str]:
        """Run test files in two processes and note their lines; gives the tests that failed.

        Raises SystemExit where pytest itself was stopped: half a map is none.
        """
        out.mkdir(parents=True)
        listing = out / "files"
        listing.write_text("\n".join(files))
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "scripts.mutants.reach"),
                *("-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", "-m", "not slow"),
                f"@{listing}",
            ],
            cwd=tree,
            env={
                **os.environ,
                "MUTANTS_MAP": str(out),
                "MUTANTS_TREE": str(tree),
                "MUTANTS_FILES": json.dumps([str(tree / file) for file in watched]),
            },
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise SystemExit(f"the suite did not run to its end, see {getattr(log, 'name', log)}")
        failed: set[str] = set()
        for part in out.glob("*.json"):
            found = json.loads(part.read_text())
            at_import = found["lines"].pop(AT_IMPORT, {})
            known = self.lines.setdefault(AT_IMPORT, {})
            for file, lines in at_import.items():
                known[file] = sorted({*known.get(file, ()), *lines})
            self.lines |= found["lines"]
            self.seconds |= found["seconds"]
            failed |= set(found["failed"])
        return failed

    def keep(self, digests: dict[str, str], failed: set[str]) -> None:
        """Store it; files with a test that failed are run again next time."""
        again = {test.partition("::")[0] for test in failed}
        self.digests |= {file: d for file, d in digests.items() if file not in again}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"digests": self.digests, "lines": self.lines, "seconds": self.seconds}
        self._path.write_bytes(gzip.compress(json.dumps(kept).encode(), 3))

    def at_import(self, file: str, line: int) -> bool:
        """Whether the line runs while modules are imported."""
        return line in self.lines.get(AT_IMPORT, {}).get(file, ())

    def tests(self, file: str, lines: range | None) -> list[str]:
        """The tests that come by one of the lines, or by the file at all, quick ones first."""
        found = [
            test
            for test, files in self.lines.items()
            if test
            and file in files
            and (lines is None or any(line in lines for line in files[file]))
        ]
        return sorted(found, key=lambda test: self.seconds.get(test, 9.0))

    def _drop(self, files: set[str]) -> None:
        for file in files:
            del self.digests[file]
        for test in [t for t in self.lines if t and t.partition("::")[0] in files]:
            del self.lines[test]
            self.seconds.pop(test, None)
