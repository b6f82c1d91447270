"""The first sentences of the pages about audits, written by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.audits_held.selectors.pages import AuditView, FindingView


def findings_sentence(findings: Sequence[FindingView]) -> str:
    """How many findings are open of how many, and of which category; never a bare number."""
    if not findings:
        return _("No findings are recorded.")
    total = len(findings)
    still = [finding for finding in findings if finding.state.is_open]
    if not still:
        return ngettext(
            "The one finding is closed.",
            "All %(total)s findings are closed.",
            total,
        ) % {"total": total}
    sentence = ngettext(
        "%(open)s finding is open, of %(total)s: %(categories)s.",
        "%(open)s findings are open, of %(total)s: %(categories)s.",
        len(still),
    ) % {"open": len(still), "total": total, "categories": in_words(still)}
    accepted = sum(finding.row.deviation_accepted for finding in still)
    if accepted:
        sentence += " " + (
            ngettext(
                "Of these, the body accepted %(n)s deviation.",
                "Of these, the body accepted %(n)s deviations.",
                accepted,
            )
            % {"n": accepted}
        )
    return sentence


def in_words(findings: Sequence[FindingView]) -> str:
    """Categories with their counts: "1 × kritisch feit, 2 × tekortkoming", the gravest first."""
    places = {
        finding.category: finding.row.category.position if finding.row.category else 999
        for finding in findings
    }
    counts = Counter(finding.category for finding in findings)
    parts = [
        _("%(n)s × %(category)s") % {"n": counts[category], "category": category}
        for category in sorted(counts, key=lambda category: places[category])
    ]
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def audit_sentence(view: AuditView, findings: Sequence[FindingView]) -> str:
    """What an alderman wants to know of one audit: how it stands with its findings."""
    if not view.is_over:
        if view.planned is None:
            return _("This audit is not planned yet, as far as known.")
        return _("This audit is planned for %(day)s; it was not held yet, as far as known.") % {
            "day": view.planned.words
        }
    return findings_sentence(findings)


def reviews_sentence(counts: Counter[str]) -> str:
    """What this audit made of earlier findings; empty where it judged none."""
    total = sum(counts.values())
    if not total:
        return ""
    parts = [
        words % {"n": counts[key]}
        for key, words in (
            ("closed", _("%(n)s closed")),
            ("still_open", _("%(n)s still open")),
            ("reopened", _("%(n)s opened again")),
        )
        if counts[key]
    ]
    return ngettext(
        "It judged %(total)s earlier finding: %(parts)s.",
        "It judged %(total)s earlier findings: %(parts)s.",
        total,
    ) % {"total": total, "parts": ", ".join(parts)}
