"""What the certifying body and the inspectorates said per theme, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from audits.audits_held.selectors.pages import FindingView, findings_of
from audits.comparison.rules.disagreement import (
    Leaning,
    Party,
    PartyJudgement,
    of_certificate,
    of_judgement,
    of_theme,
)
from audits.comparison.rules.sides import WHOLE, ComparedMatter, PartyVerdict, Side
from audits.models.comparison import ComparisonTheme, DisagreementNote
from audits.models.inspections import (
    WITHOUT_JUDGEMENT,
    InspectedInstitution,
    NormVerdict,
    SupervisionMeasure,
)
from audits.rules.known import known_on
from audits.rules.moments import moment
from certification.certificates.selectors import CertificateView, authority_name, certificates_known
from certification.models.frameworks import NormTheme
from certification.sentences import day_in_words, in_words
from jbn_oversight.organisations.models import Authority, AuthorityKind, Institution

Norm: TypeAlias = tuple[str, str]
"""Code of a framework and of a theme in it, whatever the version."""
_NONE: Final = Leaning.NOT_JUDGED
_UNDECIDED: Final = frozenset({"requested", "lapsed"})


def matters(institution: Institution, day: date) -> list[ComparedMatter]:
    """The institution as a whole, and then every theme, as known on the (Amsterdam) day."""
    certificate = _certificate(institution, day)
    reports = _reports(institution, day)
    inspectorates = _inspectorates(reports, day) or _name(
        AuthorityKind.INSPECTS, day, _("the inspectorate")
    )
    body = (
        certificate.authority
        if certificate
        else _name(AuthorityKind.CERTIFIES, day, _("the certifying body"))
    )
    whole = ComparedMatter(
        code=WHOLE,
        title=_("The institution as a whole"),
        theme_id=None,
        body=Side(Party.CERTIFYING_BODY, body, (_certificate_said(certificate, day),)),
        inspectorate=Side(Party.INSPECTORATE, inspectorates, tuple(_whole_said(reports, day))),
    )
    themes = list(ComparisonTheme.objects.prefetch_related("norm_themes__framework"))
    if not themes:
        return [whole]
    norms = {row.pk: (row.framework.code, row.code) for row in _norm_themes()}
    findings = findings_of(institution, day)
    verdicts = _verdicts(institution, day)
    result = [whole]
    for theme in themes:
        mine = {(row.framework.code, row.code) for row in theme.norm_themes.all()}
        open_ones = [each for each in findings if _is_open(each) and _norm_of(each, norms) in mine]
        said = [_verdict_said(verdicts[norm]) for norm in sorted(mine) if norm in verdicts]
        result.append(
            ComparedMatter(
                code=theme.code,
                title=theme.title,
                theme_id=theme.pk,
                body=Side(
                    Party.CERTIFYING_BODY,
                    body,
                    tuple(_theme_said(certificate, open_ones, day)),
                ),
                inspectorate=Side(
                    Party.INSPECTORATE,
                    inspectorates,
                    tuple(said) or (_no_verdict(theme.code, day),),
                ),
                kpis=tuple(theme.kpis),
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class Notes:
    """The explanations about one institution."""

    rows: tuple[DisagreementNote, ...]
    """The latest first."""

    def fitting(self, theme_id: int | None, sha256: str) -> DisagreementNote | None:
        """The last explanation of exactly these verdicts."""
        fits = (r for r in self.rows if (r.theme_id, r.facts_sha256) == (theme_id, sha256))
        return next(fits, None)

    def others(
        self, theme_id: int | None, shown: DisagreementNote | None
    ) -> tuple[DisagreementNote, ...]:
        """Every other explanation on the matter: of other verdicts, or written before."""
        return tuple(r for r in self.rows if r.theme_id == theme_id and r != shown)


def notes_of(institution: Institution) -> Notes:
    """Every explanation about the institution."""
    rows = DisagreementNote.objects.filter(institution=institution)
    return Notes(tuple(rows.select_related("written_by")))


def _name(kind: AuthorityKind, day: date, otherwise: str) -> str:
    """What the first authority with this task is called; in general words where there is none."""
    row = Authority.objects.which(kind).prefetch_related("names").first()
    return authority_name(row, day) if row else otherwise


def _certificate(institution: Institution, day: date) -> CertificateView | None:
    """The latest decision that works on the day; one that ran out or is not taken yet, last."""
    known = certificates_known(institution, day)
    begun = [view for view in known if (view.starts or view.decided).first <= day]
    decided = [view for view in begun if view.status not in _UNDECIDED]
    return next(iter((*decided, *begun)), None)


def _stand(day: date) -> str:
    return day_in_words(day, about=False)


def _certificate_said(view: CertificateView | None, day: date) -> PartyVerdict:
    if view is None:
        none = PartyJudgement(Party.CERTIFYING_BODY, "certificate", "none", _NONE)
        return PartyVerdict(none, "", _("no certificate is known"), _stand(day))
    words = _("%(kind)s, %(status)s") % {"kind": view.kind_label, "status": view.status_label}
    direction = of_certificate(view.kind, view.status)
    return PartyVerdict(
        PartyJudgement(
            Party.CERTIFYING_BODY,
            f"certificate:{view.public_id}",
            f"{view.kind}:{view.status}",
            direction,
        ),
        "",
        words,
        view.decided_words,
        view.decided_source,
    )


def _theme_said(
    certificate: CertificateView | None, findings: Iterable[FindingView], day: date
) -> list[PartyVerdict]:
    """Open shortcomings; without any that the body did not accept, the certificate speaks."""
    found = list(findings)
    unaccepted = [each for each in found if not each.row.deviation_accepted]
    said = [_finding_said(each) for each in found]
    if unaccepted:
        return said
    whole = _certificate_said(certificate, day)
    direction = of_theme(whole.verdict.direction, 0)
    words = _("%(certificate)s; no open shortcoming is recorded on this theme") % {
        "certificate": whole.words
    }
    if certificate is not None and direction is _NONE:
        words = _("%(certificate)s; no verdict on this theme alone is known") % {
            "certificate": whole.words
        }
    verdict = PartyJudgement(
        whole.verdict.party, whole.verdict.about, whole.verdict.value, direction
    )
    return [PartyVerdict(verdict, "", words, whole.stand, whole.source), *said]


def _finding_said(view: FindingView) -> PartyVerdict:
    accepted = view.row.deviation_accepted
    names = {"category": view.category, "number": view.row.reference, "state": view.state_words}
    if accepted:
        words = _("%(category)s %(number)s: %(state)s, deviation accepted") % names
    else:
        words = _("%(category)s %(number)s: %(state)s") % names
    code = view.row.category.code if view.row.category else ""
    return PartyVerdict(
        PartyJudgement(
            Party.CERTIFYING_BODY,
            f"finding:{view.public_id}",
            f"{code}:{view.state.value}",
            _NONE if accepted else Leaning.NEGATIVE,
        ),
        view.theme,
        words,
        view.reviews[-1].audit_title if view.reviews else view.audit_title,
        view.reviews[-1].source if view.reviews else view.row.source,
        view.row.text,
    )


def _is_open(view: FindingView) -> bool:
    category = view.row.category
    return view.state.is_open and (category is None or category.is_shortcoming)


def _norm_themes() -> Iterable[NormTheme]:
    return NormTheme.objects.select_related("framework")


def _norm_of(view: FindingView, norms: Mapping[int, Norm]) -> Norm | None:
    row = view.row
    theme_id = row.requirement.theme_id if row.requirement else row.theme_id
    return norms.get(theme_id or 0)


def _reports(institution: Institution, day: date) -> list[InspectedInstitution]:
    """Reports that were out on the day, the latest first."""
    rows = InspectedInstitution.objects.of(institution)
    return [row for row in rows if known_on(moment(row.published, row.published_source), day)]


def _inspectorates(reports: list[InspectedInstitution], day: date) -> str:
    if not reports:
        return ""
    bodies = reports[0].inspection.authorities.all()
    return _(" and ").join(authority_name(each, day) for each in bodies)


def _whole_said(reports: list[InspectedInstitution], day: date) -> Iterable[PartyVerdict]:
    """The judgement of the latest report, and every measure that runs."""
    if not reports:
        yield _no_verdict("whole", day)
        return
    latest = reports[0]
    yield PartyVerdict(
        PartyJudgement(
            Party.INSPECTORATE,
            f"report:{latest.public_id}",
            latest.judgement,
            of_judgement(latest.judgement),
        ),
        _("Report"),
        latest.get_judgement_display(),
        in_words(latest.published),
        latest.published_source,
    )
    for row in reports:
        for measure in row.measures.all():
            if _runs(measure, day):
                yield _measure_said(measure)


def _runs(measure: SupervisionMeasure, day: date) -> bool:
    begun = measure.imposed is not None and measure.imposed.first <= day
    return begun and (measure.ended is None or measure.ended.last >= day)


def _measure_said(measure: SupervisionMeasure) -> PartyVerdict:
    return PartyVerdict(
        PartyJudgement(
            Party.INSPECTORATE,
            f"measure:{measure.public_id}",
            measure.kind,
            Leaning.NEGATIVE,
        ),
        _("Measure"),
        measure.get_kind_display(),
        in_words(measure.imposed),
        measure.imposed_source,
    )


def _verdicts(institution: Institution, day: date) -> dict[Norm, NormVerdict]:
    """By norm the verdict of the latest report that judged it; else one without judgement."""
    rows = NormVerdict.objects.filter(inspected__institution=institution).select_related(
        "theme__framework", "source", "inspected__published_source"
    )
    known = [
        row
        for row in rows
        if known_on(moment(row.inspected.published, row.inspected.published_source), day)
    ]
    known.sort(
        key=lambda row: (
            row.verdict not in WITHOUT_JUDGEMENT,
            row.inspected.published_on or date.min,
            row.pk,
        )
    )
    return {(row.theme.framework.code, row.theme.code): row for row in known}


def _verdict_said(row: NormVerdict) -> PartyVerdict:
    return PartyVerdict(
        PartyJudgement(
            Party.INSPECTORATE,
            f"norm:{row.theme.framework.code}/{row.theme.code}@{row.inspected.public_id}",
            row.verdict,
            of_judgement(row.verdict),
        ),
        row.theme.title,
        row.get_verdict_display(),
        in_words(row.inspected.published),
        row.source,
        row.remark,
    )


def _no_verdict(about: str, day: date) -> PartyVerdict:
    none = PartyJudgement(Party.INSPECTORATE, f"nothing:{about}", "none", _NONE)
    return PartyVerdict(none, "", _("no verdict is known"), _stand(day))
