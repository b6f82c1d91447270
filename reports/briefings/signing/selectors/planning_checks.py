"""What the checklist asks of facts, plans and persons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jbn_oversight.personal_numbers import count_in
from reports.briefings.factcheck.actions import open_answers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import ProposedReader
from reports.briefings.readers.actions import addressed

if TYPE_CHECKING:
    from reports.briefings.signing.rules import Remark


def no_numbers_of_persons(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """No number or birth date of a person in any field or section of the draft."""
    from reports.briefings.signing.rules import Remark

    texts = [
        briefing.title,
        briefing.subject,
        briefing.addressees,
        briefing.sender,
        briefing.status_line,
        briefing.contact,
        briefing.change_reason,
    ]
    url = reverse("reports:briefing_edit", args=[briefing.public_id])
    if any(count_in(text) for text in texts):
        words = _("A number of a person, such as a BSN, stands in the heading. Take it out.")
        yield Remark("error", words, url)
    for section in briefing.sections.all():
        if count_in(section.heading) or count_in(section.text):
            words = _("In “%(heading)s” stands a number of a person, such as a BSN. Take it out.")
            heading = section.heading if not count_in(section.heading) else "…"
            yield Remark("error", words % {"heading": heading}, url)


def fact_checks_are_dealt_with(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Answers of outsiders with which nobody did anything yet."""
    from reports.briefings.signing.rules import Remark

    if waiting := len(open_answers(briefing)):
        words = ngettext(
            "One answer to a fact check was not dealt with.",
            "%(n)s answers to fact checks were not dealt with.",
            waiting,
        ) % {"n": waiting}
        url = reverse("reports:briefing_fact_checks", args=[briefing.public_id])
        yield Remark("warning", words, url)


def press_release_is_agreed(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """A press release on whose last text some party did not agree."""
    from reports.briefings.press.actions import missing_parties
    from reports.briefings.signing.rules import Remark

    if missing := missing_parties(briefing):
        names = ", ".join(str(party.place) for party in missing)
        words = _("Not agreed to the text of the press release: %(names)s.") % {"names": names}
        url = reverse("reports:briefing_press", args=[briefing.public_id])
        yield Remark("warning", words, url)


def early_readers_are_addressed(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Nobody from outside whom one person named while the audience was another one.

    The audience changes until the approval, and whom it reached then needed no second person.
    It says how many and not who: others read this list than name readers.
    """
    from reports.briefings.signing.rules import Remark

    if briefing.published_at is not None:
        return
    municipalities, regions = addressed(briefing, at)
    agreed = set(
        ProposedReader.objects.filter(
            proposal__briefing=briefing, proposal__agreed=True
        ).values_list("mandate__user", "mandate__municipality", "mandate__region")
    )
    outside = sum(
        one.municipality_id not in municipalities
        and one.region_id not in regions
        and (one.user_id, one.municipality_id, one.region_id) not in agreed
        for one in briefing.early_readers.filter(removed_at=None)
    )
    if outside:
        words = ngettext(
            "One early reader is of an organisation to which it is not addressed, and no second "
            "person agreed. Remove this reader, or address it to the organisation.",
            "%(n)s early readers are of organisations to which it is not addressed, and no second "
            "person agreed. Remove these readers, or address it to the organisations.",
            outside,
        ) % {"n": outside}
        url = reverse("reports:briefing_readers", args=[briefing.public_id])
        yield Remark("error", words, url)
