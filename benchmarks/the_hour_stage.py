"""What the benchmark of the hour is about: a briefing, its readers, and their copies."""

from __future__ import annotations

import json
import random
import secrets
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

GATED = 20
"""Copies that pass the gate of PDFs as they are made; the others differ in their mark alone."""
REPORT_BYTES = 8_000_000
"""A researchers' report, which goes with the briefing."""


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
    from reports.briefings.document.rules.content import fingerprint, freeze
    from reports.briefings.models.versions import BriefingVersion, Rendering, VersionAttachment
    from reports.briefings.printing.actions import copies
    from reports.briefings.printing.models import PersonalCopy
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
    Rendering.objects.create(
        version=version, hour=briefing.embargo_until, started_at=now, finished_at=now, pdf=stored
    )
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
    from reports.briefings.models.briefings import Briefing
    from reports.briefings.models.versions import BriefingVersion, Rendering

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
    # The same file for another hour: printing again is not what is measured.
    printed = version.renderings.filter(pdf__isnull=False).first()
    assert printed is not None
    Rendering.objects.create(
        version=version, hour=hour, started_at=now, finished_at=now, pdf=printed.pdf
    )
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
    from reports.briefings.models.readers import EarlyReader
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
            BACKEND_SESSION_KEY: "jbn_oversight.accounts.sign_in.backends.PortalBackend",
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
