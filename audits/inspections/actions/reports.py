"""Record a report: when it was published, and the verdict as a whole and on each norm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audits.act_kinds import INSPECTION
from audits.actions import held_with
from audits.inspections.actions.inspections import locked, record
from audits.inspections.actions.refusals import refused_in_words
from audits.models.inspections import (
    NOT_PUBLISHED,
    InspectedInstitution,
    Judgement,
    NormVerdict,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import save_by
from certification.models.frameworks import NormTheme
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError


def save_report(*, inspected: InspectedInstitution, today: date, by: User) -> InspectedInstitution:
    """Record the report on an institution, or change it; ``today`` is the Amsterdam day.

    Raises RefusedError for a verdict without a report, and for days that contradict others.
    """
    with refused_in_words():
        inspection = locked(inspected.inspection)
        row, _is_changed = held_with(inspected)
        published = row.published
        if published is None:
            _check_nothing_is_said(row)
        else:
            if published.first > today:
                raise RefusedError(
                    _("The report is yet to come. Write the day as expected with the inspection."),
                    "published",
                )
            if certainly_before(published, inspection.announced):
                raise RefusedError(
                    _("The report lies before the announcement. Change one of the two days."),
                    "published",
                )
            if certainly_before(published, inspection.fieldwork):
                raise RefusedError(
                    _("The report lies before the field work. Change one of the two days."),
                    "published",
                )
        if row.document is not None and row.document.institution_id != row.institution_id:
            raise RefusedError(
                _("This document is about another institution. Choose another."), "document"
            )
        if row.no_measure and row.measures.exists():
            raise RefusedError(
                _("A measure is recorded, so the report cannot say that none follows."),
                "no_measure",
            )
        save_by(row, by)
        record(INSPECTION.changed, inspection, "report", by)
        return row


def _check_nothing_is_said(row: InspectedInstitution) -> None:
    """Without a report there is nothing that it could have said."""
    if row.verdicts.exists():
        raise RefusedError(
            _("Verdicts on norms are recorded, so there is a report. Remove those first."),
            "published",
        )


@dataclass(frozen=True, slots=True)
class VerdictFields:
    """The verdict on one norm; ``judgement`` None where it is not known."""

    judgement: Judgement | None
    remark: str = ""


def save_verdicts(
    *,
    inspected: InspectedInstitution,
    verdicts: Mapping[NormTheme, VerdictFields],
    source: Source,
    by: User,
) -> int:
    """Record the verdicts on these norms, all or none; how many of them changed.

    The same once more changes nothing; None takes a verdict back. Raises RefusedError, whose
    ``field`` is the code of the norm, where there is no report yet or the norm is of another
    framework.
    """
    with refused_in_words():
        inspection = locked(inspected.inspection)
        inspected.refresh_from_db(fields=["published_on"])
        known = {row.theme_id: row for row in inspected.verdicts.all()}
        changed = 0
        for theme, verdict in verdicts.items():
            said = verdict.judgement is not None or verdict.remark
            if said and inspected.published_on is None:
                raise RefusedError(NOT_PUBLISHED, theme.code)
            if theme.framework_id != inspection.framework_id:
                raise RefusedError(
                    _("This norm is of another framework than the inspection measured against."),
                    theme.code,
                )
            changed += _save(inspected, theme, verdict, known.get(theme.pk), source, by)
        if changed:
            record(INSPECTION.changed, inspection, "verdicts", by)
        return changed


def _save(
    inspected: InspectedInstitution,
    theme: NormTheme,
    verdict: VerdictFields,
    row: NormVerdict | None,
    source: Source,
    by: User,
) -> bool:
    if verdict.judgement in (None, Judgement.UNKNOWN):
        if verdict.remark:
            raise RefusedError(
                _("A remark stands here without a verdict. Choose the verdict that it is about."),
                theme.code,
            )
        if row is not None:
            vars(row)["_history_user"] = by
            row.delete()
        return row is not None
    said = (verdict.judgement, verdict.remark, source.pk)
    if row is not None and (row.verdict, row.remark, row.source_id) == said:
        return False
    row = row or NormVerdict(inspected=inspected, theme=theme)
    row.verdict, row.remark, row.source = said[0] or "", verdict.remark, source
    save_by(row, by)
    return True
