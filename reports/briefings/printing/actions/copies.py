"""Personal copies: made once per reader and text, ahead of time where the readers are known.

A copy is first a row with its code, number and time, and then the file that these make. Anyone who
comes second makes the same bytes from the same row, so nobody waits for anybody.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from secrets import SystemRandom
from typing import Final, cast

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.files.storage import read, store
from jbn_oversight.jobs.actions.turns import only_one
from reports.briefings.gate.selectors.texts import ReadText
from reports.briefings.log.actions import reads_as
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.models.versions import BriefingVersion, Rendering, VersionVariant
from reports.briefings.printing.models import PersonalCopy
from reports.documents.rules import Language
from reports.pdf import personal
from reports.pdf.gate import check

logger = logging.getLogger(__name__)

TASK: Final = "reports.make_copies"
MOST_AT_ONCE: Final = 200
"""Copies that one sweep makes; the next goes on."""
TURN: Final = -15
"""The makers' turn among those of the database; institutions take positive numbers."""


def copy_for(
    *,
    text: ReadText,
    at: datetime,
    by: User,
    reads: tuple[str, str] | None = None,
    printed: Rendering | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> PersonalCopy | None:
    """This person's copy of the text, made now if it is not there yet.

    ``reads`` is the role and organisation of a maker; ``printed`` another printing than the
    present one, for a version that was replaced.

    None where there is no printed text, where the marked file does not pass the PDF gate (such
    a file is never served), or where it cannot be kept now. Who may read was asked before.
    """
    printed = printed or text.printed()
    if printed is None or printed.pdf is None:
        return None
    reads = reads or reads_as(text.briefing, at, by, text.variant)
    copy = _claimed(text, printed.pdf.sha256, at, by, reads)
    if copy.finished_at is None:
        try:
            _finish(copy, read(printed.pdf), clock)
        except OSError as error:  # a full disk: who comes next tries it again
            logger.warning("a copy was not kept: %s", type(error).__name__)
            return None
    return copy if copy.stored is not None else None


@transaction.atomic
def copy_of_draft(
    *, briefing: Briefing, source: bytes, at: datetime, by: User, reads: tuple[str, str]
) -> tuple[PersonalCopy, bytes]:
    """A maker's copy of the draft, with a code of its own: its row, and the file to serve.

    The file is kept nowhere; its row and code stay, so that one that leaked is traced. Raises
    ValueError for what is no PDF of ours.
    """
    held = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    digest = hashlib.sha256(source).hexdigest()
    there = held.copies.filter(
        version=None, reader_public_id=by.public_id, source_sha256=digest
    ).first()
    if there is not None:  # the same bytes asked twice, within a second
        return there, marked(there, source)
    last = held.copies.aggregate(last=Max("number"))["last"] or 0
    copy = PersonalCopy.objects.create(
        code=personal.new_code(SystemRandom()),
        number=last + 1,
        briefing=briefing,
        reader_public_id=by.public_id,
        reader_name=by.name,
        reader_email=by.email,
        role=reads[0],
        organisation=reads[1],
        language=briefing.language,
        source_sha256=digest,
        made_at=at,
        finished_at=at,
    )
    return copy, marked(copy, source)


def copies_to_make(at: datetime) -> Iterator[tuple[ReadText, User]]:
    """Named readers of open briefings, and the text that each of them still needs a copy of.

    Also before the window opens: a copy is ready when its reader may come, and not earlier
    reachable. ``at`` is an aware instant.
    """
    secret = Secrecy.objects.running().filter(briefing=OuterRef("pk"))
    waiting = Briefing.objects.filter(
        Q(published_at__isnull=True) | Q(embargo_until__gt=at) | Exists(secret),
        approved_at__isnull=False,
        withdrawn_at__isnull=True,
        closed_at__isnull=True,
    )
    for briefing in waiting:
        version = briefing.latest_version()
        if version is None:
            continue
        version.briefing = briefing
        made = PersonalCopy.objects.filter(
            version=version, finished_at__isnull=False, source_sha256__in=_paper_of(version)
        )
        have = set(made.values_list("reader_public_id", "role", "organisation"))
        rows = briefing.early_readers.remaining(at)
        for row in rows.select_related("user", "municipality", "region"):
            if (row.user.public_id, row.role, str(row.place)) not in have:
                yield _text_ahead(briefing, version, row.user, at), row.user


def make_ahead(at: datetime, clock: Callable[[], datetime] = utc_now) -> int:
    """Make the copies that are missing, some of them; one worker at a time. How many it made."""
    made = 0
    with only_one(TURN) as mine:
        if not mine:
            return 0
        for text, user in copies_to_make(at):
            if made >= MOST_AT_ONCE:
                break
            if not _is_open_still(text.briefing):
                continue
            try:
                made += copy_for(text=text, at=at, by=user, clock=clock) is not None
            except Exception as error:  # the others go on; this one is tried again
                logger.warning("a copy was not made: %s", type(error).__name__)
    return made


def _is_open_still(briefing: Briefing) -> bool:
    """Whether an emergency or a withdrawal did not shut it since the work began."""
    rows = Briefing.objects.filter(withdrawn_at__isnull=True, closed_at__isnull=True)
    return bool(rows.filter(pk=briefing.pk).exists())


def copy_by_code(typed: str) -> PersonalCopy | None:
    """The copy with this code, typed as somebody reads it off a picture; None if there is none."""
    code = personal.normalised(typed)
    if not personal.is_code(code):
        return None
    rows = PersonalCopy.objects.select_related("briefing", "version", "variant")
    return rows.filter(code=code).first()


def code_in(data: bytes) -> str | None:
    """The code that a PDF carries; None for any other file."""
    try:
        return personal.code_of(data)
    except Exception as error:  # whatever somebody uploads is not a copy of ours
        logger.info("no code in a file: %s", type(error).__name__)
        return None


def _text_ahead(briefing: Briefing, version: BriefingVersion, user: User, at: datetime) -> ReadText:
    own = VersionVariant.objects.read_by(user, at, briefing, version)
    return ReadText(briefing, version, own[0] if own else None)


def _paper_of(version: BriefingVersion) -> list[str]:
    """The hashes of the present printings: a copy of paper that names another hour is none."""
    rows = Rendering.objects.filter(version=version, pdf__isnull=False)
    now = Q(hour=version.briefing.embargo_until)
    if (common := version.printed()) is not None and common.hour is None:
        # It names the hour of the frozen text, and so do those of its places.
        now |= Q(hour__isnull=True)
    return list(rows.filter(now).values_list("pdf__sha256", flat=True))


def _claimed(
    text: ReadText, source_sha256: str, at: datetime, by: User, reads: tuple[str, str]
) -> PersonalCopy:
    """The reader's row for the text; a new one takes the briefing's next number."""
    role, organisation = reads
    mine = PersonalCopy.objects.select_related("stored").filter(
        version=text.version,
        variant=text.variant,
        reader_public_id=by.public_id,
        role=role,
        organisation=organisation,
        source_sha256=source_sha256,
    )
    if (there := mine.first()) is not None:
        return there
    try:
        with transaction.atomic():
            # Numbers count on, so anyone who takes one waits for the others; a moment only.
            Briefing.objects.select_for_update(of=("self",)).get(pk=text.briefing.pk)
            last = text.briefing.copies.aggregate(last=Max("number"))["last"] or 0
            return PersonalCopy.objects.create(
                code=personal.new_code(SystemRandom()),
                number=last + 1,
                briefing=text.briefing,
                version=text.version,
                variant=text.variant,
                reader_public_id=by.public_id,
                reader_name=by.name,
                reader_email=by.email,
                role=role,
                organisation=organisation,
                language=text.briefing.language,
                source_sha256=source_sha256,
                made_at=at,
            )
    except IntegrityError:
        there = mine.first()
        if there is None:
            raise
        return there


def _finish(copy: PersonalCopy, source: bytes, clock: Callable[[], datetime]) -> None:
    """Make the file that the row says, once through the gate, and close the row with it."""
    data = marked(copy, source)
    problems = gate(data)
    with transaction.atomic():
        row = PersonalCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
        if row.finished_at is None:
            row.finished_at = max(clock(), row.made_at)
            if problems:
                row.failure = f"gate: {problems[0]}"[:200]
                logger.warning("a personal copy did not pass the gate")
            else:
                row.stored = store(data, content_type="application/pdf", name="copy.pdf")
            row.save(update_fields=["finished_at", "stored", "failure"])
    copy.finished_at, copy.stored, copy.failure = row.finished_at, row.stored, row.failure


def marked(copy: PersonalCopy, source: bytes) -> bytes:
    """The file with the mark of the row."""
    mark = personal.CopyMark(
        name=copy.reader_name,
        organisation=copy.organisation,
        at=copy.made_at,
        copy_number=copy.number,
        code=copy.code,
        language=cast(Language, copy.language),
    )
    return personal.personal_copy(source, mark=mark)


def gate(data: bytes) -> list[str]:
    """What is wrong with a marked file; an empty list where it may be served."""
    return check(data)
