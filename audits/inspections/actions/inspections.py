"""Record inspections, the institutions in them, and interim messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from audits.inspections.actions.refusals import (
    FIELDWORK_FIRST,
    TITLE_TAKEN,
    refused_in_words,
)
from audits.models.inspections import (
    InspectedInstitution,
    Inspection,
    InterimMessage,
    MeasureClaim,
    NormVerdict,
    SupervisionVisit,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import Said, said_columns, save_by
from certification.imprecise_days import ImpreciseDay
from certification.models.frameworks import NormFramework
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.refusals import RefusedError

SaidDay = tuple[ImpreciseDay, Source]
Removable: TypeAlias = InterimMessage | SupervisionVisit | MeasureClaim | InspectedInstitution
"""What can be taken back when it was recorded by mistake."""


@dataclass(frozen=True, slots=True)
class InspectionFields:
    """What the announcement says, and what came of it until the report."""

    title: str
    authorities: tuple[Authority, ...]
    covers: int | None = None
    framework: NormFramework | None = None
    announced: Said = None
    fieldwork: Said = None
    planned: Said = None


def locked(inspection: Inspection) -> Inspection:
    """The inspection, held until the transaction ends: whatever depends on it waits."""
    row: Inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    return row


def put(row: models.Model, **said: Said) -> None:
    """Set the three columns of each roughly known day."""
    for stem, value in said.items():
        for column, content in said_columns(stem, value).items():
            setattr(row, column, content)


def save_inspection(
    *,
    institution: Institution,
    inspection: Inspection | None,
    fields: InspectionFields,
    today: date,
    by: User,
) -> InspectedInstitution:
    """Record an inspection in which the institution is one, or change it; its place in it.

    ``today`` is the Amsterdam day. Raises RefusedError with a sentence.
    """
    with refused_in_words():
        row = Inspection() if inspection is None else locked(inspection)
        _check(row, fields, today)
        row.title, row.covers, row.framework = fields.title, fields.covers, fields.framework
        put(row, announced=fields.announced, fieldwork=fields.fieldwork, planned=fields.planned)
        save_by(row, by)
        if set(row.authorities.all()) != set(fields.authorities):
            row.authorities.set(fields.authorities)
        found = row.institutions.filter(institution=institution).first()
        if found is None:
            found = InspectedInstitution(inspection=row, institution=institution)
            save_by(found, by)
        return found


def _check(row: Inspection, fields: InspectionFields, today: date) -> None:
    """What an inspection says of itself and of what depends on it."""
    announced, fieldwork, planned = (
        said[0] if said else None for said in (fields.announced, fields.fieldwork, fields.planned)
    )
    if not fields.authorities:
        raise RefusedError(_("Choose who inspects."), "authorities")
    if Inspection.objects.filter(title=fields.title).exclude(pk=row.pk).exists():
        raise RefusedError(TITLE_TAKEN, "title")
    if not (announced or fieldwork or planned):
        raise RefusedError(
            _("Give a day: of the announcement, of the field work, or on which a report is due."),
            "announced",
        )
    if announced and announced.first > today:
        raise RefusedError(
            _("The announcement is yet to come. Record it once it is there."), "announced"
        )
    if certainly_before(fieldwork, announced):
        raise RefusedError(FIELDWORK_FIRST, "fieldwork")
    if certainly_before(planned, announced):
        raise RefusedError(
            _("The report is expected before the announcement. Change one of the two days."),
            "planned",
        )
    framework = fields.framework
    if framework and framework.authority not in fields.authorities:
        raise RefusedError(
            _("This framework belongs to another authority. Choose one of who inspects."),
            "framework",
        )
    if row.pk:
        _check_what_hangs_on_it(row, fields)


def _check_what_hangs_on_it(row: Inspection, fields: InspectionFields) -> None:
    places = list(row.institutions.prefetch_related("measures"))
    if fields.covers is not None and len(places) > fields.covers:
        raise RefusedError(
            _("%(here)s institutions are recorded in this inspection. Give that number or more.")
            % {"here": len(places)},
            "covers",
        )
    judged = NormVerdict.objects.filter(inspected__inspection=row)
    if row.framework_id and row.framework != fields.framework and judged.exists():
        raise RefusedError(
            _("Verdicts are recorded on norms of this framework. Remove those first."), "framework"
        )
    for stem, said in (("announced", fields.announced), ("fieldwork", fields.fieldwork)):
        day = said[0] if said else None
        if any(certainly_before(place.published, day) for place in places):
            raise RefusedError(
                _("A report was published before this day. Change one of the two."), stem
            )
    announced = fields.announced[0] if fields.announced else None
    if any(
        certainly_before(measure.imposed, announced)
        for place in places
        for measure in place.measures.all()
    ):
        raise RefusedError(
            _("A measure was imposed before this day. Change one of the two."), "announced"
        )
    if any(certainly_before(message.sent, announced) for message in row.messages.all()):
        raise RefusedError(
            _("An interim message was sent before this day. Change one of the two."), "announced"
        )


def save_institution(
    *, inspection: Inspection, inspected: InspectedInstitution | None, name: str, by: User
) -> InspectedInstitution:
    """Record another institution of the same inspection, of which only the name is kept.

    Raises RefusedError for one more than the inspection covers, and for a name twice.
    """
    with refused_in_words():
        row = locked(inspection)
        places = [
            place
            for place in row.institutions.select_related("institution")
            if inspected is None or place.pk != inspected.pk
        ]
        if inspected is None and row.covers is not None and len(places) >= row.covers:
            raise RefusedError(
                _("This inspection covers %(covers)s institutions, and all of them are here.")
                % {"covers": row.covers}
            )
        if any(str(place).casefold() == name.casefold() for place in places):
            raise RefusedError(
                _("An institution with this name is in this inspection already. Change that one."),
                "name",
            )
        if inspected is not None and inspected.institution_id is not None:
            raise RefusedError(_("The name of this institution is kept elsewhere."), "name")
        place = inspected or InspectedInstitution(inspection=row)
        place.name = name
        save_by(place, by)
        return place


def save_message(
    *,
    inspection: Inspection,
    message: InterimMessage | None,
    sent: SaidDay,
    text: str,
    today: date,
    by: User,
) -> InterimMessage:
    """Record what the inspectorates told before or beside the report, or change it.

    Raises RefusedError for a message before the announcement or yet to come.
    """
    with refused_in_words():
        row = locked(inspection)
        if sent[0].first > today:
            raise RefusedError(_("The message is yet to come. Record it once it is there."), "sent")
        if certainly_before(sent[0], row.announced):
            raise RefusedError(
                _("The message lies before the announcement. Change one of the two days."), "sent"
            )
        if not text.strip():
            raise RefusedError(_("Say in a sentence what the message tells."), "text")
        kept = message or InterimMessage(inspection=row)
        kept.text = text
        put(kept, sent=sent)
        save_by(kept, by)
        return kept


def remove(*, row: Removable, by: User) -> None:
    """Take back what was recorded by mistake; it stays in the history.

    Raises RefusedError for an institution on which something hangs.
    """
    if isinstance(row, InspectedInstitution):
        if row.institution_id is not None:
            raise RefusedError(_("This page is about that institution; it stays."))
        if row.verdicts.exists() or row.measures.exists():
            raise RefusedError(_("Verdicts are recorded on this institution. Remove those first."))
    vars(row)["_history_user"] = by
    row.delete()
