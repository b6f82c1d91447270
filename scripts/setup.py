"""Make the portal's environment: system libraries, Python packages, styles, database.

Runs with the system's Python (3.11 or newer) and nothing else. Steps that have nothing to do
are skipped by the hash of what they depend on, so a second run takes seconds and needs no
network. ``--for`` says what it is for: ``run``, ``test`` or ``browser`` (tests with a browser).
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"

# What to look for -> the Debian and Ubuntu package that brings it.
LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
PROGRAMS = {"test": {"msgfmt": "gettext"}, "browser": {"chromium": "chromium"}}
LEVELS = ("run", "test", "browser")


def say(text: str) -> None:
    """Tell what is going on."""
    print(f"· {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command quietly; stop with its output where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nFailed: {' '.join(str(part) for part in command)}")


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


def done(mark: tuple[Path, str]) -> None:
    """Remember that the step was done."""
    path, digest = mark
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(digest)


def system_packages(level: str) -> None:
    """Install missing system packages, or stop with the one line to run."""
    missing = [package for name, package in LIBRARIES.items() if not ctypes.util.find_library(name)]
    for each in LEVELS[: LEVELS.index(level) + 1]:
        for program, package in PROGRAMS.get(each, {}).items():
            if not shutil.which(program):
                missing.append(package)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        sys.exit(f"Install these first, in your system's way: {' '.join(missing)}")
    if os.geteuid() != 0:
        if (
            shutil.which("sudo")
            and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
            == 0
        ):
            install = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", *install]
            update = ["sudo", "-n", "apt-get", "update"]
        else:
            sys.exit(
                "System packages are missing. Run this line, then try again:\n"
                f"  sudo apt-get update && sudo {' '.join(install)}"
            )
    else:
        update = ["apt-get", "update"]
    say(f"installing {' '.join(missing)}")
    run(*update)
    run(*install, DEBIAN_FRONTEND="noninteractive")


def environment() -> None:
    """The virtual environment, with uv in it, checked by hash."""
    if not PYTHON.exists():
        say("making .venv")
        try:
            venv.create(VENV, with_pip=True, symlinks=True)
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit("Python's venv module is incomplete: install the package python3-venv.")
    lock = ROOT / "requirements-uv.lock"
    mark = stamp("uv", [lock])
    if not fresh(mark):
        say("installing uv")
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", lock)
        done(mark)


def python_packages(level: str) -> None:
    """The packages of the lock, checked by hash; those for testing only where asked."""
    testing = level != "run" or (STAMPS / "testing").exists()
    lock = ROOT / ("requirements-dev.lock" if testing else "requirements.lock")
    mark = stamp("packages", [lock], sys.version)
    if fresh(mark):
        return
    say("installing Python packages")
    quiet = ("pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", lock)
    run(VENV / "bin" / "uv", *quiet, UV_PYTHON_DOWNLOADS="never", UV_NO_CONFIG="1")
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
        quiet = ("pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", lock)
        run(VENV / "bin" / "uv", *quiet)
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
    packages = stamp("npm", sources[:2])
    if not (fresh(packages) and (ROOT / "node_modules").is_dir()):
        path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        run(*npm(), "ci", "--no-fund", "--no-audit", "--ignore-scripts", PATH=path)
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
    run(PYTHON, ROOT / "scripts" / "compile_messages.py", *catalogues)
    done(mark)


def collected() -> None:
    """Gather static files under names with their hash."""
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    mark = stamp("static", files, (STAMPS / "packages").read_text())
    if fresh(mark) and (ROOT / "staticfiles").is_dir():
        return
    say("gathering static files")
    shutil.rmtree(ROOT / "staticfiles", ignore_errors=True)
    nowhere = "postgresql://none/none"  # no need to start the embedded server for this
    run(PYTHON, "manage.py", "collectstatic", "--noinput", "-v0", DATABASE_URL=nowhere)
    done(mark)


def database() -> None:
    """Bring the database of DATA_DIR (or DATABASE_URL) up to date."""
    say("migrating the database")
    run(PYTHON, "manage.py", "migrate", "-v0", "--noinput")
    run(PYTHON, "manage.py", "load_framework", "--shipped")


def main() -> None:
    """Do every step that has something to do."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this runs with whatever Python there is)
        sys.exit("Python 3.11 or newer is needed.")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for", dest="level", choices=LEVELS, default="run")
    parser.add_argument("--no-database", action="store_true")
    options = parser.parse_args()
    system_packages(options.level)
    environment()
    python_packages(options.level)
    styles()
    messages()
    collected()
    if not options.no_database:
        database()


if __name__ == "__main__":
    main()
