"""As a plug-in of pytest: one process that collects the suite once, and forks for each change.

A child gets the changed function by its code object, so that decorated functions, methods and
names imported elsewhere change too; it runs the tests that come by the line, and stops at the
first that fails. The process has a database of its own, made again where a child was cut off.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import time
from collections import defaultdict
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import pytest

from .changed import unhurried

MEMORY: Final = 6 * 2**30
"""Bytes of address space that a child may take."""
_Codes = dict[tuple[str, str, int], list[FunctionType]]


def pytest_configure(config: pytest.Config) -> None:
    """Take over where the driver asked for it."""
    if "MUTANTS_LINK" in os.environ:
        unhurried()
        link = Connection(int(os.environ["MUTANTS_LINK"]))
        config.pluginmanager.register(_Loop(link), "mutants")


class _Loop:
    def __init__(self, link: Connection) -> None:
        self._link = link
        self._failed = ""
        self._trusted: set[str] = set()
        self._items: dict[str, pytest.Item] = {}
        self._functions: _Codes = defaultdict(list)
        self._pid = 0
        """Of the child at work; it has a group of its own, so nobody else ends it."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed = self._failed or report.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        signal.signal(signal.SIGTERM, self._end)
        self._items = {item.nodeid: item for item in session.items}
        self._anchors = _two_apart(session.items)
        self._warm_up(session.items)
        self._index()
        gc.freeze()
        self._link.send({"ready": len(self._items)})
        while (asked := self._link.recv()) is not None:
            self._link.send(self._answer(asked))
        return True

    def _end(self, _number: int, _frame: object) -> None:
        if self._pid:
            os.killpg(self._pid, signal.SIGKILL)
        os._exit(1)

    def _warm_up(self, items: list[pytest.Item]) -> None:
        """Make the database by running a small test that needs it, and let go of it."""
        first = next(
            item
            for item in items
            if (mark := item.get_closest_marker("django_db")) and not mark.kwargs
        )
        first.config.hook.pytest_runtest_protocol(item=first, nextitem=self._after(first))
        if self._failed:
            raise pytest.UsageError(f"a test fails by itself: {self._failed}")
        from django.db import connections

        connections.close_all()

    def _index(self) -> None:
        """Where the functions of the product are, by what their code says of itself."""
        root = str(Path.cwd())
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(root):
                code = one.__code__
                key = (code.co_filename, code.co_qualname, code.co_firstlineno)
                self._functions[key].append(one)

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        distrusted: list[str] = []
        tests = [test for test in asked["tests"] if test in self._items]
        swaps = self._swaps(asked)
        if not swaps:
            return {"outcome": "not in reach", "distrusted": []}
        while True:
            left = [test for test in tests if test not in distrusted]
            outcome, test = self._fork(left, swaps, asked["seconds"])
            if outcome != "killed" or test in self._trusted:
                break
            control, _ = self._fork([test], [], asked["seconds"])
            if control == "survived":
                self._trusted.add(test)
                break
            distrusted.append(test)
        return {"outcome": outcome, "test": test, "distrusted": distrusted}

    def _swaps(self, asked: dict[str, Any]) -> list[tuple[FunctionType, CodeType]]:
        """The functions to change, each with its new code."""
        path = str(Path.cwd() / asked["file"])
        key = (path, asked["where"], asked["first_line"])
        whole = compile(asked["source"], path, "exec", dont_inherit=True)
        found = _inside(whole, asked["where"], asked["first_line"])
        return [(function, found) for function in self._functions.get(key, ()) if found]

    def _fork(
        self, tests: list[str], swaps: list[tuple[FunctionType, CodeType]], seconds: float
    ) -> tuple[str, str]:
        """Run tests in a child; its outcome, and the test that failed or was cut off."""
        read, write = os.pipe()
        pid = self._pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(read)
            self._child(tests, swaps, seconds, write)
        os.close(write)
        told, until = b"", time.monotonic() + 6 * seconds
        while (left := until - time.monotonic()) > 0 and select.select([read], [], [], left)[0]:
            if not (more := os.read(read, 65536)):
                break
            told += more
        os.close(read)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self._pid = 0
        lines = told.decode().splitlines()
        last = lines[-1] if lines else ""
        if last == "survived":
            return "survived", ""
        if last.startswith("killed "):
            return "killed", last.removeprefix("killed ")
        self._renew()
        return "cut off", last.removeprefix("running ") or str(status)

    def _child(
        self,
        tests: list[str],
        swaps: list[tuple[FunctionType, CodeType]],
        seconds: float,
        write: int,
    ) -> None:
        os.setsid()
        # The processor's time: a machine that is busy with something else cuts nothing off.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            for function, code in swaps:
                function.__code__ = code
        except ValueError:  # another closure than before: it could not be called
            os.write(write, b"killed by its closure\n")
            os._exit(0)
        try:
            items = [self._items[test] for test in tests]
            for number, item in enumerate(items):
                os.write(write, f"running {item.nodeid}\n".encode())
                after = items[number + 1] if number + 1 < len(items) else self._after(item)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if self._failed:
                    os.write(write, f"killed {item.nodeid}\n".encode())
                    os._exit(0)
            os.write(write, b"survived\n")
        except BaseException:  # whatever a change does, the child ends here
            os.write(write, f"killed {item.nodeid}\n".encode())
        os._exit(0)

    def _after(self, item: pytest.Item) -> pytest.Item:
        """A test of another package: it keeps what belongs to the whole run, and no more."""
        first, second = self._anchors
        return second if _package(item) == _package(first) else first

    def _renew(self) -> None:
        """The database as it was, for a child may have been cut off half-way."""
        from django.db import connection
        from pytest_django.plugin import blocking_manager_key

        item = self._anchors[0]
        with item.config.stash[blocking_manager_key].unblock():
            name = connection.settings_dict["NAME"]
            template = connection.settings_dict["TEST"]["TEMPLATE"]
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            connection.close()


def _package(item: pytest.Item) -> str:
    return item.nodeid.split("/")[1]


def _two_apart(items: list[pytest.Item]) -> tuple[pytest.Item, pytest.Item]:
    first = items[0]
    return first, next(item for item in items if _package(item) != _package(first))


def _inside(code: CodeType, name: str, line: int) -> CodeType | None:
    """The code of a function inside a module's."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name and one.co_firstlineno == line:
                return one
            if found := _inside(one, name, line):
                return found
    return None
