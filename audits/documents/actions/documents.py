"""Add papers and versions, release and withdraw them, and log who was given the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import PAPER, PAPER_READERS, PAPER_RELEASED, PAPER_WITHDRAWN
from certification.certificates.actions import day_columns, save_by
from certification.imprecise_days import ImpreciseDay
from certification.models import (
    Document,
    DocumentReader,
    DocumentReading,
    DocumentVersion,
    Source,
)
from certification.rights import KEEP_DOCUMENTS, SEE_DOCUMENTS
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.clock_check.actions import refuse_while_a_clock_is_wrong
from jbn_oversight.files.actions import scan
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.files.storage import store
from jbn_oversight.organisations.models import Institution
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import RefusedError

SOONEST: Final = timedelta(minutes=5)
"""An embargo ends no nearer than this: so long may a page stand open somewhere."""


@dataclass(frozen=True, slots=True)
class Embargo:
    """Until when (aware, UTC), from when named readers may read, who they are, who releases."""

    until: datetime
    releaser: User
    window_opens_at: datetime | None = None
    readers: tuple[Membership, ...] = ()


@transaction.atomic
def add_document(
    *,
    institution: Institution,
    kind: str,
    source: Source,
    data: bytes,
    dated: ImpreciseDay | None,
    embargo: Embargo | None,
    at: datetime,
    by: User,
) -> DocumentVersion:
    """A new paper with its first version. Raises RefusedError, also for a file that may not in.

    Without an embargo it is open at once to all who see the register.
    """
    if Document.objects.filter(source=source).exists():
        raise RefusedError(_("This paper stands in the register already: add a version there."))
    document = Document(institution=institution, kind=kind, source=source)
    save_by(document, by)
    return add_version(
        document=document, data=data, dated=dated, reason="", embargo=embargo, at=at, by=by
    )


@transaction.atomic
def add_version(
    *,
    document: Document,
    data: bytes,
    dated: ImpreciseDay | None,
    reason: str,
    embargo: Embargo | None,
    at: datetime,
    by: User,
) -> DocumentVersion:
    """The next version of a paper, looked into and cleaned first. Raises RefusedError."""
    refuse_personal_numbers(reason)
    Document.objects.select_for_update().get(pk=document.pk)
    latest = document.versions.order_by("-number").first()
    if latest and not reason.strip():
        raise RefusedError(_("Say what changed since the version before."))
    offered = hashlib.sha256(data).hexdigest()
    if document.versions.filter(offered_sha256=offered, withdrawn_at=None).exists():
        raise RefusedError(_("This very file is a version of this paper already."))
    if embargo:
        _check(embargo, document.institution, at, by)
    found = scan(data)
    number = latest.number + 1 if latest else 1
    stored = store(
        found.data, content_type=found.content_type, name=f"document{ENDINGS[found.content_type]}"
    )
    version = DocumentVersion(
        document=document,
        number=number,
        stored=stored,
        reason=reason.strip() if latest else "",
        offered_sha256=offered,
        scan_codes=list(found.codes),
        added_at=at,
        added_by=by,
        embargo_until=embargo.until if embargo else at,
        window_opens_at=embargo.window_opens_at if embargo else None,
        asked_releaser=embargo.releaser if embargo else None,
        released_at=None if embargo else at,
        released_by=None if embargo else by,
        **day_columns("dated", dated),
    )
    save_by(version, by)
    _record(PAPER.saved(new=latest is None), version, at, by)
    if embargo:
        name_readers(version=version, memberships=embargo.readers, at=at, by=by)
    return version


def _record(kind: KindOfAct, version: DocumentVersion, at: datetime, by: User) -> None:
    record_act(kind=kind, on=version, at=at, institution=version.document.institution, by=by)


def _check(embargo: Embargo, institution: Institution, at: datetime, by: User) -> None:
    refuse_while_a_clock_is_wrong()
    if embargo.until < at + SOONEST:
        raise RefusedError(_("This hour is too near or has passed. Choose a later hour."))
    if embargo.window_opens_at and embargo.window_opens_at > embargo.until:
        raise RefusedError(_("Readers may read from an hour after the embargo. Turn them round."))
    if embargo.readers and not embargo.window_opens_at:
        raise RefusedError(_("Say from which hour the named readers may read."))
    if embargo.releaser == by:
        raise RefusedError(_("Somebody else must release it: you add it yourself."))
    if not _keeps(embargo.releaser, institution, at):
        raise RefusedError(_("The person who releases it must keep the register too."))


def _keeps(user: User, institution: Institution, at: datetime) -> bool:
    places = Actor.of(user, amsterdam_day(at)).places(KEEP_DOCUMENTS)
    return institution.code in places.institutions


@transaction.atomic
def name_readers(
    *, version: DocumentVersion, memberships: Collection[Membership], at: datetime, by: User
) -> None:
    """Let these and no others read before the hour; who is no longer named is shut out at once.

    Raises RefusedError for somebody who does not see the register.
    """
    _check_shut(version, at)
    institution = version.document.institution
    for membership in memberships:
        actor = Actor.of(membership.user, amsterdam_day(at))
        if institution.code not in actor.places(SEE_DOCUMENTS).institutions:
            raise RefusedError(
                _("%(name)s does not see the register, so cannot be named.")
                % {"name": membership.user.name}
            )
    if memberships and not version.window_opens_at:
        raise RefusedError(_("Say from which hour the named readers may read."))
    wanted = {membership.pk: membership for membership in memberships}
    changed = False
    for reader in version.readers.filter(removed_at=None):
        if wanted.pop(reader.membership_id, None) is None:
            reader.removed_at, reader.removed_by = at, by
            save_by(reader, by)
            changed = True
    for membership in wanted.values():
        save_by(
            DocumentReader(version=version, membership=membership, named_at=at, named_by=by), by
        )
    if changed or wanted:
        _record(PAPER_READERS, version, at, by)


def _check_shut(version: DocumentVersion, at: datetime) -> None:
    if version.withdrawn_at:
        raise RefusedError(_("This version was withdrawn."))
    if version.is_out(at):
        raise RefusedError(_("This version is open already to all who see the register."))


@transaction.atomic
def release(*, version: DocumentVersion, at: datetime, by: User) -> None:
    """Record that the version may open on its hour. Never by who added it. Raises RefusedError.

    Before the hour this opens nothing; after the hour it opens at once.
    """
    locked = DocumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if locked.withdrawn_at:
        raise RefusedError(_("This version was withdrawn."))
    if locked.released_at:
        return
    refuse_while_a_clock_is_wrong()
    if locked.added_by_id == by.pk:
        raise RefusedError(_("Somebody else must release it: you added it yourself."))
    if locked.asked_releaser_id != by.pk:
        raise RefusedError(_("Only the person who was asked can release this version."))
    locked.released_at, locked.released_by = at, by
    save_by(locked, by)
    _record(PAPER_RELEASED, locked, at, by)


@transaction.atomic
def withdraw(*, version: DocumentVersion, reason: str, at: datetime, by: User) -> None:
    """Shut the version to everybody at once, for good. Raises RefusedError without a reason."""
    refuse_personal_numbers(reason)
    if not reason.strip():
        raise RefusedError(_("Say why it is withdrawn."))
    locked = DocumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if locked.withdrawn_at:
        return
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_reason = at, by, reason.strip()
    save_by(locked, by)
    _record(PAPER_WITHDRAWN, locked, at, by)


def log_reading(
    *, version: DocumentVersion, reader: User, address: str, at: datetime
) -> DocumentReading:
    """Keep that the reader is given the bytes; call it before they go out."""
    return DocumentReading.objects.create(
        version_public_id=version.public_id,
        version_number=version.number,
        reader_public_id=reader.public_id,
        reader_name=reader.name,
        reader_email=reader.email,
        address=address or None,
        at=at,
        sha256=version.stored.sha256,
    )
