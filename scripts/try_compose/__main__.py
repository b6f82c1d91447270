"""Try docker-compose.yml as its users do, on a machine without Docker and without a registry.

Podman and runc run the services of the file in its own order, on base images made from Debian
packages. Everything is taken away at the end; base images and layers stay in the cache. Exit
status 1 where anything fails. Needs root, for debootstrap and containers. KEEP=1 leaves it up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent.parent))

import system_packages

UNPROVEN = """\
Not shown without Docker: the official images of python, node, postgres, redis and nginx, with their
versions (Python and Node.js here are Debian's) and entry points; Docker's own name server, its
healthcheck timer and its restart of what a machine's start finds stopped; BuildKit; the proxy that
ends TLS in front; mail that reaches a mail server."""


def main() -> int:
    """Bring it up, tell the story, take it away."""
    if os.geteuid() != 0:
        sudo = ["sudo", "-n", "-E", sys.executable, *sys.orig_argv[1:]]
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode:
            sys.exit("Containers need root here. Run: sudo make try-compose")
        return subprocess.run(sudo, check=False).returncode
    system_packages.install(["containers"])
    import podman
    from stack import Stack
    from standins import make
    from story import CHECKS, Story

    began = time.monotonic()
    podman.set_up()
    make()
    failed = []
    with tempfile.TemporaryDirectory(prefix="jbn-try-") as folder:
        stack = Stack(Path(folder))
        try:
            stack.prepare()
            stack.build()
            stack.create()
            for service in stack.order():
                stack.up(service)
            story = Story(stack)
            for check in CHECKS:
                name = check.__name__.replace("_", " ")
                try:
                    check(story)
                except (AssertionError, podman.CommandError, OSError) as error:
                    failed.append(name)
                    print(f"FAILED: {name}: {error}", flush=True)
                else:
                    print(f"ok: {name} ({time.monotonic() - began:.0f} s)", flush=True)
        except (AssertionError, podman.CommandError) as error:
            failed.append("coming up")
            print(f"FAILED: {error}", flush=True)
        finally:
            if failed:
                for service in stack.services:
                    print(f"-- {service}\n{stack.log(service)[-1500:]}", file=sys.stderr)
            if not os.environ.get("KEEP"):
                stack.down()
    print(UNPROVEN)
    took = time.monotonic() - began
    print(f"{len(failed)} failed, {took:.0f} s" if failed else f"all held, {took:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
