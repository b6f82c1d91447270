"""What still stands in the way of a sign-off, and what deserves a look before it.

An error refuses submitting and approving; a warning does not. The actions ask the first list
themselves, so no page can be passed by. A part of the portal that knows of another thing to
look at adds its check to ``MUST_BE_RIGHT`` where it finds errors, else to ``WORTH_A_LOOK``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError
from reports.briefings.document.rules.kinds import is_required
from reports.briefings.gate.permissions import maker_of
from reports.briefings.models.briefings import Briefing, BriefingPermission
from reports.briefings.signing.rules import Remark
from reports.briefings.signing.selectors.draft_checks import (
    comments_are_resolved,
    nobody_is_still_typing,
    quoted_figures_are_there,
    references_are_right,
)
from reports.briefings.signing.selectors.planning_checks import (
    early_readers_are_addressed,
    fact_checks_are_dealt_with,
    no_numbers_of_persons,
    press_release_is_agreed,
)

SOONEST: Final = timedelta(minutes=5)
"""An hour is never set nearer than this: as long as a page may live in a cache (R31)."""

_TYPED_FIGURE: Final = re.compile(
    r"\d[\d.,]*\s?(?:%|procent\b|percent\b|euro\b|fte\b|jeugdigen\b|jongeren\b|kinderen\b"
    r"|gezinnen\b|maatregelen\b|medewerkers\b|youths\b|children\b|families\b|measures\b)"
    r"|€\s?\d",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(r"\b(?:bron|source|volgens|according to)\b|\]\(|\[\^|\{\{", re.I)


Check = Callable[[Briefing, datetime], Iterable[Remark]]


def findings(briefing: Briefing, at: datetime) -> list[Remark]:
    """Everything to look at before the briefing goes on, errors first.

    ``at`` is an aware instant. Nothing is said of what is withdrawn.
    """
    if briefing.withdrawn_at is not None:
        return []
    found = [one for check in MUST_BE_RIGHT for one in check(briefing, at)]
    found += [replace(one, kind="warning") for check in WORTH_A_LOOK for one in check(briefing, at)]
    return sorted(found, key=lambda one: one.kind != "error")


def check_nothing_wrong(briefing: Briefing, at: datetime) -> None:
    """Raise RefusedError with the errors, if there are any. Nothing else is looked at."""
    if briefing.withdrawn_at is not None:
        return
    found = [one for check in MUST_BE_RIGHT for one in check(briefing, at)]
    errors = [one.text for one in found if one.kind == "error"]
    if errors:
        raise RefusedError(" ".join(errors))


def _page(name: str, briefing: Briefing) -> str:
    return reverse(f"reports:{name}", args=[briefing.public_id])


def sections_are_written(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """At least one section, and none of those that the template asks for is empty."""
    url = _page("briefing_edit", briefing)
    sections = list(briefing.sections.all())
    if not any(section.text.strip() for section in sections):
        yield Remark("error", _("Write at least one section."), url)
    for section in sections:
        if is_required(briefing.document_type, section.key) and not section.text.strip():
            text = _("The section “%(heading)s” is empty.") % {"heading": section.heading}
            yield Remark("error", text, url)


def hour_is_set(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """An hour, and before the first approval one that does not come too soon (R31)."""
    url = _page("briefing_edit", briefing)
    if briefing.embargo_until is None:
        words = _("Fill in the hour until which the embargo runs, or the hour of publication.")
        yield Remark("error", words, url)
    elif briefing.approved_at is None and briefing.embargo_until < at + SOONEST:
        words = _("The hour is too near: choose one that is at least five minutes away.")
        yield Remark("error", words, url)


def makers_are_named(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Who signs and who publishes, and that the author is not alone (R32)."""
    url = _page("briefing_makers", briefing)
    if not briefing.signatories.exists() or briefing.publisher_id is None:
        words = _("Name who is asked to approve and who is asked to publish, two other people.")
        yield Remark("error", words, url)
        return
    held = BriefingPermission.objects.filter(content_object=briefing).values("user")
    others = User.objects.filter(pk__in=held).exclude(pk=briefing.author_id)
    # Anyone who publishes may stop it too; who is named for it is looked at first.
    likely = sorted(others, key=lambda person: person.pk != briefing.publisher_id)
    if not any(maker_of(briefing, person, at).publishes for person in likely):
        words = _("Nobody but the author can publish or stop this now. Name other makers.")
        yield Remark("error", words, url)


def heading_is_filled(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Sender, date and addressees: a document without them looks unfinished."""
    url = _page("briefing_edit", briefing)
    if not briefing.sender.strip():
        yield Remark("warning", _("Nobody is named as the sender."), url)
    if briefing.document_date is None:
        yield Remark("warning", _("The document has no date."), url)
    if not briefing.addressees.strip():
        yield Remark("warning", _("The document is addressed to nobody."), url)


def somebody_reads_it(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """An audience for afterwards, early readers for before."""
    if not briefing.audience.exists():
        words = _("No organisation is chosen: afterwards only early readers may read it.")
        yield Remark("warning", words, _page("briefing_edit", briefing))
    if briefing.published_at is None and not briefing.early_readers.remaining(at).exists():
        words = _("There are no early readers: nobody reads it before its hour.")
        yield Remark("warning", words, _page("briefing_readers", briefing))


def typed_figures_have_a_source(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """A figure that was typed, in a paragraph that says nowhere where it comes from."""
    for section in briefing.sections.all():
        for paragraph in re.split(r"\n\s*\n", section.text):
            figure = _TYPED_FIGURE.search(paragraph)
            if figure and not _SOURCE.search(paragraph):
                words = _("In “%(heading)s” stands “%(figure)s” without a source.") % {
                    "heading": section.heading,
                    "figure": figure[0],
                }
                yield Remark("warning", words, _page("briefing_edit", briefing))


def it_was_rehearsed(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """A rehearsal of the present draft or version, at the present hour, that went well (R28)."""
    is_out = briefing.published_at is not None and (
        briefing.embargo_until is not None and briefing.embargo_until <= at
    )
    if is_out or briefing.embargo_until is None:
        return
    played = briefing.rehearsals.filter(
        draft_revision=briefing.draft_revision, embargo_until=briefing.embargo_until
    ).first()
    url = _page("briefing_rehearsals", briefing)
    if played is None:
        yield Remark("warning", _("Nobody rehearsed the release of this text at this hour."), url)
    elif not played.passed:
        yield Remark("warning", _("The last rehearsal of the release did not go well."), url)


MUST_BE_RIGHT: Final[list[Check]] = [
    sections_are_written,
    hour_is_set,
    makers_are_named,
    no_numbers_of_persons,
    references_are_right,
    comments_are_resolved,
    early_readers_are_addressed,
]
"""Checks that may find an error."""

WORTH_A_LOOK: Final[list[Check]] = [
    heading_is_filled,
    somebody_reads_it,
    typed_figures_have_a_source,
    it_was_rehearsed,
    fact_checks_are_dealt_with,
    press_release_is_agreed,
    quoted_figures_are_there,
    nobody_is_still_typing,
]
"""Checks that only warn, some of which work out every figure: no signature waits for them."""
