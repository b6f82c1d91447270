"""The first sentences of the page of one inspection, written by rules."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.inspections.selectors.pages import InspectionPage, MeasureView
from audits.models.inspections import WITHOUT_JUDGEMENT, Judgement
from certification.sentences import last_day_in_words


def inspection_sentence(page: InspectionPage) -> str:
    """What the inspectorates judged of the institution, and which measure runs."""
    view, own = page.view, page.own
    if view is None:
        return _("Nothing was known of this inspection yet on this day.")
    if own.published is None:
        if view.planned:
            return _("There is no report yet. It is expected: %(day)s.") % {
                "day": view.planned.words
            }
        return _("There is no report yet.")
    said = {"who": own.name, "day": own.published.words, "judgement": own.label}
    if own.judgement == Judgement.FALLS_SHORT:
        sentence = _("%(who)s falls short, as far as is public (%(day)s).") % said
    elif own.judgement in WITHOUT_JUDGEMENT:
        sentence = _("The report on %(who)s is published (%(day)s).") % said
    else:
        sentence = _("%(who)s %(judgement)s (%(day)s).") % said
    return f"{sentence} {measures_sentence(own.running, is_none=own.no_measure)}"


def measures_sentence(running: tuple[MeasureView, ...], *, is_none: bool) -> str:
    """Which measures run, and until when."""
    if not running:
        return _("No measure followed.") if is_none else _("No measure is known that runs.")
    names = _(" and ").join(measure.label for measure in running)
    sentence = _("There is %(measures)s.") % {"measures": names}
    terms = [term_sentence(measure) for measure in running if measure.term_ends]
    return " ".join([sentence, *terms])


def term_sentence(measure: MeasureView) -> str:
    """How long the term to improve still counts, or since when it is over."""
    if measure.term_ends is None:
        return ""
    day = {"day": last_day_in_words(measure.term_ends.on)}
    left = measure.days_left
    if left is None:
        return _("The term to improve was up to and including %(day)s.") % day
    if left < 0:
        return (
            _(
                "The term to improve was up to and including %(day)s. That the measure was lifted "
                "is not recorded."
            )
            % day
        )
    if measure.about:
        words = ngettext(
            "About %(n)s day is left to improve: up to and including %(day)s.",
            "About %(n)s days are left to improve: up to and including %(day)s.",
            left,
        )
    else:
        words = ngettext(
            "%(n)s day is left to improve: up to and including %(day)s.",
            "%(n)s days are left to improve: up to and including %(day)s.",
            left,
        )
    return words % {**day, "n": left}
