"""Run the demonstration: database, web, workers and timer; Ctrl-C stops everything.

Prints the address, then one line per role: role, e-mail address and password, separated by
tabs. Uses DATABASE_URL and REDIS_URL where they are set, else the embedded server and a
broker of files in DATA_DIR. PORT chooses the port.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.supervise import Part, tidy  # noqa: E402 - found by the line above

BIN = Path(sys.executable).parent
PATIENCE = 120.0
"""Seconds that the web server gets to answer."""


class StoppedError(Exception):
    """Somebody asked to stop."""


def stop(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception once; later ones don't interrupt the tidying up."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise StoppedError


def port() -> int:
    """The port to serve at, refused with a sentence where it can't be used."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit("PORT must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            sys.exit(f"Port {text} is in use. Choose another one: PORT=8001 make demo")
    return int(text)


def wait_until_up(chosen: int, web: Part) -> None:
    """Wait for the web server's first answer; by number, since not every machine has names."""
    address = f"http://127.0.0.1:{chosen}/"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if web.process is None or web.process.poll() is not None:
            sys.exit("The web server stopped. What it said stands above.")
        try:
            urllib.request.urlopen(f"{address}about/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The web server does not answer.")


def main() -> None:
    """Load the demonstration and run it until stopped."""
    chosen = port()
    address = f"http://localhost:{chosen}/"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
    os.environ.update(DEMO="1", PUBLIC_ADDRESS=address.rstrip("/"))
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    parts: list[Part] = []
    try:
        if not os.environ.get("DATABASE_URL"):
            from jbn_oversight.embedded import embedded_database_url
            from jbn_oversight.env import environment

            # This process holds the server; the others get its address and hold nothing.
            os.environ["DATABASE_URL"] = embedded_database_url(environment().data_dir())
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo")
        from django.db import connections

        connections.close_all()
        from reports.demo.people import DEMO_PEOPLE, OTHER_PEOPLE

        gunicorn = [str(BIN / "gunicorn"), "jbn_oversight.wsgi", "--bind", f"127.0.0.1:{chosen}"]
        options = ["--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "--workers", "2"]
        options += ["--preload", "--log-level", "warning"]
        celery = [str(BIN / "celery"), "--app", "jbn_oversight", "--quiet"]
        worker = [*celery, "worker", "--loglevel", "WARNING", "--concurrency"]
        for name, command in (
            ("The web server", [*gunicorn, *options]),
            ("The worker", [*worker, "2", "--queues", "celery", "--hostname", "work@%h"]),
            ("The worker of mail", [*worker, "2", "--queues", "mail", "--hostname", "mail@%h"]),
            ("The timer", [*celery, "beat", "--loglevel", "WARNING"]),
        ):
            parts.append(Part(name, command, ROOT))
            parts[-1].start()
        wait_until_up(chosen, parts[0])
        print(address)
        for line in DEMO_PEOPLE:
            print(f"{line.role}\t{line.email}\t{line.password}")
        others = ", ".join(other.email for other in OTHER_PEOPLE)
        print(f"Also, with the same password: {others}", file=sys.stderr)
        print("Ctrl-C stops everything.", file=sys.stderr)
        sys.stdout.flush()
        while True:
            for part in parts:
                part.look()
            time.sleep(0.5)
    except StoppedError:
        print("Stopping.", file=sys.stderr)
    finally:
        tidy(parts)


if __name__ == "__main__":
    main()
