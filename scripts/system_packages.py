"""Install the system packages of ``deploy/packages.txt`` that are missing, for given purposes.

Runs with the system's Python alone: ``python3 scripts/system_packages.py test browser``. As root,
or through a sudo that asks nothing; else it stops with the one line to run.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "deploy" / "packages.txt"
SYSTEM = Path("/etc/os-release")
SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Where servers lie; a plain user of Debian has none of these on the PATH."""

# A set-up that was cut off may have left dpkg or apt at work: wait for them.
APT = ("apt-get", "-y", "-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Options::=--force-confold")


@dataclass(frozen=True)
class Package:
    """One line of the list."""

    purpose: str
    name: str
    sign: str
    """How to see that it is there: ``library:``, ``program:``, ``module:`` or ``file:``."""
    snap_on: str = ""
    """The system that has it as a snap alone."""

    def is_there(self) -> bool:
        """Whether what it brings can be found now."""
        kind, _, what = self.sign.partition(":")
        return SIGNS[kind](what)


def _library(name: str) -> bool:
    # Asks the loader itself, as WeasyPrint does: no compiler and no cache of names needed.
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _program(names: str) -> bool:
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), *SBIN))
    return any(shutil.which(name, path=places) for name in names.split("|"))


def _module(name: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


SIGNS = {
    "library": _library,
    "program": _program,
    "module": _module,
    "file": lambda pattern: any(Path("/").glob(pattern.lstrip("/"))),
}


def listed(purposes: Iterable[str]) -> list[Package]:
    """The packages for these purposes. Stops where a line cannot be read."""
    wanted = set(purposes)
    found = []
    for number, line in enumerate(LIST.read_text(encoding="utf-8").splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        snap = words[3].removesuffix("=snap") if len(words) == 4 else ""
        if len(words) not in {3, 4} or words[2].partition(":")[0] not in SIGNS:
            sys.exit(f"{LIST.name}, line {number}: expected a purpose, a package and a sign.")
        found.append(Package(*words[:3], snap))
    if unknown := wanted - {package.purpose for package in found}:
        sys.exit(f"{LIST.name} has no packages for: {' '.join(sorted(unknown))}.")
    return [package for package in found if package.purpose in wanted]


def missing(purposes: Iterable[str]) -> list[Package]:
    """Those that are not there."""
    return [package for package in listed(purposes) if not package.is_there()]


def system() -> set[str]:
    """What this system calls itself and what it is made after, such as ubuntu and debian."""
    if not SYSTEM.exists():
        return set()
    rows = (line.partition("=") for line in SYSTEM.read_text(encoding="utf-8").splitlines())
    values = {name: value.strip("\"'") for name, _, value in rows}
    return {values.get("ID", ""), *values.get("ID_LIKE", "").split()}


def _as_root() -> list[str] | None:
    """What to put before a command for the administrator; None where nobody may."""
    if os.geteuid() == 0:
        return ["env"]
    sudo = ["sudo", "-n"]
    if shutil.which("sudo"):
        asked = subprocess.run([*sudo, "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return [*sudo, "env"]
    return None


def _run(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def install(purposes: Iterable[str]) -> None:
    """Install what is missing, or stop with a sentence that says what to do."""
    purposes = list(purposes)
    absent = missing(purposes)
    if not absent:
        return
    here = system()
    snaps = [package.name for package in absent if package.snap_on in here]
    if snaps:
        sys.exit(
            f"This system has {' '.join(snaps)} as a snap alone. Run this line, then try again:\n"
            f"  sudo snap install {' '.join(snaps)}"
        )
    names = sorted({package.name for package in absent})
    if not shutil.which("apt-get"):
        sys.exit(f"Install these first, in your system's way: {' '.join(names)}")
    root = _as_root()
    if root is None:
        sys.exit(
            "System packages are missing. Run this line, then try again:\n"
            "  sudo apt-get update && sudo apt-get install -y --no-install-recommends "
            + " ".join(names)
        )
    print(f"· installing {' '.join(names)}", file=sys.stderr, flush=True)
    quiet = [*root, "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l"]
    # An installation that was cut off is finished first: apt refuses to start before.
    said = [
        _run(*quiet, "dpkg", "--force-confold", "--configure", "-a"),
        _run(*quiet, *APT, "update"),
        _run(*quiet, *APT, "--fix-broken", "install"),
        _run(*quiet, *APT, "--no-install-recommends", "install", *names),
    ]
    absent = missing(purposes)
    if not absent:
        return
    if said[-1][0]:
        sys.exit("\n".join(text for status, text in said if status))
    sys.exit(
        "Installed, and still not found: "
        + ", ".join(f"{package.name} ({package.sign})" for package in absent)
        + f". This Python is {sys.executable}; the packages are for the system's own."
    )


if __name__ == "__main__":
    install(sys.argv[1:])
