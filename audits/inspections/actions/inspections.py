"""Record inspections, the institutions in them, and interim messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import INSPECTION
from audits.actions import held_with, tie
from audits.inspections.actions.refusals import refused_in_words
from audits.models.inspections import (
    FIELDWORK_FIRST,
    NAME_TAKEN,
    InspectedInstitution,
    Inspection,
    InterimMessage,
    MeasureClaim,
    NormVerdict,
    SupervisionVisit,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.refusals import RefusedError

Removable: TypeAlias = InterimMessage | SupervisionVisit | MeasureClaim | InspectedInstitution
"""What can be taken back when it was recorded by mistake."""
PARTS: Final[Mapping[type[Removable], str]] = {
    InterimMessage: "message",
    SupervisionVisit: "visit",
    MeasureClaim: "claim",
    InspectedInstitution: "institution",
}
REPORTED: Final = (
    *("published_on", "published_precision", "published_source"),
    *("judgement", "findings", "no_measure", "document"),
)
"""What the report says of an institution, and not that it is in the inspection."""


def locked(inspection: Inspection) -> Inspection:
    """The inspection, held until the transaction ends: whatever depends on it waits."""
    row: Inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    return row


def save_inspection(
    *,
    institution: Institution,
    inspection: Inspection,
    authorities: Collection[Authority],
    today: date,
    by: User,
) -> InspectedInstitution:
    """Record an inspection in which the institution is one, or change it; its place in it.

    ``authorities`` inspect. ``today`` is the Amsterdam day. Raises RefusedError with a sentence.
    """
    with refused_in_words():
        before = Inspection.objects.filter(pk=inspection.pk).values_list("framework_id").first()
        row, _is_changed = held_with(inspection)
        _check(row, authorities, today)
        if before:
            _check_what_hangs_on_it(row, framework_was=before[0])
        is_new = row._state.adding
        save_by(row, by)
        tie(row, {"authorities": authorities}, by)
        found = row.institutions.filter(institution=institution).first()
        if found is None:
            found = InspectedInstitution(inspection=row, institution=institution)
            save_by(found, by)
        record(INSPECTION.saved(new=is_new), row, "", by)
        return found


def _check(row: Inspection, authorities: Collection[Authority], today: date) -> None:
    """What an inspection says of itself."""
    if not authorities:
        raise RefusedError(_("Choose who inspects."), "authorities")
    if not (row.announced or row.fieldwork or row.planned):
        raise RefusedError(
            _("Give a day: of the announcement, of the field work, or on which a report is due."),
            "announced",
        )
    if row.announced and row.announced.first > today:
        raise RefusedError(
            _("The announcement is yet to come. Record it once it is there."), "announced"
        )
    if certainly_before(row.fieldwork, row.announced):
        raise RefusedError(FIELDWORK_FIRST, "fieldwork")
    if certainly_before(row.planned, row.announced):
        raise RefusedError(
            _("The report is expected before the announcement. Change one of the two days."),
            "planned",
        )
    if row.framework and row.framework.authority not in authorities:
        raise RefusedError(
            _("This framework belongs to another authority. Choose one of who inspects."),
            "framework",
        )


def _check_what_hangs_on_it(row: Inspection, framework_was: int | None) -> None:
    places = list(row.institutions.prefetch_related("measures"))
    if row.covers is not None and len(places) > row.covers:
        raise RefusedError(
            _("%(here)s institutions are recorded in this inspection. Give that number or more.")
            % {"here": len(places)},
            "covers",
        )
    judged = NormVerdict.objects.filter(inspected__inspection=row)
    if framework_was not in (None, row.framework_id) and judged.exists():
        raise RefusedError(
            _("Verdicts are recorded on norms of this framework. Remove those first."), "framework"
        )
    for stem, day in (("announced", row.announced), ("fieldwork", row.fieldwork)):
        if any(certainly_before(place.published, day) for place in places):
            raise RefusedError(
                _("A report was published before this day. Change one of the two."), stem
            )
    if any(
        certainly_before(measure.imposed, row.announced)
        for place in places
        for measure in place.measures.all()
    ):
        raise RefusedError(
            _("A measure was imposed before this day. Change one of the two."), "announced"
        )
    if any(certainly_before(message.sent, row.announced) for message in row.messages.all()):
        raise RefusedError(
            _("An interim message was sent before this day. Change one of the two."), "announced"
        )


def save_institution(*, inspected: InspectedInstitution, by: User) -> InspectedInstitution:
    """Record another institution of the same inspection, of which only the name is kept.

    Raises RefusedError for one more than the inspection covers, and for a name twice.
    """
    with refused_in_words():
        inspection = locked(inspected.inspection)
        if inspected.institution_id is not None:
            raise RefusedError(_("The name of this institution is kept elsewhere."), "name")
        places = inspection.institutions.select_related("institution").exclude(pk=inspected.pk)
        is_new = inspected._state.adding
        if is_new and inspection.covers is not None and len(places) >= inspection.covers:
            raise RefusedError(
                _("This inspection covers %(covers)s institutions, and all of them are here.")
                % {"covers": inspection.covers}
            )
        if any(str(place).casefold() == inspected.name.casefold() for place in places):
            raise RefusedError(NAME_TAKEN, "name")
        row, _is_changed = held_with(inspected, but=REPORTED)
        save_by(row, by)
        record(INSPECTION.changed, inspection, "institution", by)
        return row


def save_message(*, message: InterimMessage, today: date, by: User) -> InterimMessage:
    """Record what the inspectorates told before or beside the report, or change it.

    Raises RefusedError for a message before the announcement or yet to come.
    """
    with refused_in_words():
        inspection = locked(message.inspection)
        row, _is_changed = held_with(message)
        sent = row.sent
        assert sent is not None  # each has a day
        if sent.first > today:
            raise RefusedError(_("The message is yet to come. Record it once it is there."), "sent")
        if certainly_before(sent, inspection.announced):
            raise RefusedError(
                _("The message lies before the announcement. Change one of the two days."), "sent"
            )
        if not row.text.strip():
            raise RefusedError(_("Say in a sentence what the message tells."), "text")
        save_by(row, by)
        record(INSPECTION.changed, inspection, "message", by)
        return row


def remove(*, row: Removable, by: User) -> None:
    """Take back what was recorded by mistake; it stays in the history.

    Raises RefusedError for an institution on which something hangs.
    """
    if isinstance(row, InspectedInstitution):
        if row.institution_id is not None:
            raise RefusedError(_("This page is about that institution; it stays."))
        if row.verdicts.exists() or row.measures.exists():
            raise RefusedError(_("Verdicts are recorded on this institution. Remove those first."))
    with transaction.atomic():
        record(INSPECTION.changed, _inspection_of(row), f"{PARTS[type(row)]} removed", by)
        vars(row)["_history_user"] = by
        row.delete()


def _inspection_of(row: Removable) -> Inspection:
    if isinstance(row, InterimMessage | InspectedInstitution):
        return row.inspection
    return row.measure.inspected.inspection


def record(kind: KindOfAct, inspection: Inspection, detail: str, by: User) -> None:
    """Write down what was done to an inspection, once for each institution of the portal in it."""
    places = inspection.institutions.exclude(institution=None).select_related("institution")
    for place in places:
        record_act(kind=kind, on=place, detail=detail, institution=place.institution, by=by)
