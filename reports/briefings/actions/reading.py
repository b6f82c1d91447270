"""Noting what was read: before a byte goes out, in a row that the database keeps."""

from __future__ import annotations

import hashlib
from datetime import datetime
from ipaddress import ip_address

from django.db.models import Q

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from reports.models import (
    READING_ROLES,
    Briefing,
    BriefingVersion,
    EarlyReader,
    ReadingKind,
    ReadingLog,
)


def log_opening(
    *,
    briefing: Briefing,
    version: BriefingVersion,
    served: bytes,
    at: datetime,
    address: str | None,
    by: User,
) -> ReadingLog:
    """Note that a page of a version was opened; ``served`` are its bytes."""
    digest = hashlib.sha256(served).hexdigest()
    row = ReadingLog(kind=ReadingKind.OPEN, version_number=version.number, sha256=digest)
    return _keep(row, briefing=briefing, at=at, address=address, by=by)


def log_download(
    *,
    briefing: Briefing,
    version: BriefingVersion,
    file_name: str,
    sha256: str,
    at: datetime,
    address: str | None,
    by: User,
) -> ReadingLog:
    """Note that a file of a version was downloaded; ``sha256`` is that of its bytes."""
    row = ReadingLog(
        kind=ReadingKind.DOWNLOAD,
        version_number=version.number,
        file_name=file_name,
        sha256=sha256,
    )
    return _keep(row, briefing=briefing, at=at, address=address, by=by)


def log_acceptance(
    *, briefing: Briefing, at: datetime, address: str | None, by: User
) -> ReadingLog:
    """Note that the terms were accepted."""
    row = ReadingLog(kind=ReadingKind.TERMS)
    return _keep(row, briefing=briefing, at=at, address=address, by=by)


def _keep(
    row: ReadingLog, *, briefing: Briefing, at: datetime, address: str | None, by: User
) -> ReadingLog:
    """Copy into the row all that it must still say when people and roles are gone."""
    row.briefing_public_id, row.owner = briefing.public_id, briefing.owner_code
    row.reader_public_id, row.reader_name, row.reader_email = by.public_id, by.name, by.email
    row.role, row.organisation = _reads_as(briefing, at, by)
    row.at, row.address = at, _known_address(address)
    row.save(force_insert=True)
    return row


def _known_address(address: str | None) -> str | None:
    """The address if it is one: a proxy's odd words must not stop a reader or the log."""
    try:
        return str(ip_address(address or ""))
    except ValueError:
        return None


def _reads_as(briefing: Briefing, at: datetime, by: User) -> tuple[str, str]:
    """In which role, of which organisation: as named, else as a member of the audience."""
    rows = EarlyReader.objects.remaining(at).select_related("municipality", "region")
    early = rows.filter(briefing=briefing, user=by).first()
    if early is not None:
        return early.role, str(early.place)
    audience = briefing.audience.all()
    mandate = (
        Membership.objects.running(amsterdam_day(at))
        .filter(
            Q(municipality__in=audience.values("municipality"))
            | Q(region__in=audience.values("region")),
            user=by,
            role__in=READING_ROLES,
        )
        .select_related("municipality", "region")
        .first()
    )
    return (mandate.role, str(mandate.place)) if mandate else ("", "")
