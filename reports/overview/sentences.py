"""The first line of the dashboard, written by rules from the facts, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.certificates.selectors import CertificateView
from certification.compliance.rules.judging import Verdict
from reports.figure_pages.rules.movement import Movement
from reports.figure_pages.selectors.rows import KpiLine
from reports.figures.selectors.figures import FigureScope, FigureTable


@dataclass(frozen=True, slots=True)
class NormCount:
    """How many norms were met in a month, of how many that could be judged."""

    month: date
    met: int
    judged: int


def norms_met(table: FigureTable, place: FigureScope, month: date) -> NormCount:
    """The norms of one place in one month."""
    judged = [
        figure
        for (_kpi, scope, code, each), figure in table.cells.items()
        if (scope, code, each) == (place.scope, place.code, month) and figure.judged
    ]
    met = sum(figure.verdict is Verdict.MET for figure in judged)
    return NormCount(month, met, len(judged))


def certificate_sentence(certificate: CertificateView | None, on: date) -> str:
    """Whether the certificate holds, and for how long."""
    if certificate is None:
        return _("No certificate is known that holds on this day.")
    names: dict[str, object] = {"kind": certificate.kind_label, "days": certificate.days_left}
    days = certificate.days_left
    if days is None:
        return _("The %(kind)s holds; how long is not known.") % names
    if days == 0:
        return _("The %(kind)s ends today.") % names
    if certificate.about:
        return (
            ngettext(
                "The %(kind)s ends in about %(days)s day.",
                "The %(kind)s ends in about %(days)s days.",
                days,
            )
            % names
        )
    return (
        ngettext("The %(kind)s ends in %(days)s day.", "The %(kind)s ends in %(days)s days.", days)
        % names
    )


def norms_sentence(now: NormCount, before: NormCount | None) -> str:
    """How many norms are met, and how many that were; empty where nothing could be judged."""
    if not now.judged:
        return ""
    names: dict[str, object] = {"met": now.met, "judged": now.judged}
    if before is None or not before.judged:
        return (
            ngettext(
                "%(met)s of %(judged)s norm is met.",
                "%(met)s of %(judged)s norms are met.",
                now.judged,
            )
            % names
        )
    names |= {"month": _month(before.month, now.month), "was": before.met}
    if before.met == now.met:
        return (
            ngettext(
                "%(met)s of %(judged)s norm is met, as many as in %(month)s.",
                "%(met)s of %(judged)s norms are met, as many as in %(month)s.",
                now.judged,
            )
            % names
        )
    return (
        ngettext(
            "%(met)s of %(judged)s norm is met; in %(month)s it was %(was)s.",
            "%(met)s of %(judged)s norms are met; in %(month)s it was %(was)s.",
            now.judged,
        )
        % names
    )


def _month(month: date, now: date) -> str:
    return date_format(month, "F" if month.year == now.year else "F Y")


def movement_sentence(lines: Sequence[KpiLine]) -> str:
    """How many figures get better and how many worse; empty where none moves."""
    better = sum(line.movement is Movement.BETTER for line in lines)
    worse = sum(line.movement is Movement.WORSE for line in lines)
    if not better and not worse:
        return ""
    names: dict[str, object] = {"better": better, "worse": worse}
    if not worse:
        return (
            ngettext(
                "%(better)s figure improves and none gets worse.",
                "%(better)s figures improve and none gets worse.",
                better,
            )
            % names
        )
    if not better:
        return (
            ngettext(
                "No figure improves and %(worse)s gets worse.",
                "No figure improves and %(worse)s get worse.",
                worse,
            )
            % names
        )
    return _("Of the figures %(better)s improve and %(worse)s get worse.") % names


def overdue_sentence(count: int) -> str:
    """How many appointments are late; empty where none is."""
    if not count:
        return ""
    return ngettext(
        "%(count)s appointment is overdue.", "%(count)s appointments are overdue.", count
    ) % {"count": count}


def tasks_sentence(count: int) -> str:
    """How many briefings wait for the reader; empty where none does."""
    if not count:
        return ""
    return ngettext(
        "%(count)s briefing waits for you.", "%(count)s briefings wait for you.", count
    ) % {"count": count}
