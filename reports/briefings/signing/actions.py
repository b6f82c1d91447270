"""Submitting, signing and publishing: each by the people named for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.clock_check.actions import refuse_while_a_clock_is_wrong
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.act_kinds import (
    APPROVED,
    FIGURES_RELEASED,
    GIVEN_BACK,
    PUBLISHED,
    SIGNED,
    SUBMITTED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import (
    check_can_approve,
    check_can_publish,
    check_can_submit,
    check_open,
    check_revision,
)
from reports.briefings.log.actions import record_on
from reports.briefings.makers.actions import void_signatures
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.signing import SignOff, VoidReason
from reports.briefings.models.versions import BriefingVersion, VersionAttachment, VersionVariant
from reports.briefings.printing.actions.renderings import nudge
from reports.briefings.releasing.actions.announcing import nudge_release
from reports.briefings.signing.selectors.checklist import check_nothing_wrong
from reports.briefings.signing.selectors.going_out import draft_going_out, version_going_out
from reports.briefings.signing.selectors.shown import SeenToken, check_shown
from reports.briefings.signing.selectors.signed_texts import SignedTexts, texts_of
from reports.figures.actions.releases import record_release


class NoLongerTheSameError(ChangedMeanwhileError):
    """What would be signed is no longer what the first person signed."""


@transaction.atomic
def submit(*, briefing: Briefing, revision: int, at: datetime, by: User) -> Briefing:
    """Ask those named to sign. Raises PermissionDenied, or RefusedError with what is wrong."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_revision(briefing, revision)
    check_can_submit(briefing)
    check_nothing_wrong(briefing, at)
    briefing.submitted_at, briefing.submitted_by = at, by
    briefing.save()
    record_on(briefing, SUBMITTED, at=at, by=by)
    return briefing


@transaction.atomic
def send_back(*, briefing: Briefing, at: datetime, by: User) -> Briefing:
    """Give a submitted draft back to its writers. Who signs, or a writer; twice is once.

    Signatures under it count no more: they are asked again when it is submitted again.
    """
    briefing = locked(briefing)
    maker = maker_of(briefing, by, at)
    check(maker.approves or maker.writes)
    check_open(briefing)
    if briefing.submitted_at is not None:
        void_signatures(briefing, VoidReason.SENT_BACK, at)
        briefing.submitted_at = briefing.submitted_by = None
        briefing.save()
        record_on(briefing, GIVEN_BACK, at=at, by=by)
    return briefing


def approve(
    *, briefing: Briefing, revision: int, at: datetime, by: User, shown: SeenToken | None = None
) -> BriefingVersion | None:
    """Sign exactly what was seen. The last of those asked makes it a version; else None.

    ``revision`` is that of the draft on the signer's screen, ``shown`` all that stood there:
    without it (in a command) what is there now is signed. The first signature fixes as known on
    which instant the figures are, that of the page where there was one; the last one freezes
    the same text, figures and files, or, where they are no longer the same, voids the earlier
    signatures and says so. Rendering follows and may fail without undoing this. Raises
    PermissionDenied or RefusedError.
    """
    try:
        with transaction.atomic():
            return _sign(briefing, revision, at, by, shown)
    except NoLongerTheSameError:
        # The refusal undid its own transaction; that the signatures are void must stay.
        with transaction.atomic():
            void_signatures(locked(briefing), VoidReason.CHANGED, at)
        raise


def _sign(
    briefing: Briefing, revision: int, at: datetime, by: User, shown: SeenToken | None
) -> BriefingVersion | None:
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).approves)
    refuse_while_a_clock_is_wrong()
    check_can_approve(briefing, revision)
    check_nothing_wrong(briefing, at)
    earlier = list(SignOff.objects.standing(briefing))
    if any(one.signed_by_id == by.pk for one in earlier):
        raise RefusedError(_("You signed this already. The others still have to."))
    known_at = earlier[0].known_at if earlier else shown.known_at if shown else at
    at = max(at, known_at)
    texts = texts_of(briefing, known_at)
    if shown is not None:
        _check_is_what_was_shown(briefing, texts, known_at, at, shown, is_first=not earlier)
    if any(one.content_sha256 != texts.sha256 for one in earlier):
        raise NoLongerTheSameError(
            _(
                "The document is no longer the one that was signed first. The signatures are void;"
                " nothing of the text is lost. Look at it again, and sign again."
            )
        )
    asked = briefing.signatories.get(user=by)
    mine = SignOff.objects.create(
        briefing=briefing,
        signed_by=by,
        region=asked.region,
        municipality=asked.municipality,
        author_id=briefing.author_id,
        draft_revision=briefing.draft_revision,
        known_at=known_at,
        content_sha256=texts.sha256,
        signed_at=at,
    )
    record_on(briefing, SIGNED, at=at, by=by, detail=f"version {texts.number}")
    signed = {one.signed_by_id for one in earlier} | {by.pk}
    if briefing.signatories.exclude(user__in=signed).exists():
        return None
    return _freeze(briefing, texts, [*earlier, mine], at, by)


def _check_is_what_was_shown(
    briefing: Briefing,
    texts: SignedTexts,
    known_at: datetime,
    at: datetime,
    shown: SeenToken,
    *,
    is_first: bool,
) -> None:
    """Both what would be frozen and, for who signs first, what is known by now.

    The second keeps a page that stood open from signing a figure that was corrected, or one
    that may no longer be told, since then. Raises ChangedMeanwhileError.
    """
    check_shown(draft_going_out(briefing, texts, at), shown)
    if is_first and at != known_at:
        check_shown(draft_going_out(briefing, texts_of(briefing, at), at), shown)


def _freeze(
    briefing: Briefing, texts: SignedTexts, sign_offs: list[SignOff], at: datetime, by: User
) -> BriefingVersion:
    """Make the version of what all of them signed, in the transaction of the last signature."""
    version = freeze_version(briefing, texts, at, by)
    for one in sign_offs:
        one.version = version
        one.save(update_fields=["version"])
    counts = sum(
        record_release(
            key=version.public_id,
            institution=briefing.institution,
            quoted=text.figures,
            at=sign_offs[0].known_at,
        )
        for text in (texts.common, *texts.own)
    )
    detail = f"version {version.number}"
    record_on(briefing, APPROVED, at=at, by=by, detail=detail)
    if counts:
        record_on(briefing, FIGURES_RELEASED, at=at, by=by, detail=detail)
    nudge(version)
    return version


def freeze_version(
    briefing: Briefing, texts: SignedTexts, at: datetime, by: User
) -> BriefingVersion:
    """Store the texts as the next version, and what the first approval fixes. No message.

    Inside a transaction that holds the briefing. Only for signing, and for a rehearsal, which
    undoes it.
    """
    version = BriefingVersion.objects.create(
        briefing=briefing,
        number=texts.number,
        draft_revision=briefing.draft_revision,
        content=texts.common.content,
        content_sha256=texts.common.sha256,
        public_page=briefing.public_page,
        reason=briefing.change_reason.strip() if texts.number > 1 else "",
        author=briefing.author,
        approved_at=at,
        approved_by=by,
    )
    for own in texts.own:
        VersionVariant.objects.create(
            version=version,
            region=own.region,
            municipality=own.municipality,
            content=own.content,
            content_sha256=own.sha256,
        )
    files = briefing.attachments.filter(removed_at=None)
    for position, attachment in enumerate(files, start=1):
        VersionAttachment.objects.create(
            version=version, position=position, title=attachment.title, stored=attachment.stored
        )
    if briefing.approved_at is None:
        briefing.approved_at, briefing.approved_by = at, by
        if briefing.window_opens_at is None and briefing.embargo_until is not None:
            briefing.window_opens_at = min(at, briefing.embargo_until)
    briefing.submitted_at = briefing.submitted_by = None
    briefing.change_reason = ""
    briefing.save()
    return version


@transaction.atomic
def publish(
    *,
    briefing: Briefing,
    version: BriefingVersion,
    at: datetime,
    by: User,
    shown: SeenToken | None = None,
) -> Briefing:
    """Record the publication of the version that the publisher saw. Twice does nothing.

    ``shown`` is all that stood on the publisher's screen: texts, files, readers, hours. Without
    it (in a command) what is there now goes out.

    It opens the briefing to its audience when the hour has come too, never before, and to
    everybody without an account where the version was signed with a public page. Raises
    PermissionDenied, or RefusedError where the version is not the latest, has no PDF, is secret
    or is no longer what was shown.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).publishes)
    refuse_while_a_clock_is_wrong()
    version = BriefingVersion.objects.get(pk=version.pk, briefing=briefing)
    check_can_publish(briefing, version)
    if briefing.published_version_id == version.pk:
        return briefing
    if shown is not None:
        check_shown(version_going_out(briefing, version, at), shown)
    at = max(at, version.approved_at)
    if version.published_at is None:
        version.published_at, version.published_by = at, by
        version.save(update_fields=["published_at", "published_by"])
    briefing.published_at, briefing.published_by = at, by
    briefing.published_version = version
    briefing.save()
    record_on(briefing, PUBLISHED, at=at, by=by, detail=f"version {version.number}")
    nudge_release(briefing, at)
    return briefing
