"""What pages ask about audits and findings, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from audits.audits_held.rules.findings import FindingState, Judged, state_after
from audits.models.audits import Audit
from audits.models.findings import Cause, Finding, FindingReview
from audits.models.plans import PlanAction
from audits.rules.audit_days import is_held, order_key
from audits.rules.known import announced_by, known_on
from audits.rules.moments import Moment, moment
from certification.certificates.selectors import authority_name
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.sources import Source
from certification.sentences import in_words
from jbn_oversight.organisations.models import Institution


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What a re-audit made of a finding."""

    audit_title: str
    audit_id: str
    """Public id of the re-audit."""
    judged: Judged
    label: str
    remark: str
    source: Source


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it stood on a day."""

    row: Finding
    audit_title: str
    audit_id: str
    theme: str
    requirement: str
    category: str
    state: FindingState
    state_words: str
    reviews: tuple[ReviewView, ...]
    causes: tuple[Cause, ...]
    actions: tuple[PlanAction, ...]
    conditions: tuple[CertificateCondition, ...]
    """Of certificates that were decided by the day."""

    @property
    def public_id(self) -> str:
        """Its key in addresses."""
        return self.row.public_id

    @property
    def last_remark(self) -> str:
        """What the latest re-audit that said something wrote."""
        return self.reviews[-1].remark if self.reviews else ""


@dataclass(frozen=True, slots=True)
class JudgedHere:
    """A finding of an earlier audit, and what this one made of it."""

    finding: FindingView
    review: ReviewView


@dataclass(frozen=True, slots=True)
class ThemeView:
    """Findings of one theme; without a theme the title says so."""

    title: str
    findings: tuple[FindingView, ...]

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(finding.state.is_open for finding in self.findings)


@dataclass(frozen=True, slots=True)
class AuditView:
    """An audit as it stood on a day."""

    row: Audit
    title: str
    authority: str
    planned: Moment | None
    planned_until: date | None
    held: Moment | None
    outcome: str
    outcome_known: Moment | None

    @property
    def public_id(self) -> str:
        """Its key in addresses."""
        return self.row.public_id

    @property
    def is_over(self) -> bool:
        """Whether it was held; an outcome without a day of the audit says so too."""
        return self.held is not None or self.outcome_known is not None

    @property
    def day(self) -> ImpreciseDay | None:
        """The day that it was held, or its outcome known, as far as known."""
        known = self.held or self.outcome_known
        return known.on if known else None


def title_of(audit: Audit) -> str:
    """Its kind and number, as pages name it."""
    return _("%(kind)s %(number)s") % {
        "kind": audit.get_kind_display(),
        "number": audit.sequence_no,
    }


def title_of_certificate(certificate: Certificate) -> str:
    """Its kind and the day of its decision."""
    return _("%(kind)s of %(day)s") % {
        "kind": certificate.get_kind_display(),
        "day": in_words(certificate.decided),
    }


def conditions_of(institution: Institution) -> QuerySet[CertificateCondition]:
    """Every condition of the institution's certificates, of the latest certificate first."""
    rows = CertificateCondition.objects.filter(certificate__institution=institution)
    return rows.select_related("certificate").order_by("-certificate__decided_on", "pk")


def audit_view(row: Audit, day: date) -> AuditView:
    """The audit as far as it was known on the day."""
    outcome_known = known_on(moment(row.outcome_known, row.outcome_source), day)
    planned = announced_by(moment(row.planned, row.planned_source), day)
    return AuditView(
        row=row,
        title=title_of(row),
        authority=authority_name(row.authority, day),
        planned=planned,
        planned_until=row.planned_until_on if planned else None,
        held=known_on(moment(row.held, row.held_source), day),
        outcome=row.outcome if outcome_known else "",
        outcome_known=outcome_known,
    )


def audits_of(institution: Institution) -> list[Audit]:
    """All audits of the institution in the order in which they were or will be held."""
    rows = Audit.objects.of(institution).select_related(
        "institution", "framework", "follow_up_of", "document__source"
    )
    return sorted(rows, key=order_key)


def findings_of(institution: Institution, day: date) -> list[FindingView]:
    """All findings of audits known on the day, by audit and number, with their state that day."""
    audits = {row.pk: audit_view(row, day) for row in audits_of(institution)}
    places = {pk: place for place, pk in enumerate(audits)}
    rows = Finding.objects.filter(found_in__institution=institution).select_related(
        "theme",
        "requirement__theme",
        "category",
        "source",
        "due_source",
        "passage__version__document__source",
    )
    for prefetch in (
        Prefetch("reviews", FindingReview.objects.select_related("source")),
        Prefetch("causes", Cause.objects.select_related("source")),
        Prefetch("actions", PlanAction.objects.order_by("due_on")),
        Prefetch("conditions", CertificateCondition.objects.select_related("certificate")),
    ):
        rows = rows.prefetch_related(prefetch)
    shown = [
        _finding_view(row, audits, day)
        for row in rows
        if audits[row.found_in_id or 0].is_over and _out(row.source, day)
    ]
    return sorted(
        shown, key=lambda view: (places[view.row.found_in_id or 0], _natural(view.row.reference))
    )


def _natural(reference: str) -> tuple[tuple[int, int, str], ...]:
    """ "2.10" after "2.9"."""
    parts = reference.replace("-", ".").split(".")
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts
    )


def _out(source: Source, day: date) -> bool:
    """Whether the source was out by the day; one without a day counts as out."""
    return source.published is None or source.published.first <= day


def _finding_view(row: Finding, audits: dict[int, AuditView], day: date) -> FindingView:
    found_in = audits[row.found_in_id or 0]
    reviews = tuple(
        ReviewView(
            audit_title=audits[review.re_audit_id].title,
            audit_id=audits[review.re_audit_id].public_id,
            judged=Judged(review.outcome),
            label=review.get_outcome_display(),
            remark=review.remark,
            source=review.source,
        )
        for review in sorted(
            row.reviews.all(), key=lambda each: order_key(audits[each.re_audit_id].row)
        )
        if audits[review.re_audit_id].is_over and _out(review.source, day)
    )
    state = state_after(review.judged for review in reviews)
    theme = row.requirement.theme if row.requirement else row.theme
    return FindingView(
        row=row,
        audit_title=found_in.title,
        audit_id=found_in.public_id,
        theme=theme.title if theme else "",
        requirement=str(row.requirement) if row.requirement else "",
        category=row.category.label if row.category else "",
        state=state,
        state_words=_state_words(state, reviews),
        reviews=reviews,
        causes=tuple(row.causes.all()),
        actions=tuple(row.actions.all()),
        conditions=tuple(
            each
            for each in row.conditions.all()
            if each.certificate.decided and each.certificate.decided.first <= day
        ),
    )


def _state_words(state: FindingState, reviews: tuple[ReviewView, ...]) -> str:
    """The state, and at which audit it came about."""
    if state is FindingState.CLOSED:
        last = next(each for each in reversed(reviews) if each.judged is Judged.CLOSED)
        return _("closed at %(audit)s") % {"audit": last.audit_title}
    if state is FindingState.REOPENED:
        last = next(each for each in reversed(reviews) if each.judged is Judged.REOPENED)
        return _("opened again at %(audit)s") % {"audit": last.audit_title}
    if reviews:
        return _("still open at %(audit)s") % {"audit": reviews[-1].audit_title}
    return _("open")


def by_theme(audit: Audit, findings: Iterable[FindingView]) -> list[ThemeView]:
    """The findings under the themes of the audit's framework, in its order."""
    groups: dict[str, list[FindingView]] = {}
    if audit.framework:
        groups = {theme.title: [] for theme in audit.framework.themes.all()}
    for finding in findings:
        groups.setdefault(finding.theme, []).append(finding)
    nowhere = _("Without a theme")
    return [ThemeView(title or nowhere, tuple(found)) for title, found in groups.items() if found]


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A finding of an earlier audit, how it stood before this one, and what this one said."""

    finding: Finding
    state: FindingState
    review: FindingReview | None


def to_judge(re_audit: Audit) -> list[ToJudge]:
    """Findings of earlier audits that a re-audit can judge: open ones, and closed ones, that may
    be opened again."""
    mine = order_key(re_audit)
    rows = (
        Finding.objects.filter(
            found_in__institution=re_audit.institution, found_in__authority=re_audit.authority
        )
        .exclude(found_in=re_audit)
        .select_related("found_in", "category", "theme", "requirement")
        .prefetch_related(Prefetch("reviews", FindingReview.objects.select_related("re_audit")))
    )
    found = []
    for row in rows:
        if row.found_in is None or order_key(row.found_in) > mine or not is_held(row.found_in):
            continue
        reviews = sorted(row.reviews.all(), key=lambda each: order_key(each.re_audit))
        before = state_after(
            Judged(each.outcome) for each in reviews if order_key(each.re_audit) < mine
        )
        own = next((each for each in reviews if each.re_audit_id == re_audit.pk), None)
        place = (order_key(row.found_in), _natural(row.reference))
        found.append((place, ToJudge(row, before, own)))
    return [line for _place, line in sorted(found, key=lambda pair: pair[0])]
