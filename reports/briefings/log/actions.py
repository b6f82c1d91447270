"""Noting what was read, before a byte goes out, and what was done: rows that the database keeps."""

from __future__ import annotations

import hashlib
from datetime import datetime
from ipaddress import ip_address

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_day
from reports.briefings.gate.selectors.prepared import mandates, named
from reports.briefings.gate.selectors.texts import ReadText
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.readings import ReadingKind, ReadingLog
from reports.briefings.models.versions import VersionVariant


def record_on(
    briefing: Briefing,
    kind: KindOfAct,
    *,
    at: datetime,
    by: User,
    agreed_by: User | None = None,
    about: User | None = None,
    detail: str = "",
) -> None:
    """Write down an act on a briefing, where its owner is; see ``record_act``."""
    record_act(
        kind=kind,
        on=briefing,
        at=at,
        by=by,
        agreed_by=agreed_by,
        about=about,
        detail=detail,
        institution=briefing.institution,
        region=briefing.region,
        municipality=briefing.municipality,
    )


def log_opening(
    *,
    text: ReadText,
    served: bytes,
    at: datetime,
    address: str | None,
    by: User,
    reads: tuple[str, str] | None = None,
) -> ReadingLog:
    """Note that a page of a text was opened; ``served`` are its bytes.

    ``reads`` is what ``reads_as`` said, where the caller asked already.
    """
    digest = hashlib.sha256(served).hexdigest()
    row = ReadingLog(kind=ReadingKind.OPEN, sha256=digest)
    return _keep_text(row, text, at=at, address=address, by=by, reads=reads)


def log_download(
    *,
    text: ReadText,
    file_name: str,
    sha256: str,
    at: datetime,
    address: str | None,
    by: User,
    copy_code: str = "",
    reads: tuple[str, str] | None = None,
) -> ReadingLog:
    """Note that a file was downloaded; ``sha256`` is that of the bytes that go out.

    ``copy_code`` is that of a personal copy, and ``reads`` in which role, of which organisation,
    where the caller asked already.
    """
    row = ReadingLog(
        kind=ReadingKind.DOWNLOAD, file_name=file_name, sha256=sha256, copy_code=copy_code
    )
    return _keep_text(row, text, at=at, address=address, by=by, reads=reads)


def log_acceptance(
    *, briefing: Briefing, at: datetime, address: str | None, by: User
) -> ReadingLog:
    """Note that the terms were accepted."""
    row = ReadingLog(kind=ReadingKind.TERMS)
    return _keep(row, briefing=briefing, at=at, address=address, by=by)


def log_work(
    *,
    briefing: Briefing,
    file_name: str,
    sha256: str,
    at: datetime,
    address: str | None,
    by: User,
    kind: ReadingKind = ReadingKind.WORK,
    version_number: int | None = None,
    place_code: str = "",
    copy_code: str = "",
) -> ReadingLog:
    """Note that a maker, or who keeps the archive, downloaded a file; they are no readers.

    Without ``version_number`` it is of the draft.
    """
    row = ReadingLog(
        kind=kind,
        file_name=file_name,
        sha256=sha256,
        version_number=version_number,
        variant=place_code,
        copy_code=copy_code,
    )
    reads = works_as(at, by)
    return _keep(row, briefing=briefing, at=at, address=address, by=by, reads=reads)


def works_as(at: datetime, by: User) -> tuple[str, str]:
    """In which role, of which organisation, somebody works: one that makes briefings first."""
    makes = all_rights()["reports.make_briefings"].roles
    held = Membership.objects.running(amsterdam_day(at)).filter(user=by)
    held = held.select_related("municipality", "region", "institution")
    rows = sorted(held, key=lambda one: (one.role not in makes, one.pk))
    return (rows[0].role, str(rows[0].place)) if rows else ("", "")


def _keep_text(
    row: ReadingLog,
    text: ReadText,
    *,
    at: datetime,
    address: str | None,
    by: User,
    reads: tuple[str, str] | None = None,
) -> ReadingLog:
    row.version_number, row.variant = text.version.number, text.place_code
    reads = reads or reads_as(text.briefing, at, by, text.variant)
    return _keep(row, briefing=text.briefing, at=at, address=address, by=by, reads=reads)


def _keep(
    row: ReadingLog,
    *,
    briefing: Briefing,
    at: datetime,
    address: str | None,
    by: User,
    reads: tuple[str, str] | None = None,
) -> ReadingLog:
    """Copy into the row all that it must still say when people and roles are gone."""
    row.briefing_public_id, row.owner = briefing.public_id, briefing.owner_code
    row.reader_public_id, row.reader_name, row.reader_email = by.public_id, by.name, by.email
    row.role, row.organisation = reads or reads_as(briefing, at, by)
    row.at, row.address = at, _known_address(address)
    row.save(force_insert=True)
    return row


def _known_address(address: str | None) -> str | None:
    """The address if it is one: a proxy's odd words must not stop a reader or the log."""
    try:
        return str(ip_address(address or ""))
    except ValueError:
        return None


def reads_as(
    briefing: Briefing, at: datetime, by: User, variant: VersionVariant | None = None
) -> tuple[str, str]:
    """In which role, of which organisation: as named, else as a member of the audience.

    Who sits in two councils reads the text of one as a member of that one.
    """
    early = named(briefing, at, by)
    if early is not None and (variant is None or _belongs(early, variant)):
        return early.role, str(early.place)
    found = mandates(briefing, at, by)
    own = [one for one in found if variant is None or _belongs(one, variant)]
    chosen = [*own, *found]
    if chosen:
        return chosen[0].role, str(chosen[0].place)
    return (early.role, str(early.place)) if early is not None else ("", "")


def _belongs(named: EarlyReader | Membership, variant: VersionVariant) -> bool:
    return (named.region_id, named.municipality_id) == (variant.region_id, variant.municipality_id)
