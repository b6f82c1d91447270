"""The hour itself: 1,000 signed-in readers open the page and download while it is published.

Runs what the compose file runs: gunicorn with its workers and threads, nginx with
``deploy/nginx.conf``, a worker and the timer, on a database of its own (``DATABASE_URL``, else
the embedded server). Each reader opens the page once and downloads the PDF once, at a moment
drawn evenly from the minute in whose middle the hour lies (``--hour`` moves it: 0 puts all of
the minute after the hour, 1 all of it before). Every answer is judged by the instant at which
it was asked and answered:

- before the hour each early reader gets the own personal copy, to the byte; the others of the
  audience, and everybody else, get the 404;
- after it the audience gets the plain file, and everybody else still the 404.

Then the plain PDF and an attachment of 8 MB are fetched with the check and without it (the same
nginx, the same files), by one client at a time and by sixteen. ``--line`` gives the line of a
reader in Mbit/s, for both; the demand, at least half as fast, is held against the attachment on
such a line. Without a line, on one machine, the bytes take no time, so what is left is what the
check takes: those milliseconds are printed too.

Whatever else the machine does makes the times longer, but hardly the seconds of CPU: those are
told too, of each of the servers, by reader.

Needs nginx; without Redis (``REDIS_URL``) the broker is files. Run with
``.venv/bin/python -m benchmarks.the_hour``; ``--readers`` and ``--seconds`` make it smaller.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.the_hour_load import compare, tell, the_minute, warm
from benchmarks.the_hour_servers import NGINX, Servers, environment, free_port
from benchmarks.the_hour_stage import publish, stage

LEAD = 10
"""Seconds between the record of the publication and the first reader."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--hour", type=float, default=0.5, help="which part of them lies before it")
    parser.add_argument("--line", type=int, default=100, help="Mbit/s of a reader's line")
    parser.add_argument("--times", type=int, default=64, help="downloads per comparison")
    parser.add_argument("--work", type=Path, help="keep all in this directory, to run it again")
    chosen = parser.parse_args()
    if NGINX is None:
        print("This benchmark needs nginx: apt-get install nginx-light", file=sys.stderr)
        return 2
    work = chosen.work or Path(tempfile.mkdtemp(prefix="jbn-the-hour-"))
    work.mkdir(exist_ok=True)
    work.chmod(0o755)
    try:
        return measure(work, chosen)
    finally:
        if chosen.work is None:
            shutil.rmtree(work, ignore_errors=True)


def measure(work: Path, chosen: argparse.Namespace) -> int:
    """Stage it, start the servers, let the readers come; 0 where all demands are met."""
    port, slow, web = free_port(), free_port(), free_port()
    os.environ.update(environment(work, port))
    story = stage(work, chosen.readers)
    servers = Servers(work, port, slow, web, chosen.line)
    try:
        asyncio.run(warm(port))
        before = chosen.seconds * chosen.hour
        publish(story, LEAD + before)
        time.sleep(max(0.0, story.hour - before - time.time()))
        begun, own = servers.cpu(), time.process_time()
        answers, faults = asyncio.run(the_minute(story, port, chosen.seconds, before))
        spent = {part: now - begun[part] for part, now in servers.cpu().items()}
        spent["the readers themselves"] = time.process_time() - own
        print(f"{len(story.readers)} readers, {len(answers)} answers in {chosen.seconds:.0f} s")
        print(f"errors and wrong answers: {len(faults)} {sorted(set(faults))[:5]}", flush=True)
        tell(story, answers)
        for part, seconds in spent.items():
            each = 1000 * seconds / len(story.readers)
            print(f"CPU of {part}: {seconds:.1f} s, {each:.1f} ms by reader", flush=True)
        if not answers:
            print((work / "log").read_text()[-2000:], file=sys.stderr)
            return 1
        compare(story, port, "without a line", chosen.times)
        compare(story, port, "without a line", chosen.times, at_once=16)
        ratio = compare(story, slow, f"on {chosen.line} Mbit/s", max(4, chosen.times // 16))
        print(f"{'at least' if ratio >= 0.5 else 'LESS THAN'} half as fast: {ratio:.2f}")
        return 0 if not faults and ratio >= 0.5 else 1
    finally:
        servers.stop()


if __name__ == "__main__":
    raise SystemExit(main())
