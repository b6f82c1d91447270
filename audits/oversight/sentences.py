"""The first sentences of the page, written by rules from what was known on the day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.models.inspections import SupervisoryMeasure
from audits.oversight.selectors import InspectionView
from certification.certificates.selectors import CertificateView
from certification.sentences import last_day_in_words


def certificate_sentence(view: CertificateView | None, day: date) -> str:
    """Whether a certificate holds on the day and how long still."""
    if view is None:
        return _("No certificate is known that holds on this day.")
    kind = {"kind": view.kind_label, "authority": view.authority, "on": view.decided_words}
    if view.days_left is None:
        return (
            _("%(authority)s decided on a %(kind)s (%(on)s); how long it holds is not known.")
            % kind
        )
    if view.days_left == 0:
        if view.about:
            return _("The %(kind)s ends at about this day.") % kind
        return _("The %(kind)s ends today.") % kind
    days = {"kind": view.kind_label, "days": view.days_left}
    if view.about:
        return (
            ngettext(
                "The %(kind)s ends in about %(days)s day.",
                "The %(kind)s ends in about %(days)s days.",
                view.days_left,
            )
            % days
        )
    return (
        ngettext(
            "The %(kind)s ends in %(days)s day.",
            "The %(kind)s ends in %(days)s days.",
            view.days_left,
        )
        % days
    )


def supervision_sentence(view: InspectionView | None) -> str:
    """What the inspectorates found and laid on, apart from the certificate."""
    if view is None:
        return _("No inspection is known.")
    names = {"inspectorates": _inspectorates(view), "measure": view.measure_label}
    if view.published is None:
        return _("There is no report yet of %(inspectorates)s.") % names
    if view.measure == SupervisoryMeasure.NONE:
        return _("No measure is in place of %(inspectorates)s.") % names
    if view.term_ends is None:
        return _("There is %(measure)s of %(inspectorates)s.") % names
    return _("There is %(measure)s of %(inspectorates)s, up to and including %(day)s.") % {
        **names,
        "day": last_day_in_words(view.term_ends.on),
    }


def _inspectorates(view: InspectionView) -> str:
    if len(view.authorities) == 1:
        return _("the %(inspectorate)s") % {"inspectorate": view.authorities[0]}
    return _("the inspectorates")
