"""Printing approved texts. The rows say what there is to do; a message only hurries it.

A version has its common text and may have one for each place; each is printed by itself, so
one that fails keeps nobody waiting. Nothing of a briefing goes into a message, a result or a
log line: a text is named by its public id, a failure by its step and the kind of error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.files.storage import store
from jbn_oversight.jobs.actions import claiming
from jbn_oversight.jobs.actions.heartbeat import beating
from jbn_oversight.jobs.rules import pause_after
from reports.briefings.act_kinds import (
    TEXT_SET_ASIDE,
)
from reports.briefings.document.selectors.documents import document_of_variant, document_of_version
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check as check_allowed
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.policies import check_can_set_aside
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import (
    BriefingVersion,
    Rendering,
    RenderingPulse,
    VersionVariant,
)
from reports.pdf.gate import check
from reports.pdf.render import render as print_document

logger = logging.getLogger(__name__)

TASK: Final = "reports.render_version"
FIRST_WAIT: Final = timedelta(minutes=2)
LONGEST_WAIT: Final = timedelta(hours=1)

MOVED: Final = "the hour was moved meanwhile"

Text = BriefingVersion | VersionVariant
"""What is printed: the common text of a version, or that of one place."""


def nudge(version: BriefingVersion) -> None:
    """Ask workers to print all texts of a version, once it is committed."""
    texts: list[Text] = [version, *version.variants.filter(set_aside_at=None)]
    for text in texts:
        claiming.nudge(TASK, text.public_id)


def text_by_key(public_id: str) -> Text | None:
    """The version or the text of a place with this public id."""
    version = BriefingVersion.objects.filter(public_id=public_id).first()
    return version or VersionVariant.objects.filter(public_id=public_id).first()


def render(*, version: Text, at: datetime, clock: Callable[[], datetime] = utc_now) -> bool:
    """Print one text and keep the PDF if it passes the gate. True when it is printed.

    Safe to run twice, late, or at the same time elsewhere: the text's row is locked while an
    attempt is claimed and while it ends.
    """
    attempt = _claim(version, at)
    if attempt is None:
        return version.printed() is not None
    with beating(lambda: _beat(attempt)):
        return _carry_out(attempt, clock)


def _carry_out(attempt: Rendering, clock: Callable[[], datetime]) -> bool:
    step = "document"
    try:
        # The attempt's own rows: they were read with the hour that it names.
        if attempt.variant is None:
            document = document_of_version(attempt.version)
        else:
            document = document_of_variant(attempt.variant)
        step = "render"
        rendered = print_document(document)
        step = "gate"
        problems = check(rendered.data, attachments=rendered.attachments)
        if problems:
            return _end(attempt, clock(), failure=f"gate: {problems[0]}"[:200])
        step = "store"
        return _end(attempt, clock(), data=rendered.data)
    except Exception as error:  # whatever went wrong, the version stays approved and says so
        logger.warning("rendering failed at %s: %s", step, type(error).__name__)
        claiming.drop_a_broken_connection()
        return _end(attempt, clock(), failure=f"{step}: {type(error).__name__}"[:200])


def versions_to_print(at: datetime) -> Iterator[Text]:
    """Texts of open briefings that have no PDF naming the hour, and may be tried now.

    Of the latest version, and of the published one: also what is recorded waits for a new hour.
    """
    newer = BriefingVersion.objects.filter(
        briefing=OuterRef("briefing"), number__gt=OuterRef("number")
    )
    is_published = Exists(Briefing.objects.filter(published_version=OuterRef("pk")))
    latest = BriefingVersion.objects.filter(~Exists(newer) | is_published)
    is_open = Q(briefing__withdrawn_at__isnull=True, briefing__closed_at__isnull=True)
    common = Rendering.objects.filter(version=OuterRef("pk"), variant=None)
    own = Rendering.objects.filter(variant=OuterRef("pk"))
    hour = OuterRef("briefing__embargo_until")
    for version in latest.filter(
        is_open, ~Exists(common.filter(pdf__isnull=False, hour=hour)), ~Exists(common.running(at))
    ).select_related("briefing"):
        if version.printed() is None and _is_its_turn(version, at):
            yield version
    hour = OuterRef("version__briefing__embargo_until")
    variants = VersionVariant.objects.filter(
        ~Exists(own.filter(pdf__isnull=False, hour=hour)),
        ~Exists(own.running(at)),
        set_aside_at__isnull=True,
        version__in=latest.filter(is_open),
    ).select_related("version__briefing")
    for variant in variants:
        if variant.printed() is None and _is_its_turn(variant, at):
            yield variant


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the printing of all texts of a version is."""

    total: int
    done: int
    failed: int
    """Not printed yet, and the last attempt said why."""
    set_aside: int

    @property
    def finished(self) -> bool:
        """Whether each text is printed or set aside."""
        return self.done + self.set_aside == self.total


def progress(version: BriefingVersion) -> Progress:
    """How many of the version's texts are printed, failed or set aside."""
    variants = list(version.variants.all())
    texts: list[Text] = [version, *(one for one in variants if one.set_aside_at is None)]
    printed = [text for text in texts if text.printed() is not None]
    failed = [text for text in texts if text not in printed and text.last_failure()]
    return Progress(
        total=len(variants) + 1,
        done=len(printed),
        failed=len(failed),
        set_aside=len(variants) + 1 - len(texts),
    )


@transaction.atomic
def set_aside(*, variant: VersionVariant, reason: str, at: datetime, by: User) -> None:
    """Go on without a place's own text that cannot be printed: its readers get the common one.

    Of the makers who sign or publish. Raises PermissionDenied or RefusedError; twice is once.
    """
    briefing = locked(variant.version.briefing)
    maker = maker_of(briefing, by, at)
    check_allowed(maker.approves or maker.publishes)
    variant = VersionVariant.objects.select_for_update(of=("self",)).get(pk=variant.pk)
    if variant.set_aside_at is not None:
        return
    check_can_set_aside(briefing, variant, reason)
    variant.set_aside_at, variant.set_aside_by = at, by
    variant.set_aside_reason = reason.strip()[:200]
    variant.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_reason"])
    record_on(briefing, TEXT_SET_ASIDE, at=at, by=by)


def _is_its_turn(text: Text, at: datetime) -> bool:
    """Each failure doubles the pause before the next attempt."""
    briefing = text.briefing if isinstance(text, BriefingVersion) else text.version.briefing
    attempts = text.attempts().filter(hour=briefing.embargo_until).exclude(failure=MOVED)
    last = attempts.order_by("-pk").first()
    # The first that lost its worker is followed at once; a text that costs one each time is not.
    tried = attempts.count() - attempts.filter(finished_at=None)[:1].count()
    pause = pause_after(tried, first=FIRST_WAIT, longest=LONGEST_WAIT)
    return last is None or last.started_at + pause <= at


def _locked_text(text: Text) -> Text:
    if isinstance(text, BriefingVersion):
        return BriefingVersion.objects.select_for_update(of=("self",)).get(pk=text.pk)
    return VersionVariant.objects.select_for_update(of=("self",)).get(pk=text.pk)


@transaction.atomic
def _claim(text: Text, at: datetime) -> Rendering | None:
    row = _locked_text(text)
    variant = row if isinstance(row, VersionVariant) else None
    version = variant.version if variant else row
    assert isinstance(version, BriefingVersion)
    if not version.briefing.is_open or row.printed() is not None:
        return None
    hour = version.briefing.embargo_until
    if variant is not None and variant.set_aside_at is not None:
        return None
    if row.attempts().running(at).exists():
        return None
    attempt = Rendering.objects.create(version=version, variant=variant, hour=hour, started_at=at)
    RenderingPulse.objects.create(rendering=attempt, beaten_at=at)
    return attempt


def _beat(attempt: Rendering) -> None:
    """Show that the attempt lives, until it has ended."""
    RenderingPulse.objects.filter(rendering=attempt).update(beaten_at=utc_now())


@transaction.atomic
def _end(
    attempt: Rendering, at: datetime, *, data: bytes | None = None, failure: str | None = None
) -> bool:
    row = _locked_text(attempt.variant or attempt.version)
    attempt.finished_at = max(at, attempt.started_at)
    briefing = Briefing.objects.get(pk=attempt.version.briefing_id)
    if not briefing.is_open:
        data, failure = None, "closed meanwhile"
    elif briefing.embargo_until != attempt.hour:
        data, failure = None, MOVED
    if data is not None and row.printed() is not None:
        data, failure = None, "another attempt was first"
    if data is not None:
        attempt.pdf = store(data, content_type="application/pdf", name="briefing.pdf")
    attempt.failure = failure
    attempt.save(update_fields=["finished_at", "pdf", "failure"])
    RenderingPulse.objects.filter(rendering=attempt).delete()
    return data is not None
