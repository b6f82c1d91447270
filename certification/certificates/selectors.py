"""What pages ask about certificates: which one holds on a day, and how far its end is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import (
    IN_FORCE,
    Certificate,
    CertificateCondition,
    CertificateStatus,
)
from certification.models.decisions import DecisionKind
from certification.models.sources import Source
from certification.sentences import day_in_words, in_words
from jbn_oversight.organisations.models import Authority, Institution


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition as it stood on a day."""

    text: str
    kpi: str
    due: ImpreciseDay | None
    met: ImpreciseDay | None
    """Since when it is met, as far as that was so on the day."""
    source: Source


@dataclass(frozen=True, slots=True)
class CertificateView:
    """The certificate that holds on a day, as a page tells of it."""

    public_id: str
    kind: str
    kind_label: str
    status: str
    status_label: str
    authority: str
    """The certifying body's name on that day."""
    decided: ImpreciseDay
    starts: ImpreciseDay | None
    ends: ImpreciseDay | None
    until: date | None
    """Its last day; of an end known to the month only, that month's last day."""
    about: bool
    """Whether that last day is an estimate of this kind."""
    days_left: int | None
    """Whole days from the day to the last day; 0 on the last day itself."""
    term_unknown: bool
    months: int | None
    improvement_plausible: bool | None
    no_fundamental_shortcomings: bool | None
    conditions: tuple[ConditionView, ...]
    decided_source: Source
    starts_source: Source | None
    ends_source: Source | None
    remark: str

    @property
    def conditions_met(self) -> int:
        """How many conditions are met on the day."""
        return sum(condition.met is not None for condition in self.conditions)

    @property
    def until_words(self) -> str:
        """The last day in words, with "about" where it belongs; or "not known"."""
        return in_words(None) if self.until is None else day_in_words(self.until, about=self.about)

    @property
    def decided_words(self) -> str:
        """The day of the decision in words."""
        return in_words(self.decided)


def certificates_known(institution: Institution, day: date) -> list[CertificateView]:
    """Every certificate decided by that day, the latest first, also those that ran out."""
    return [
        view_on(certificate, day)
        for certificate in Certificate.objects.of(institution)
        if certificate.decided.first <= day
    ]


def certificate_on(institution: Institution, day: date) -> CertificateView | None:
    """The certificate that holds on the (Amsterdam) day; None where none is known to hold.

    Of several the one decided last counts. A certificate without a known first day holds from
    its decision; one without a known last day is taken to hold on.
    """
    return holding_of(certificates_known(institution, day), day)


def holding_of(known: Iterable[CertificateView], day: date) -> CertificateView | None:
    """Of the certificates known on the day, the latest first, the one that holds."""
    return next((view for view in known if holds_on(view, day)), None)


def holds_on(view: CertificateView, day: date) -> bool:
    """Whether the institution may work with it on the day of the view."""
    begun = (view.starts or view.decided).first <= day
    return view.status in IN_FORCE and begun and (view.until is None or day <= view.until)


def status_on(certificate: Certificate, day: date) -> CertificateStatus:
    """Where it stands on the day: the decision that worked last, or lapsed when its days ran out.

    A decision works from the day it names, else from the day on which it was taken; that it is
    not renewed leaves it in force until its last day.
    """
    status = CertificateStatus(certificate.status)
    if status in (CertificateStatus.REQUESTED, CertificateStatus.NOT_RENEWED):
        return status
    restricted = not_renewed = False
    for decision in certificate.decisions.all():
        works = decision.effective or decision.decided
        if works is None or works.first > day:
            continue
        if decision.kind == DecisionKind.WITHDRAWN:
            return CertificateStatus.WITHDRAWN
        restricted = restricted or decision.kind == DecisionKind.RESTRICTED
        if decision.kind == DecisionKind.RESUMED:
            status = CertificateStatus.RESTRICTED if restricted else CertificateStatus.GRANTED
        elif decision.kind != DecisionKind.NOT_RENEWED:
            status = CertificateStatus(decision.kind)
        elif decision.effective is not None:
            return CertificateStatus.NOT_RENEWED
        else:
            not_renewed = True
    ends = certificate.ends
    if ends is not None and ends.last < day:
        return CertificateStatus.NOT_RENEWED if not_renewed else CertificateStatus.LAPSED
    return status


def view_on(certificate: Certificate, day: date) -> CertificateView:
    """The certificate as a page tells of it on the day."""
    ends = certificate.ends
    status = status_on(certificate, day)
    return CertificateView(
        kind=certificate.kind,
        kind_label=certificate.get_kind_display(),
        public_id=certificate.public_id,
        status=status,
        status_label=str(status.label),
        authority=authority_name(certificate.authority, day),
        decided=certificate.decided,
        starts=certificate.starts,
        ends=ends,
        until=ends.last if ends else None,
        about=ends is not None and ends.about,
        days_left=(ends.last - day).days if ends else None,
        term_unknown=ends is None,
        months=certificate.months,
        improvement_plausible=certificate.improvement_plausible,
        no_fundamental_shortcomings=certificate.no_fundamental_shortcomings,
        conditions=tuple(_condition(row, day) for row in certificate.conditions.all()),
        decided_source=certificate.decided_source,
        starts_source=certificate.starts_source,
        ends_source=certificate.ends_source,
        remark=certificate.remark,
    )


def _condition(row: CertificateCondition, day: date) -> ConditionView:
    met = row.met
    return ConditionView(
        text=row.text,
        kpi=row.kpi,
        due=row.due,
        met=met if met and met.last <= day else None,
        source=row.source,
    )


def authority_name(authority: Authority, day: date) -> str:
    """The authority's name on the day, from rows already fetched; its code where none is known."""
    for row in authority.names.all():
        if row.from_on <= day and (row.until_on is None or day < row.until_on):
            return row.name
    return authority.code
