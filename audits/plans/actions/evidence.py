"""Evidence of actions: files that were looked into, in versions, with a last good day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audits.act_kinds import ACTION
from audits.models.plans import Evidence, EvidenceVersion, PlanAction
from audits.plans.rules import is_stale
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.files.actions import scan
from jbn_oversight.files.storage import store
from jbn_oversight.refusals import RefusedError
from jbn_oversight.refusals import RefusedError as RefusedFileError

MOST_VERSIONS: Final = 50
ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/csv": "csv",
}


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of evidence: its newest version, and the ones before."""

    row: Evidence
    newest: EvidenceVersion
    older: tuple[EvidenceVersion, ...]
    stale: bool
    """Whether its last good day has passed."""


def pieces_of(action: PlanAction, day: date) -> list[PieceView]:
    """The evidence of an action, as good as it is on the (Amsterdam) day."""
    pieces = []
    for row in action.evidence.all():
        versions = sorted(
            row.versions.select_related("added_by", "stored"), key=lambda one: -one.number
        )
        if versions:
            stale = is_stale(versions[0].expires_on, day)
            pieces.append(PieceView(row, versions[0], tuple(versions[1:]), stale))
    return pieces


def add_evidence(
    *,
    action: PlanAction,
    title: str,
    data: bytes,
    expires_on: date | None,
    at: datetime,
    by: User,
) -> EvidenceVersion:
    """Keep a file as evidence; the same title gives a next version of the same paper.

    ``at`` is an aware instant; evidence is good up to and including the Amsterdam day
    ``expires_on``. The file is looked into and cleaned first, the offered bytes are kept
    nowhere. Raises RefusedError.
    """
    words = " ".join(title.split())
    if not words:
        raise RefusedError(_("Say what this paper is."), "title")
    if expires_on is not None and expires_on < amsterdam_day(at):
        raise RefusedError(
            _("This paper is no longer good today. Add one that is, or leave the day empty."),
            "expires_on",
        )
    try:
        looked = scan(data)
    except RefusedFileError as error:
        raise RefusedError(str(error), "file") from error
    with transaction.atomic():
        held = PlanAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if held.dropped_on is not None:
            raise RefusedError(_("This action was dropped. Have it taken up again first."))
        piece = Evidence.objects.filter(action=held, title=words).first()
        if piece is None:
            piece = Evidence(action=held, title=words)
            save_by(piece, by)
        last = piece.versions.aggregate(last=Max("number"))["last"] or 0
        if last >= MOST_VERSIONS:
            raise RefusedError(
                _("This paper has %(most)s versions. Add it under other words.")
                % {"most": MOST_VERSIONS},
                "title",
            )
        version = EvidenceVersion(
            evidence=piece,
            number=last + 1,
            stored=store(
                looked.data,
                content_type=looked.content_type,
                name=_file_name(words, last + 1, looked.content_type),
            ),
            expires_on=expires_on,
            added_at=at,
            added_by=by,
        )
        save_by(version, by)
        record_act(
            kind=ACTION.changed,
            on=held,
            detail="evidence",
            at=at,
            institution=held.institution,
            by=by,
        )
    return version


def _file_name(title: str, number: int, content_type: str) -> str:
    """Made of the title: the name on somebody's computer may say more than it should."""
    ending = ENDINGS.get(content_type, "bin")
    return f"{slugify(title)[:60] or 'bewijs'}-v{number}.{ending}"
