"""Record and change a certificate. Each function is one transaction and refuses in a sentence."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.act_kinds import CERTIFICATE
from audits.actions import held_with
from audits.certificates.actions.refusals import refused_in_words
from audits.certificates.rules.terms import LONGEST, MONTHS_BY_LAW, ends_after, fits
from audits.certificates.sentences.pages import reckoned
from certification.certificates.actions import save_by
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate, CertificateKind, CertificateStatus
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.refusals import RefusedError

EARLIEST = date(2015, 1, 1)
"""The Jeugdwet, and with it the certificate, exists since this day."""


def save_certificate(*, certificate: Certificate, today: date, by: User) -> Certificate:
    """Record a certificate, or change it. Raises RefusedError.

    ``today`` is the Amsterdam day: what was decided cannot be still to come.
    """
    _check(certificate, today)
    with refused_in_words():
        row, _is_changed = held_with(certificate)
        row.remark = row.remark.strip()
        if row.pk:
            _check_parts(row)
        is_new = row._state.adding
        save_by(row, by)
        record_act(kind=CERTIFICATE.saved(new=is_new), on=row, institution=row.institution, by=by)
    return row


def _check(row: Certificate, today: date) -> None:
    decided, starts, ends = row.decided, row.starts, row.ends
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
    if row.applied and row.applied.first > decided.last:
        raise RefusedError(
            _("The decision lies before the application. Change one of the two days."), "applied"
        )
    if starts and ends and ends.last < starts.first:
        raise RefusedError(_("The last day lies before the first. Change one of the two."), "ends")
    if ends and ends.last < decided.first:
        raise RefusedError(
            _("The last day lies before the decision (%(decided)s). Change one of the two.")
            % {"decided": in_words(decided)},
            "ends",
        )
    if row.status == CertificateStatus.GRANTED:
        _check_term(row)
    elif starts or ends or row.months:
        raise RefusedError(
            _("Only a certificate that was granted has a term and days. Leave them out."), "status"
        )


def _check_term(row: Certificate) -> None:
    months, starts, ends = row.months, row.starts, row.ends
    by_law = MONTHS_BY_LAW.get(CertificateKind(row.kind))
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
            % {"kind": row.get_kind_display(), "months": by_law},
            "months",
        )
    if starts is None:
        return
    reckoned_end = ends_after(starts, months)
    if ends is None:
        if reckoned_end is not None:
            raise LastDayOfferedError(starts, months, reckoned_end)
        return
    if not fits(starts, months, ends):
        end = reckoned_end or ends_after(ImpreciseDay(starts.last), months)
        assert end is not None
        raise RefusedError(
            _("%(reckoned)s Here stands %(ends)s. Change the first day, the term or the last day.")
            % {"reckoned": reckoned(starts, months, end), "ends": in_words(ends)},
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


def _check_parts(row: Certificate) -> None:
    """What depends on the certificate still fits the days it would have now."""
    decided = row.decided
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
    if decisions and row.status != CertificateStatus.GRANTED:
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
