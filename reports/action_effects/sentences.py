"""What became of a figure after an action, in words. They say "after", never "because of"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from certification.control_charts.rules.limits import RUN, Effect, EffectOutcome
from certification.indicators.rules.shapes import Kpi
from reports.documents.sentences import in_unit, month_of


def effect_sentence(effect: Effect, kpi: Kpi, works_from: date) -> str:
    """The answer in sentences: the means before and after, and what may be said of them."""
    if effect.outcome is EffectOutcome.TOO_FEW:
        return _(
            "There are too few months to say whether the figure changed after the action: "
            "%(before)s before it and %(after)s after. At least %(least)s of each are needed."
        ) % {"before": effect.before.count, "after": effect.after.count, "least": RUN}
    unit = kpi.unit
    assert effect.before.centre is not None
    assert effect.after.centre is not None
    names = {
        "month": month_of(works_from),
        "before": in_unit(effect.before.centre, unit),
        "after": in_unit(effect.after.centre, unit),
    }
    first = {
        EffectOutcome.BETTER: _("After the action, from %(month)s on, the figure improved."),
        EffectOutcome.WORSE: _("After the action, from %(month)s on, the figure got worse."),
        EffectOutcome.HIGHER: _("After the action, from %(month)s on, the figure went up."),
        EffectOutcome.LOWER: _("After the action, from %(month)s on, the figure went down."),
        EffectOutcome.NO_DIFFERENCE: _(
            "After the action, from %(month)s on, no difference can be shown."
        ),
    }[effect.outcome]
    parts = [
        first,
        _("The mean of the months before is %(before)s, of the months after %(after)s."),
    ]
    if effect.moved_already:
        parts.append(_("The figure was moving already before the action."))
    return " ".join(parts) % names


def no_months_sentence(works_from: date, last: date | None) -> str:
    """Why nothing can be compared: the months lie all on one side of the action."""
    if last is None:
        return _("There are no figures yet, so nothing can be compared.")
    if last < works_from:
        return _(
            "There are too few months: the figures run until %(last)s, and the action should show "
            "from %(month)s on."
        ) % {"last": month_of(last), "month": month_of(works_from)}
    return _("There are too few months: no figures are known of the time before %(month)s.") % {
        "month": month_of(works_from)
    }
