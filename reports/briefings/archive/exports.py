"""A published version as a record for the archive and for Woo indexes: one file, same bytes.

It writes nothing; who may have it is asked by the view.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.files.storage import read
from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.organisations.models import Municipality
from reports.briefings.archive.rules.mdto import (
    Part,
    Record,
    RecordEvent,
    Restriction,
    file_of,
    information_object,
)
from reports.briefings.archive.rules.woo import PublishedRecord, diwoo
from reports.briefings.document.rules.content import thaw
from reports.briefings.gate.selectors.published import came_out, without_replaced
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.models.versions import BriefingVersion
from reports.documents.exports import figures_csv

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The day on every file in the zip: the earliest that a zip knows."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the record, with its metadata."""

    part: Part
    data: bytes


def exportable(at: datetime) -> QuerySet[BriefingVersion]:
    """Versions that are out at an aware instant: published, past the hour, and not shut since.

    A version stays published on record when its briefing no longer is, so both are asked; one
    that was replaced before its hour never came out.
    """
    out = BriefingVersion.objects.filter(
        published_at__lte=at,
        briefing__published_at__lte=at,
        briefing__embargo_until__lte=at,
        briefing__withdrawn_at__isnull=True,
        briefing__closed_at__isnull=True,
    ).exclude(Exists(Secrecy.objects.running().filter(briefing=OuterRef("briefing"))))
    return without_replaced(out)


def export(version: BriefingVersion) -> bytes:
    """The zip: PDF, texts of places, figures, attachments, MDTO, DiWoo and a list of hashes.

    The same version gives the same bytes. Raises DamagedFileError where a file is gone.
    """
    with translation.override("nl"):
        files = list(_files(version))
        record = _record(version, tuple(one.part for one in files))
        woo = diwoo(_published(version))
    inside = {one.part.name: one.data for one in files}
    inside["mdto.xml"] = information_object(record)
    for one in files:
        inside[f"mdto/{one.part.name}.xml"] = file_of(one.part, record)
    if woo is not None:
        inside["diwoo.xml"] = woo
    hashes = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(inside.items())
    )
    inside["manifest.sha256"] = hashes.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(inside.items()):
            head = zipfile.ZipInfo(name, EPOCH)
            head.compress_type = zipfile.ZIP_DEFLATED
            head.external_attr = 0o644 << 16
            archive.writestr(head, data)
    return out.getvalue()


def _files(version: BriefingVersion) -> Iterator[_File]:
    printed = version.printed()
    if printed is not None and printed.pdf is not None:
        yield _stored("oplegger.pdf", printed.pdf)
    for variant in version.variants.filter(set_aside_at=None):
        text = variant.printed()
        if text is not None and text.pdf is not None:
            place = variant.place_code.split(":", 1)[1]
            yield _stored(f"oplegger-{place}.pdf", text.pdf)
    figures = figures_csv(thaw(version.content))
    if figures is not None:
        digest = hashlib.sha256(figures.data).hexdigest()
        part = Part(
            identification=f"{version.public_id}/cijfers.csv",
            name="cijfers.csv",
            content_type="text/csv",
            length=len(figures.data),
            sha256=digest,
            hashed_at=version.approved_at,
        )
        yield _File(part, figures.data)
    for attachment in version.attachments.select_related("stored"):
        ending = ENDINGS.get(attachment.stored.content_type, ".bin")
        yield _stored(f"bijlage-{attachment.position}{ending}", attachment.stored)


def _stored(name: str, stored: StoredFile) -> _File:
    part = Part(
        identification=stored.public_id,
        name=name,
        content_type=stored.content_type,
        length=stored.length,
        sha256=stored.sha256,
        hashed_at=stored.stored_at,
    )
    return _File(part, read(stored))


def _record(version: BriefingVersion, parts: tuple[Part, ...]) -> Record:
    briefing, content = version.briefing, version.content
    out = _out(version)
    before = [one.version for one in came_out(briefing, out) if one.version.number < version.number]
    previous = before[-1] if before else None
    audience = briefing.audience.select_related("municipality", "region")
    return Record(
        identification=version.public_id,
        title=content["title"],
        description=content["subject"],
        kind=content["kind"],
        language=content["language"],
        covers=_covers(version),
        places=tuple(sorted({str(briefing.owner), *(str(row.place) for row in audience)})),
        events=_events(version, out),
        # Nobody looked up the process in the selection list; that is said, not guessed.
        retention="N",
        keep_from=amsterdam_day(out),
        category="",
        dossier=briefing.dossier.public_id if briefing.dossier else "",
        replaces=previous.public_id if previous else "",
        maker=str(briefing.owner),
        maker_code=briefing.owner_code,
        restrictions=tuple(_restrictions(version)),
        parts=parts,
    )


def _out(version: BriefingVersion) -> datetime:
    until = version.briefing.embargo_until
    assert until is not None  # briefing_hour_from_approval_on
    assert version.published_at is not None  # exportable
    return max(version.published_at, until)


def _covers(version: BriefingVersion) -> tuple[date, date]:
    content = version.content
    days = [date.fromisoformat(content["as_of"]), amsterdam_day(version.approved_at)]
    if content["on"]:
        days.append(date.fromisoformat(content["on"]))
    return min(days), max(days)


def _events(version: BriefingVersion, out: datetime) -> tuple[RecordEvent, ...]:
    briefing = version.briefing
    who = str(briefing.owner)
    events = [RecordEvent("Creatie", briefing.created_at, who)]
    result = f"Versie {version.number} goedgekeurd"
    signed = version.sign_offs.select_related("region", "municipality").order_by("signed_at", "pk")
    events += [
        RecordEvent("Accordering", one.signed_at, str(one.region or one.municipality), result)
        for one in signed
    ] or [RecordEvent("Accordering", version.approved_at, who, result)]
    events.append(
        RecordEvent("Bevriezing", version.approved_at, who, "Tekst en cijfers vastgelegd")
    )
    if version.reason:
        events.append(RecordEvent("Wijziging", version.approved_at, who, version.reason))
    events.append(RecordEvent("Publicatie", out, who))
    return tuple(events)


def _restrictions(version: BriefingVersion) -> Iterator[Restriction]:
    briefing = version.briefing
    assert briefing.embargo_until is not None  # briefing_hour_from_approval_on
    words = f"Onder embargo tot {moment_in_words(briefing.embargo_until)}; dat is voorbij."
    yield Restriction(
        "Overig",
        words,
        amsterdam_day(version.approved_at),
        amsterdam_day(max(briefing.embargo_until, version.approved_at)),
    )
    for secrecy in briefing.secrecies.order_by("imposed_on", "pk"):
        words = (
            f"Geheimhouding (Gemeentewet, artikel 87 tot en met 89), opgelegd door "
            f"{secrecy.get_organ_display()}; grond: Woo {secrecy.get_ground_display()}."
        )
        yield Restriction("Overig", words, secrecy.imposed_on, secrecy.lifted_on)
    if version.public_page:
        yield Restriction("Geen beperking")
    else:
        yield Restriction("Overig", "Te lezen door wie een rol heeft in een gekozen organisatie.")


def _published(version: BriefingVersion) -> PublishedRecord:
    briefing, content = version.briefing, version.content
    owner = briefing.owner
    uri = ""
    if isinstance(owner, Municipality):
        uri = f"https://identifier.overheid.nl/tooi/id/gemeente/{owner.cbs_code.lower()}"
    return PublishedRecord(
        identification=version.public_id,
        title=content["title"],
        publisher=f"Gemeente {owner}" if uri else str(owner),
        publisher_uri=uri,
        category=briefing.woo_category,
        language=content["language"],
        created_on=amsterdam_day(briefing.created_at),
        signed_at=version.approved_at,
    )
