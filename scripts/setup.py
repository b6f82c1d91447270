"""Make the portal's environment: system libraries, Python packages, styles, database.

Runs with the system's Python (3.11 or newer) and nothing else. Steps that have nothing to do
are skipped by the hash of what they depend on, so a second run takes seconds and needs no
network. ``--for`` says what it is for: ``run``, ``test``, ``all`` (every test) or ``bench``.

It may be cut off anywhere, also by ``kill -9``, and goes on when it is started again: a step's
stamp goes before the step begins and comes back when it is whole, and an environment that was
left in the middle of a change is made again.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
PURPOSES = {
    "run": ("run", "setup"),
    "test": ("run", "setup", "test"),
    "all": ("run", "setup", "test", "browser", "services"),
    "bench": ("run", "setup", "test", "services"),
}
_held: list[int] = []
"""The lock of this folder, which commands that change it keep with them."""


def say(text: str) -> None:
    """Tell what is going on."""
    print(f"· {text}", file=sys.stderr, flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time in this folder.

    What a set-up started holds the lock too: where the set-up was killed and its npm goes on, the
    next one waits for that npm.
    """
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("waiting for another set-up of this folder")
        fcntl.flock(lock, fcntl.LOCK_EX)
    _held.append(lock)
    try:
        yield
    finally:
        _held.remove(lock)
        os.close(lock)


def run(*command: str | Path, keeps_lock: bool = True, **environment: str) -> None:
    """Run a command quietly; stop with its output where it fails.

    ``keeps_lock`` is not for what may leave a server behind.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        pass_fds=tuple(_held) if keeps_lock else (),
    )
    if done.returncode:
        words = " ".join(str(part) for part in command)
        how = "was killed" if done.returncode < 0 else f"ended with {done.returncode}"
        sys.exit(f"{done.stdout}\nFailed, it {how}: {words}\nStart again to go on from here.")


def stamp(name: str, files: Iterable[Path], *more: str) -> tuple[Path, str]:
    """Where a step's stamp lies and what it must hold to be skipped."""
    digest = hashlib.sha256("\n".join(more).encode())
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return STAMPS / name, digest.hexdigest()


def fresh(mark: tuple[Path, str]) -> bool:
    """Whether the step was done for these very files."""
    path, digest = mark
    return path.exists() and path.read_text() == digest


def begin(mark: tuple[Path, str]) -> None:
    """Forget the step: what it made before is about to change."""
    mark[0].unlink(missing_ok=True)


def done(mark: tuple[Path, str]) -> None:
    """Remember that the step was done, once all that it made is on the disk."""
    path, digest = mark
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(digest)
    os.sync()
    new.replace(path)


def identity() -> str:
    """What the environment's own Python is and where it believes to be; empty if it is gone."""
    probe = "import sys; print(sys.implementation.cache_tag, sys.prefix)"
    try:
        asked = subprocess.run(
            [str(PYTHON), "-I", "-c", probe], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _unusable() -> str:
    """Why the environment that is there has to be made again; empty where it is good."""
    mark = STAMPS / "venv"
    if not mark.exists() or (STAMPS / "changing").exists():
        return "it was left half-made"
    if mark.read_text() != (identity() or "gone"):
        return "its Python is another one now, or the folder was moved"
    return ""


@contextmanager
def changing_environment() -> Iterator[None]:
    """What is cut off in here leaves an environment that nobody trusts any more.

    A command that fails before it changes anything, such as one without a network, does not.
    """
    mark = STAMPS / "changing"
    mark.touch()
    before = _contents()
    try:
        yield
    except SystemExit:
        if _contents() == before:
            mark.unlink()
        raise
    mark.unlink()


def _contents() -> set[tuple[str, int]]:
    places = VENV.glob("lib/python*/site-packages/*")
    return {(path.name, path.stat().st_mtime_ns) for path in places}


def environment() -> None:
    """The virtual environment, with uv in it, checked by hash."""
    there = VENV.is_symlink() or VENV.exists()
    if why := _unusable() if there else "it is not there":
        say(f"making .venv: {why}")
        if VENV.is_symlink():
            VENV.unlink()
        elif there:
            shutil.rmtree(STAMPS, ignore_errors=True)
            shutil.rmtree(VENV)
        run(sys.executable, "-m", "venv", VENV)
        done((STAMPS / "venv", identity()))
    lock = ROOT / "requirements-uv.lock"
    mark = stamp("uv", [lock])
    if not fresh(mark):
        say("installing uv")
        quiet = ("pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", lock)
        with changing_environment():
            run(PYTHON, "-m", *quiet)
            done(mark)


def _install(lock: Path) -> None:
    """A lock's packages, checked by hash."""
    quiet = ("pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", lock)
    run(VENV / "bin" / "uv", *quiet, UV_PYTHON_DOWNLOADS="never", UV_NO_CONFIG="1")


def python_packages(level: str) -> None:
    """The packages of the lock; those for testing only where asked."""
    testing = level != "run" or (STAMPS / "testing").exists()
    lock = ROOT / ("requirements-dev.lock" if testing else "requirements-embedded.lock")
    mark = stamp("packages", [lock])
    if fresh(mark):
        return
    say("installing Python packages")
    with changing_environment():
        _install(lock)
        if testing:
            done((STAMPS / "testing", ""))
        done(mark)


def npm() -> list[str]:
    """The command npm: the system's, or one from PyPI in the environment."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    lock = ROOT / "requirements-node.lock"
    mark = stamp("node", [lock])
    if not fresh(mark):
        say("installing Node.js, which brings the styles")
        with changing_environment():
            _install(lock)
            done(mark)
    return [str(VENV / "bin" / "npm")]


def styles() -> None:
    """The design system's styles and the fonts, copied to static/vendor."""
    script = ROOT / "scripts" / "vendor_static.py"
    sources = [ROOT / "package.json", ROOT / "package-lock.json", script]
    sources += (ROOT / "static" / "css").glob("*.css")
    mark = stamp("styles", sources)
    if fresh(mark) and (ROOT / "static" / "vendor").is_dir():
        return
    say("fetching styles and fonts")
    begin(mark)
    packages = stamp("npm", sources[:2])
    if not (fresh(packages) and (ROOT / "node_modules").is_dir()):
        command = npm()
        begin(packages)
        path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        run(*command, "ci", "--no-fund", "--no-audit", "--ignore-scripts", PATH=path)
        done(packages)
    run(PYTHON, script)
    done(mark)


def messages() -> None:
    """Compile the Dutch catalogue."""
    catalogues = list((ROOT / "jbn_oversight" / "locale").glob("*/LC_MESSAGES/*.po"))
    compiled = all(path.with_suffix(".mo").exists() for path in catalogues)
    mark = stamp("messages", catalogues)
    if fresh(mark) and compiled:
        return
    begin(mark)
    run(PYTHON, ROOT / "scripts" / "compile_messages.py", *catalogues)
    done(mark)


def collected() -> None:
    """Gather static files under names with their hash."""
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    mark = stamp("static", files, (STAMPS / "packages").read_text())
    if fresh(mark) and (ROOT / "staticfiles").is_dir():
        return
    say("gathering static files")
    begin(mark)
    shutil.rmtree(ROOT / "staticfiles", ignore_errors=True)
    nowhere = "postgresql://none/none"  # no need to start the embedded server for this
    run(PYTHON, "manage.py", "collectstatic", "--noinput", "-v0", DATABASE_URL=nowhere)
    done(mark)


def database() -> None:
    """Bring the database of DATA_DIR (or DATABASE_URL) up to date."""
    say("migrating the database")
    run(PYTHON, "manage.py", "migrate", "-v0", "--noinput", keeps_lock=False)
    run(PYTHON, "manage.py", "load_reference", keeps_lock=False)
    run(PYTHON, "manage.py", "load_framework", "--shipped", keeps_lock=False)


def main() -> None:
    """Do every step that has something to do."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this runs with whatever Python there is)
        sys.exit("Python 3.11 or newer is needed.")
    if Path(sys.prefix).resolve() == VENV.resolve():
        # The environment may have to be made again, and not by the Python that lives in it.
        outside = sys._base_executable  # type: ignore[attr-defined]  # undocumented, used by venv
        os.execv(outside, [outside, *sys.argv])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for", dest="level", choices=PURPOSES, default="run")
    parser.add_argument("--no-database", action="store_true")
    options = parser.parse_args()
    with alone():
        system_packages.install(PURPOSES[options.level])
        environment()
        python_packages(options.level)
        styles()
        messages()
        collected()
        if not options.no_database:
            database()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. Start it again and it goes on where it was.")
