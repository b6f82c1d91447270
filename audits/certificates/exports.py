"""The registers of certificates and of conditions, as they are exported."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from audits.certificates.selectors.pages import certificate_page, certificates_of, until_in_words
from audits.rules.registers import Register, RegisterColumn
from audits.selectors.visibility import SourceVisibility
from certification.imprecise_days import ImpreciseDay
from certification.sentences import in_words
from jbn_oversight.organisations.models import Institution


def register_of_certificates(
    institution: Institution, day: date, sight: SourceVisibility
) -> Register:
    """All certificates known on the (Amsterdam) day, the latest decision first."""
    why = _("Why granted all the same")
    rows = []
    for row in certificates_of(institution):
        if row.decided.first > day:
            continue
        page = certificate_page(row, day)
        rows.append(
            (
                page.standing.view.kind_label,
                page.standing.view.authority,
                in_words(row.decided),
                page.lead[0],
                _words(row.starts),
                until_in_words(row),
                str(row.months or ""),
                yes_no_unknown(row.improvement_plausible),
                yes_no_unknown(row.no_fundamental_shortcomings),
                " ".join(
                    f"{point.shortcoming.rstrip('.')}. {why}: {point.rationale}"
                    for point in page.weighing
                ),
                "; ".join(
                    f"{each.get_kind_display()} ({in_words(each.decided)})"
                    for each in page.decisions
                ),
                row.remark,
                sight.words(row.decided_source),
            )
        )
    return Register(
        title=_("Certificates of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Kind")),
            RegisterColumn(_("Body")),
            RegisterColumn(_("Decided")),
            RegisterColumn(_("How it stands"), long=True),
            RegisterColumn(_("First day")),
            RegisterColumn(_("Last day")),
            RegisterColumn(_("Term in months")),
            RegisterColumn(_("Improvement is plausible")),
            RegisterColumn(_("No fundamental shortcomings")),
            RegisterColumn(_("Weighing"), long=True),
            RegisterColumn(_("Later decisions"), long=True),
            RegisterColumn(_("Remark"), long=True),
            RegisterColumn(_("Source"), long=True),
        ),
        rows=tuple(rows),
    )


def register_of_conditions(
    institution: Institution, day: date, sight: SourceVisibility
) -> Register:
    """The conditions of all certificates known on the (Amsterdam) day."""
    rows = []
    for row in certificates_of(institution):
        if row.decided.first > day:
            continue
        page = certificate_page(row, day)
        certificate = f"{page.standing.view.kind_label} ({in_words(row.decided)})"
        for line in page.conditions:
            rows.append(
                (
                    certificate,
                    line.row.text,
                    line.kpi_label,
                    "; ".join(str(finding) for finding in line.findings),
                    _words(line.row.due),
                    _words(line.met),
                    line.word,
                    sight.words(line.row.source),
                    sight.words(line.row.met_source if line.met else None),
                )
            )
    return Register(
        title=_("Conditions of certificates of %(institution)s")
        % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Certificate")),
            RegisterColumn(_("Condition"), long=True),
            RegisterColumn(_("Figure")),
            RegisterColumn(_("Findings"), long=True),
            RegisterColumn(_("To be met by")),
            RegisterColumn(_("Met on")),
            RegisterColumn(_("State")),
            RegisterColumn(_("Source"), long=True),
            RegisterColumn(_("Source that tells it is met"), long=True),
        ),
        rows=tuple(rows),
    )


def yes_no_unknown(value: bool | None) -> str:
    """A judgement in words."""
    if value is None:
        return _("not known")
    return _("yes") if value else _("no")


def _words(day: ImpreciseDay | None) -> str:
    return in_words(day) if day else ""
