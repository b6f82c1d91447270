"""The hour itself: 1,000 signed-in readers open the page and download while it is published.

Runs what the compose file runs: gunicorn with its workers and threads, nginx with
``deploy/nginx.conf``, a worker and the timer, on a database of its own (``DATABASE_URL``, else
the embedded server). Each reader opens the page once and downloads the PDF once, at a moment
drawn evenly from the minute in whose middle the hour lies. Every answer is judged by the
instant at which it was asked and answered:

- before the hour each early reader gets the own personal copy, to the byte; the others of the
  audience, and everybody else, get the 404;
- after it the audience gets the plain file, and everybody else still the 404.

Then the plain PDF and an attachment of 8 MB are fetched with the check and without it (the same
nginx, the same files), by one client at a time and by sixteen. ``--line`` gives the line of a
reader in Mbit/s, for both; the demand, at least half as fast, is held against the attachment on
such a line. Without a line, on one machine, the bytes take no time, so what is left is what the
check takes: those milliseconds are printed too.

Needs nginx and Redis or neither: without Redis the broker is files. Run with
``.venv/bin/python -m benchmarks.the_hour``; ``--readers`` and ``--seconds`` make it smaller.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import random
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

GATED = 20
REPORT_BYTES = 8_000_000
"""A researchers' report, which goes with the briefing."""
PATIENCE = 30
"""Seconds after which an answer counts as none."""
ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def environment(work: Path, port: int) -> dict[str, str]:
    """What the compose file gives the portal, on this machine."""
    return {
        **os.environ,
        "DATA_DIR": str(work / "data"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        "FILES_INTERNAL_PATH": "/internal-files/",
        "TRUSTED_PROXIES": "1",
        "DEMO": "0",
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
    }


def nginx_conf(work: Path, port: int, web: int, line: int) -> Path:
    """The portal's own file, with the ports of this run, and the same files without a check."""
    server = (ROOT / "deploy" / "nginx.conf").read_text()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("http://web:8000", f"http://127.0.0.1:{web}")
    server = server.replace("/data/files/", f"{work}/data/files/")
    bare = f"    location /bare/ {{ alias {work}/data/files/; }}\n"
    place = server.rindex("}")
    server = server[:place] + bare + server[place:]
    if line:
        server = server.replace("server_tokens off;", f"limit_rate {line * 125}k;")
    conf = work / f"nginx-{port}.conf"
    owner = "user root;\n" if os.getuid() == 0 else ""
    conf.write_text(
        f"{owner}worker_processes auto;\nerror_log {work}/nginx.log error;\n"
        f"pid {work}/nginx-{port}.pid;\nevents {{ worker_connections 2048; }}\n"
        "http {\n  include /etc/nginx/mime.types;\n  access_log off;\n  sendfile on;\n"
        "  keepalive_timeout 65;\n" + server + "}\n"
    )
    return conf


@dataclass
class Reader:
    """One person of the load, and what the answers must be."""

    session: str
    kind: str
    """early, audience or stranger."""
    copy: str = ""
    """SHA-256 of the personal copy."""


@dataclass
class Story:
    """All that the clients need; the database is not asked while they run."""

    briefing: str
    version: str
    plain: str
    """SHA-256 of the file without a mark."""
    attachment: str
    report: str
    """SHA-256 of the attachment."""
    readers: list[Reader] = field(default_factory=list)
    hour: float = 0.0

    @property
    def page(self) -> str:
        return f"/briefings/{self.briefing}/"

    @property
    def files(self) -> str:
        return f"/briefings/{self.briefing}/versions/{self.version}/"

    @property
    def pdf(self) -> str:
        return f"{self.files}pdf/"


def stage(work: Path, readers: int) -> Story:
    """A briefing with a real PDF, its readers, their sessions and their copies.

    A directory in which they are already is taken as it is: only the hour is new.
    """
    import django

    django.setup()
    from django.core.management import call_command

    there = work / "story.json"
    if there.exists():
        told = json.loads(there.read_text())
        return Story(**{**told, "readers": [Reader(**one) for one in told["readers"]]})
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from jbn_oversight.files.storage import store
    from reports.briefings.actions import copies
    from reports.briefings.content import fingerprint, freeze
    from reports.models import BriefingVersion, PersonalCopy, Rendering, VersionAttachment
    from reports.pdf.render import render
    from tests.factories.briefings import approved
    from tests.factories.pdfs import oplegger_with_charts
    from tests.factories.people import make_cast

    cast = make_cast()
    now = datetime.now(UTC)
    document = oplegger_with_charts()
    printed = render(document)
    briefing = approved(
        cast, at=now - timedelta(hours=2), until=now + timedelta(days=1), printed=False
    )
    content = freeze(document)
    version = BriefingVersion.objects.create(
        briefing=briefing,
        number=2,
        draft_revision=briefing.draft_revision + 1,
        content=content,
        content_sha256=fingerprint(content),
        reason="Benchmark",
        author=briefing.author,
        approved_at=now - timedelta(hours=1),
        approved_by=cast.region_alderman,
    )
    stored = store(printed.data, content_type="application/pdf", name="briefing.pdf")
    Rendering.objects.create(version=version, started_at=now, finished_at=now, pdf=stored)
    report = random.Random(2).randbytes(REPORT_BYTES)
    attached = VersionAttachment.objects.create(
        version=version,
        position=1,
        title="Rapport",
        stored=store(report, content_type="application/pdf", name="report.pdf"),
    )
    people = _people(briefing, cast.adviser, readers)
    _copies_ahead(copies)
    shas = dict(
        PersonalCopy.objects.filter(version=version).values_list(
            "reader_public_id", "stored__sha256"
        )
    )
    story = Story(
        briefing=briefing.public_id,
        version=version.public_id,
        plain=stored.sha256,
        attachment=attached.public_id,
        report=attached.stored.sha256,
        readers=[Reader(session, kind, shas.get(key, "")) for session, kind, key in people],
    )
    there.write_text(json.dumps(asdict(story)))
    return story


def publish(story: Story, lead: float) -> None:
    """Record the publication now; the hour comes in so many seconds."""
    from reports.models import Briefing, BriefingVersion

    now = datetime.now(UTC)
    version = BriefingVersion.objects.get(public_id=story.version)
    row = Briefing.objects.get(public_id=story.briefing)
    somebody = row.publisher
    if version.published_at is None:
        version.published_at, version.published_by = now, somebody
        version.save(update_fields=["published_at", "published_by"])
    hour = now + timedelta(seconds=lead)
    row.published_at, row.published_by = version.published_at, somebody
    row.published_version, row.embargo_until = version, hour
    row.save()
    story.hour = hour.timestamp()


def _copies_ahead(copies: Any) -> None:
    """All copies; the gate judges the first few, since the others differ in their mark alone."""
    whole, judge = copies.MOST_AT_ONCE, copies.gate
    for label, most, gate in (("with the gate", GATED, judge), ("without it", whole, None)):
        copies.MOST_AT_ONCE = most
        copies.gate = gate or (lambda data: [])
        begun, made = time.perf_counter(), 0
        while (more := copies.make_ahead(datetime.now(UTC))) > 0:
            made += more
            if gate:
                break
        spent = 1000 * (time.perf_counter() - begun) / max(made, 1)
        print(f"{made} copies made ahead {label}, {spent:.0f} ms each", flush=True)
    copies.MOST_AT_ONCE, copies.gate = whole, judge


def _people(briefing: Any, by: Any, readers: int) -> list[tuple[str, str, str]]:
    """Early readers, a tenth as many others of the audience, and as many strangers."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet

    from jbn_oversight.accounts.models import Membership, Role, User
    from reports.models import EarlyReader
    from tests.factories.people import municipality

    assen, emmen = municipality("GM0106"), municipality("GM0114")
    kinds = ["early"] * readers + ["audience"] * (readers // 10) + ["stranger"] * (readers // 10)
    users = [
        User(email=f"lezer{number}@test.example", name=f"Lezer {number}", password="!")
        for number in range(len(kinds))
    ]
    # Past the history, which nobody reads here.
    rows: Any = QuerySet
    rows(User).bulk_create(users)
    mandates = rows(Membership).bulk_create(
        Membership(
            user=user,
            role=Role.COUNCIL_MEMBER,
            municipality=emmen if kind == "stranger" else assen,
            from_on=date(2022, 3, 30),
        )
        for user, kind in zip(users, kinds, strict=True)
    )
    now = datetime.now(UTC)
    rows(EarlyReader).bulk_create(
        EarlyReader(
            briefing=briefing,
            user=user,
            role=Role.COUNCIL_MEMBER,
            municipality=assen,
            mandate=mandate.public_id,
            invited_at=now,
            invited_by=by,
            accepted_at=now,
        )
        for user, kind, mandate in zip(users, kinds, mandates, strict=True)
        if kind == "early"
    )
    found, sessions = [], []
    for user, kind in zip(users, kinds, strict=True):
        store = SessionStore()
        key = secrets.token_hex(16)
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "jbn_oversight.accounts.sign_in.PortalBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.append(
            Session(
                session_key=key,
                session_data=store.encode(data),
                expire_date=now + timedelta(hours=8),
            )
        )
        found.append((key, kind, user.public_id))
    Session.objects.bulk_create(sessions)
    return found


@dataclass
class Answer:
    """What came back, and when."""

    status: int
    sha256: str
    asked: float
    answered: float
    length: int


async def get(port: int, path: str, session: str = "") -> Answer:
    """One request over a connection of its own, as browsers of different people do."""
    asked = time.time()
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"Cookie: sessionid={session}\r\n" if session else ""
    writing.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}Connection: close\r\n\r\n".encode()
    )
    await writing.drain()
    head = await reading.readuntil(b"\r\n\r\n")
    digest, length = hashlib.sha256(), 0
    while chunk := await reading.read(262144):
        digest.update(chunk)
        length += len(chunk)
    writing.close()
    return Answer(int(head.split(b" ", 2)[1]), digest.hexdigest(), asked, time.time(), length)


def wrong(story: Story, reader: Reader, answer: Answer, *, is_pdf: bool) -> str:
    """What is wrong with an answer; nothing where it may be so on its side of the hour."""
    allowed = set()
    if answer.asked < story.hour:
        allowed.add("before")
    if answer.answered >= story.hour:
        allowed.add("after")
    expected = set()
    for side in allowed:
        if reader.kind == "stranger" or (reader.kind == "audience" and side == "before"):
            expected.add((404, ""))
        elif not is_pdf:
            expected.add((200, ""))
        else:
            expected.add((200, reader.copy if side == "before" else story.plain))
    got = (answer.status, answer.sha256 if is_pdf and answer.status == 200 else "")
    return "" if got in expected else f"{reader.kind} {sorted(allowed)}: {answer.status}"


async def visit(
    story: Story, port: int, reader: Reader, start: float, answers: list[Answer], faults: list[str]
) -> None:
    """Open the page, then download."""
    await asyncio.sleep(max(0.0, start - time.time()))
    for path, is_pdf in ((story.page, False), (story.pdf, True)):
        try:
            answer = await asyncio.wait_for(get(port, path, reader.session), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            faults.append(f"{reader.kind}: {type(error).__name__}")
            continue
        answers.append(answer)
        if fault := wrong(story, reader, answer, is_pdf=is_pdf):
            faults.append(fault)


async def the_minute(story: Story, port: int, seconds: float) -> tuple[list[Answer], list[str]]:
    """All readers, spread evenly over the time in whose middle the hour lies."""
    chance = random.Random(1)
    answers: list[Answer] = []
    faults: list[str] = []
    begin = story.hour - seconds / 2
    await asyncio.gather(
        *(
            visit(story, port, reader, begin + chance.random() * seconds, answers, faults)
            for reader in story.readers
        )
    )
    return answers, faults


async def warm(port: int) -> None:
    """Let every worker answer once, as a portal that was started yesterday has."""
    for _ in range(3):
        await asyncio.gather(*(get(port, "/account/sign-in/") for _ in range(12)))


async def seconds_each(port: int, path: str, session: str, times: int, at_once: int) -> float:
    """The median time of a download, of so many by so many at once."""
    found: list[float] = []

    async def one() -> None:
        for _ in range(max(1, times // at_once)):
            answer = await get(port, path, session)
            assert answer.status == 200, answer.status
            found.append(answer.answered - answer.asked)

    await asyncio.gather(*(one() for _ in range(at_once)))
    return statistics.median(found)


def compare(story: Story, port: int, label: str, times: int, *, at_once: int = 1) -> float:
    """The same two files with the check and without it; how fast the larger one is, in parts."""
    session = next(one.session for one in story.readers if one.kind == "early")
    files = {
        "PDF": (story.pdf, story.plain),
        "attachment of 8 MB": (f"{story.files}attachments/{story.attachment}/", story.report),
    }
    ratio = 0.0
    for name, (path, sha256) in files.items():
        bare = f"/bare/{sha256[:2]}/{sha256}"
        checked = asyncio.run(seconds_each(port, path, session, times, at_once))
        free = asyncio.run(seconds_each(port, bare, "", times, at_once))
        ratio = free / checked
        print(
            f"{label}, {at_once} at once, {name}: checked {1000 * checked:.1f} ms, "
            f"unchecked {1000 * free:.1f} ms, {ratio:.2f} as fast",
            flush=True,
        )
    return ratio


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
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
    port, slow, web = free_port(), free_port(), free_port()
    os.environ.update(environment(work, port))
    started: list[subprocess.Popen[bytes]] = []
    try:
        story = stage(work, chosen.readers)
        commands = [
            [
                "gunicorn", "jbn_oversight.wsgi", "--bind", f"127.0.0.1:{web}", "--workers", "3",
                "--threads", "4", "--max-requests", "2000", "--max-requests-jitter", "200",
            ],
            ["celery", "--app", "jbn_oversight", "worker", "--concurrency", "2"],
            ["celery", "--app", "jbn_oversight", "beat"],
        ]  # fmt: skip
        folder = Path(sys.executable).parent
        with (work / "log").open("wb") as log:
            for name, *arguments in commands:
                started.append(
                    subprocess.Popen(
                        [str(folder / name), *arguments], cwd=ROOT, stdout=log, stderr=log
                    )
                )
            for number, line in ((port, 0), (slow, chosen.line)):
                conf = nginx_conf(work, number, web, line)
                started.append(
                    subprocess.Popen([NGINX, "-c", str(conf), "-g", "daemon off;"], stderr=log)
                )
            _wait_for(web, port, slow)
            asyncio.run(warm(port))
            publish(story, chosen.seconds / 2 + 10)
            answers, faults = asyncio.run(the_minute(story, port, chosen.seconds))
        print(f"errors and wrong answers: {len(faults)} {sorted(set(faults))[:5]}", flush=True)
        if not answers:
            print((work / "log").read_text()[-2000:], file=sys.stderr)
            return 1
        times = [answer.answered - answer.asked for answer in answers]
        print(
            f"{len(story.readers)} readers, {len(answers)} answers in {chosen.seconds:.0f} s: "
            f"median {1000 * statistics.median(times):.0f} ms, "
            f"95% {1000 * percentile(times, 0.95):.0f} ms, longest {1000 * max(times):.0f} ms"
        )
        compare(story, port, "without a line", chosen.times)
        compare(story, port, "without a line", chosen.times, at_once=16)
        ratio = compare(story, slow, f"on {chosen.line} Mbit/s", max(4, chosen.times // 16))
        print(f"{'at least' if ratio >= 0.5 else 'LESS THAN'} half as fast: {ratio:.2f}")
        return 0 if not faults and ratio >= 0.5 else 1
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        if chosen.work is None:
            shutil.rmtree(work, ignore_errors=True)


def _wait_for(*ports: int) -> None:
    end = time.monotonic() + 40
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)


if __name__ == "__main__":
    raise SystemExit(main())
