"""Change the lines that matter, one small change at a time, and ask the tests.

    make mutants                              a sample of 45 minutes, another one each day
    make mutants MINUTES=5 SEED=1             a short one, the same each time
    make mutants ONLY="figures/actions"           every file whose path holds one of these words

Exit status 1 where a change survives in a file of ``scope.STRICT``, or more than one in twenty
of those tried elsewhere. A change that makes no difference stands in ``equivalent.toml`` with
the reason. Nothing is written to the tree: changes are made in memory, in a copy.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from .changes import Change, change, count, source_digest
from .reach import Reach, with_helpers
from .scope import MOST_ELSEWHERE, ROOT, STRICT, files

PROCESSES: Final = int(os.environ.get("WORKERS", "2"))
PRODUCT: Final = ("jbn_oversight", "cases", "certification", "audits", "reports")
NOT_IN_GIT: Final = ("static/vendor", "staticfiles")
BATCH: Final = 60
"""Test files after which what was learned is kept, so that a run that is stopped goes on there."""
LEAST_SECONDS: Final = 20.0
"""Of the processor, for one change; a test takes as long as it does, and four times that."""
STRICT_OF_TEN: Final = 7
"""Of ten changes tried, so many are in files where none may survive."""
MOST_TESTS: Final = 400
"""Asked of a constant, the quick ones first."""
EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")


@cache
def importers(file: str) -> list[str]:
    """Files of the product that import a module, those with short names first."""
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    package, _, name = module.rpartition(".")
    wanted = re.compile(
        rf"^\s*from ({re.escape(module)} import|{re.escape(package)} import .*\b{name}\b)", re.M
    )
    paths = (path for app in PRODUCT for path in (ROOT / app).rglob("*.py"))
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in paths}
    return sorted((one for one, text in texts.items() if wanted.search(text)), key=len)


@dataclass
class Outcomes:
    """What became of the changes."""

    tried: Counter[str] = field(default_factory=Counter)
    survivors: list[tuple[Change, str]] = field(default_factory=list)
    distrusted: set[str] = field(default_factory=set)
    kills: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unfinished: int = 0
    """Workers that did not come to their end: something is wrong with the tool or the suite."""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Run:
    """One run of the tool, in a directory of its own that goes when it ends."""

    def __init__(self, home: Path, seed: int, until: float) -> None:
        self.home, self.tree, self.until = home, home / "tree", until
        self.random = random.Random(seed)
        self.only = os.environ.get("ONLY", "").split()
        self.groups = files()
        self.log = (home / "log").open("w")
        self.outcomes = Outcomes()
        with EQUIVALENT.open("rb") as file:
            rows = tomllib.load(file).get("equivalent", [])
        self.equivalent = {(r["file"], r["where"], r["was"], r["becomes"]): r for r in rows}
        os.environ |= {
            "DATA_DIR": str(home / "data"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(home / "hypothesis"),
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": str(self.tree),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }

    def copy_tree(self) -> None:
        """The files of the working tree, and what set-up made of them."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for name in listed.stdout.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.tree / name)
        for name in NOT_IN_GIT:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.tree / name, dirs_exist_ok=True)
        for path in ROOT.glob("*/locale/**/*.mo"):
            shutil.copy2(path, self.tree / path.relative_to(ROOT))
        (self.tree / ".venv").symlink_to(ROOT / ".venv")
        # Some tests ask git what it knows and what it leaves out.
        for command in (["init", "--quiet"], ["add", "--all"]):
            subprocess.run(["git", *command], cwd=self.tree, check=True)

    def learn(self) -> Reach:
        """Which tests come by which lines; the suite runs where that is not known yet."""
        paths = [path for app in (*PRODUCT, "templates") for path in (ROOT / app).rglob("*")]
        product = source_digest(
            [path for path in paths if path.is_file() and path.suffix in {".py", ".html", ".po"}]
        )
        directory = ROOT / ".data" / "mutants"
        for old in directory.glob("*.gz"):
            if old.name != f"{product}.gz":
                old.unlink()
        reach = Reach(directory / f"{product}.gz")
        wanted = {
            str(path.relative_to(ROOT)): source_digest(with_helpers(path))
            for path in sorted((ROOT / "tests").rglob("test_*.py"))
        }
        words = os.environ.get("TESTS", "tests").split()
        missing = [file for file in reach.stale(wanted) if any(word in file for word in words)]
        if missing:
            print(f"running {len(missing)} test files to learn which lines they reach", flush=True)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            out = self.home / "map" / str(start)
            failed = reach.learn(self.tree, batch, self.groups, out, self.log)
            reach.keep({file: wanted[file] for file in batch}, failed)
            self.outcomes.distrusted |= failed
        return reach

    def sample(self) -> list[tuple[str, str, int]]:
        """File, group and number of every change, in the order in which they are tried."""
        strict: list[tuple[str, str, int]] = []
        others: list[tuple[str, str, int]] = []
        for file, group in self.groups.items():
            if self.only and not any(word in file for word in self.only):
                continue
            (strict if group in STRICT else others).extend(
                (file, group, number) for number in range(count(file))
            )
        self.random.shuffle(strict)
        self.random.shuffle(others)
        order = []
        while strict or others:
            for turn in range(10):
                if mine := (strict if turn < STRICT_OF_TEN else others):
                    order.append(mine.pop())
        print(f"{len(order)} changes can be made", flush=True)
        return order

    def work(self, reach: Reach) -> None:
        """Try changes in as many processes as there are, until the time is up."""
        order = iter(self.sample())
        turn = threading.Lock()

        def one(number: int) -> None:
            worker = Worker(self, number)
            self.outcomes.unfinished += 1
            try:
                while time.monotonic() < self.until:
                    with turn:
                        place = next(order, None)
                        made = place and change(*place)
                    if place is None:
                        break
                    if made and made.key not in self.equivalent:
                        self._judge(made, *worker.ask(made, reach))
                self.outcomes.unfinished -= 1
            finally:
                worker.close()

        threads = [threading.Thread(target=one, args=(n,)) for n in range(PROCESSES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _judge(self, made: Change, outcome: str, test: str) -> None:
        with self.outcomes.lock:
            if outcome == "late":
                return
            self.outcomes.tried[made.group] += 1
            if outcome == "survived":
                self.outcomes.survivors.append((made, test))
                print(f"\n{made.file}:{made.line} survived ({test})\n{made.diff}", flush=True)
            elif test:
                self.outcomes.kills[made.file][test] += 1

    def report(self) -> int:
        """Say how it went; the exit status."""
        tried, outcomes = self.outcomes.tried, self.outcomes
        left = Counter(made.group for made, _ in outcomes.survivors)
        print()
        for group in (*STRICT, "elsewhere"):
            print(f"{group}: {tried[group]} tried, {left[group]} survived")
        for test in sorted(outcomes.distrusted):
            print(f"fails by itself, so that it was not asked: {test}")
        some = [made for made, _ in outcomes.survivors if made.group in STRICT]
        many = left["elsewhere"] > MOST_ELSEWHERE * max(tried["elsewhere"], 1)
        wrong = outcomes.distrusted or outcomes.unfinished or not tried.total()
        return 1 if some or many or wrong else 0

    def end(self) -> None:
        """Stop the database server that a process which was cut off may have left."""
        self.log.close()
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.home / "data/postgresql/postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGINT)
            for _ in range(50):
                os.kill(pid, 0)
                time.sleep(0.1)


class Worker:
    """One process that has the suite at hand."""

    def __init__(self, run: Run, number: int) -> None:
        self._run, self._number = run, number
        self._link: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, made: Change, reach: Reach) -> tuple[str, str]:
        """What becomes of the change, and the test that tells."""
        inside = range(made.line, made.line + made.was.count("\n") + 1) if made.where else None
        tests = reach.tests(made.file, inside)
        if not made.where:
            # Constants run nowhere: who imports them knows what they are for.
            users = [one for user in importers(made.file) for one in reach.tests(user, None)]
            tests = list(dict.fromkeys([*tests, *users]))[:MOST_TESTS]
        kills = self._run.outcomes.kills[made.file]
        tests.sort(key=lambda test: -kills[test])
        tests = [test for test in tests if test not in self._run.outcomes.distrusted]
        outcome, test = "not in reach", ""
        if made.where and tests:
            found = self._try(made, tests, reach)
            outcome, test = found["outcome"], found["test"]
            if outcome == "survived" and not reach.at_import(made.file, made.line):
                return outcome, f"{len(tests)} tests"
        if not tests:
            return "survived", "no test comes by"
        if outcome in {"survived", "not in reach"}:
            return self._afresh(made, tests, reach)
        return outcome, test

    def close(self) -> None:
        """Let the process end by itself."""
        if self._process is not None:
            with suppress(OSError):
                self._link and self._link.send(None)
            if time.monotonic() > self._run.until:
                self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _try(self, made: Change, tests: list[str], reach: Reach) -> dict[str, Any]:
        if self._link is None:
            self._link = self._start()
        self._link.send(
            {
                "file": made.file,
                "where": made.where,
                "first_line": made.first_line,
                "source": made.source,
                "tests": tests,
                "seconds": self._limit(tests, reach),
            }
        )
        # Who is still busy when the time is up is not waited for.
        if not self._link.poll(max(1.0, self._run.until - time.monotonic())):
            return {"outcome": "late", "test": ""}
        try:
            found: dict[str, Any] = {"test": "", **self._link.recv()}
        except EOFError:  # ended from outside; the next change gets a new process
            self.close()
            self._link = self._process = None
            return {"outcome": "late", "test": ""}
        with self._run.outcomes.lock:
            self._run.outcomes.distrusted |= set(found["distrusted"])
        return found

    def _start(self) -> Connection:
        mine, theirs = Pipe()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", "-q", "-s", "-m", "not slow", "-n", "0"),
                *("-p", "no:cacheprovider", "-p", "scripts.mutants.trying"),
                *("--hypothesis-seed=1", "tests"),
            ],
            cwd=self._run.tree,
            env={
                **os.environ,
                "MUTANTS_LINK": str(theirs.fileno()),
                # Part of the database's name, as with parallel runs of tox.
                "TOX_PARALLEL_ENV": f"mutants{self._number}",
            },
            pass_fds=[theirs.fileno()],
            stdout=self._run.log,
            stderr=self._run.log,
        )
        theirs.close()
        try:
            mine.recv()
        except EOFError:
            raise SystemExit("the suite could not be collected, or fails by itself") from None
        return mine

    def _afresh(self, made: Change, tests: list[str], reach: Reach) -> tuple[str, str]:
        """In a process that imports the changed module, for what happens at import."""
        source = self._run.home / f"changed{self._number}.py"
        listing = self._run.home / f"tests{self._number}"
        source.write_text(made.source)
        listing.write_text("\n".join(tests))
        left = self._run.until - time.monotonic()
        try:
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "-x", "-n", "0"),
                    *("-p", "no:cacheprovider", "-p", "scripts.mutants.changed"),
                    *("--hypothesis-seed=1", f"@{listing}"),
                ],
                cwd=self._run.tree,
                env={
                    **os.environ,
                    "MUTANTS_FILE": made.file,
                    "MUTANTS_SOURCE": str(source),
                    "TOX_PARALLEL_ENV": f"mutants{self._number}afresh",
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=max(1.0, min(6 * self._limit(tests, reach) + 30, left)),
                check=False,
            )
        except subprocess.TimeoutExpired:
            late = time.monotonic() > self._run.until
            return ("late" if late else "cut off"), ""
        return ("survived", f"{len(tests)} tests") if done.returncode == 0 else ("killed", "")

    @staticmethod
    def _limit(tests: list[str], reach: Reach) -> float:
        return LEAST_SECONDS + 4 * sum(reach.seconds.get(test, 1.0) for test in tests)


def main() -> None:
    """Run, say what survived, and leave nothing behind."""
    seed = int(os.environ.get("SEED") or f"{date.today():%Y%m%d}")  # noqa: DTZ011
    minutes = float(os.environ.get("MINUTES") or 45)
    print(f"SEED={seed} MINUTES={minutes:g}", flush=True)
    home = Path(tempfile.mkdtemp(prefix="jbn-mutants-"))
    run = Run(home, seed, time.monotonic() + 60 * minutes)
    # Stopped from outside it cleans up all the same.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    try:
        run.copy_tree()
        run.work(run.learn())
        status = run.report()
    finally:
        run.end()
        if "KEEP" not in os.environ:
            shutil.rmtree(home, ignore_errors=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
