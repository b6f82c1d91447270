"""Everything a machine can see without running the suite; the first failure's output shows.

Format, lint, types, floors, dependencies, templates and their layout, system checks for deployment,
missing migrations, missing translations, the licence of each file. All checks run; the exit status
is 1 if any fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = ("jbn_oversight", "cases", "certification", "audits", "reports")
DEPLOYED = {
    "HTTPS": "1",
    "SECRET_KEY": "check-only-" + "k9f3w8q2z7x5m1n4b6v0c8l2j7h5g3d1" * 2,
    "ALLOWED_HOSTS": "portal.example",
    "PUBLIC_ADDRESS": "https://portal.example",
}

CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "format": (["ruff", "format", "--check", "."], {}),
    "lint": (["ruff", "check", "."], {}),
    "types": (["mypy", *PACKAGES, "tests", "benchmarks"], {}),
    "floors": (["lint-imports"], {}),
    "dependencies": (["deptry", "."], {}),
    "templates": (["djlint", "templates", "--lint", "--quiet"], {}),
    "layout": (["djangofmt", "--check", "templates"], {}),
    "lines": (["python", "scripts/template_lines.py"], {}),
    "deployment": (
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        DEPLOYED,
    ),
    "migrations": (["python", "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    "translations": (["python", "scripts/messages.py", "--check"], {}),
    "licences": (["python", "scripts/licences.py"], {}),
}


def run(name: str) -> tuple[str, int, str]:
    """Run one check; return its name, exit status and output."""
    command, environment = CHECKS[name]
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, done.returncode, done.stdout


def main() -> None:
    """Run the checks two at a time and say which failed."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for name, status, output in pool.map(run, CHECKS):
            print(f"{name}: {'ok' if status == 0 else 'FAILED'}", flush=True)
            if status:
                failed.append(name)
                print(output, flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
