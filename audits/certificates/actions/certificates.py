"""Record and change a certificate. Each function is one transaction and refuses in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.certificates.actions.refusals import refused_in_words
from audits.certificates.rules.terms import LONGEST, MONTHS_BY_LAW, ends_after, fits
from audits.certificates.sentences.pages import reckoned
from certification.certificates.actions import Said, said_columns, save_by
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate, CertificateKind, CertificateStatus
from certification.models.sources import Source
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.refusals import RefusedError

EARLIEST = date(2015, 1, 1)
"""The Jeugdwet, and with it the certificate, exists since this day."""


@dataclass(frozen=True, slots=True)
class CertificateFields:
    """A certificate as a letter tells it, in the letter's order; what it leaves out is None."""

    authority: Authority
    decided: tuple[ImpreciseDay, Source]
    status: CertificateStatus
    kind: CertificateKind
    applied: Said = None
    starts: Said = None
    months: int | None = None
    ends: Said = None
    improvement_plausible: bool | None = None
    no_fundamental_shortcomings: bool | None = None
    remark: str = ""


def save_certificate(
    *,
    certificate: Certificate | None,
    institution: Institution,
    fields: CertificateFields,
    today: date,
    by: User,
) -> Certificate:
    """Record a certificate, or change the one given. Raises RefusedError.

    ``today`` is the Amsterdam day: what was decided cannot be still to come.
    """
    _check(fields, today)
    with refused_in_words():
        if certificate is None:
            row = Certificate(institution=institution)
        else:
            row = Certificate.objects.select_for_update().get(pk=certificate.pk)
            _check_parts(row, fields)
        row.authority = fields.authority
        row.kind = fields.kind
        row.status = fields.status
        row.months = fields.months
        row.improvement_plausible = fields.improvement_plausible
        row.no_fundamental_shortcomings = fields.no_fundamental_shortcomings
        row.remark = fields.remark.strip()
        for stem in ("applied", "decided", "starts", "ends"):
            for name, value in said_columns(stem, getattr(fields, stem)).items():
                setattr(row, name, value)
        save_by(row, by)
    return row


def _check(fields: CertificateFields, today: date) -> None:
    decided, applied = fields.decided[0], fields.applied
    if decided.first > today:
        raise RefusedError(
            _("The day of the decision is yet to come. Fill in the day that the letter names."),
            "decided",
        )
    if decided.first < EARLIEST:
        raise RefusedError(
            _("Before %(day)s there were no certificates. Correct the year.")
            % {"day": date_format(EARLIEST, "j F Y")},
            "decided",
        )
    if applied and applied[0].first > decided.last:
        raise RefusedError(
            _("The decision lies before the application. Change one of the two days."), "applied"
        )
    if fields.starts and fields.ends and fields.ends[0].last < fields.starts[0].first:
        raise RefusedError(_("The last day lies before the first. Change one of the two."), "ends")
    if fields.ends and fields.ends[0].last < decided.first:
        raise RefusedError(
            _("The last day lies before the decision (%(decided)s). Change one of the two.")
            % {"decided": in_words(decided)},
            "ends",
        )
    if fields.status == CertificateStatus.GRANTED:
        _check_term(fields)
    elif fields.starts or fields.ends or fields.months:
        raise RefusedError(
            _("Only a certificate that was granted has a term and days. Leave them out."), "status"
        )


def _check_term(fields: CertificateFields) -> None:
    months, by_law = fields.months, MONTHS_BY_LAW.get(fields.kind)
    if months is None:
        return
    if not 1 <= months <= LONGEST:
        raise RefusedError(
            _("A term has 1 to %(most)s months. Correct the number.") % {"most": LONGEST}, "months"
        )
    if by_law is not None and months != by_law:
        raise RefusedError(
            _(
                "A %(kind)s holds for %(months)s months by law. Fill in that number, leave the "
                "term out, or choose another kind."
            )
            % {"kind": fields.kind.label, "months": by_law},
            "months",
        )
    if fields.starts is None:
        return
    starts = fields.starts[0]
    reckoned_end = ends_after(starts, months)
    if fields.ends is None:
        if reckoned_end is not None:
            raise LastDayOfferedError(starts, months, reckoned_end)
        return
    if not fits(starts, months, fields.ends[0]):
        end = reckoned_end or ends_after(ImpreciseDay(starts.last), months)
        assert end is not None
        raise RefusedError(
            _("%(reckoned)s Here stands %(ends)s. Change the first day, the term or the last day.")
            % {"reckoned": reckoned(starts, months, end), "ends": in_words(fields.ends[0])},
            "ends",
        )


class LastDayOfferedError(Exception):
    """The first day and the term give a last day: it is offered, and somebody confirms it."""

    def __init__(self, starts: ImpreciseDay, months: int, ends: ImpreciseDay) -> None:
        super().__init__(
            _(
                "%(reckoned)s That day is filled in below. Compare it with the letter and "
                "record again."
            )
            % {"reckoned": reckoned(starts, months, ends)}
        )
        self.ends = ends


def _check_parts(row: Certificate, fields: CertificateFields) -> None:
    """What depends on the certificate still fits the days it would have now."""
    decided = fields.decided[0]
    for condition in row.conditions.all():
        if condition.met and condition.met.last < decided.first:
            raise RefusedError(
                _(
                    "A condition was met before this day (%(met)s). Change that condition first, "
                    "or the day of the decision."
                )
                % {"met": in_words(condition.met)},
                "decided",
            )
    decisions = list(row.decisions.all())
    if decisions and fields.status != CertificateStatus.GRANTED:
        raise RefusedError(
            _(
                "Later decisions stand with this certificate. Remove them first, or keep it "
                "granted."
            ),
            "status",
        )
    for decision in decisions:
        if decision.decided and decision.decided.last < decided.first:
            raise RefusedError(
                _(
                    "A later decision would lie before this day (%(day)s). Change that decision "
                    "first, or the day here."
                )
                % {"day": in_words(decision.decided)},
                "decided",
            )
