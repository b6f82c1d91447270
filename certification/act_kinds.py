"""Acts on uploads, on computed figures and on the phases of charts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from certification.rights import SEE_RUNS
from jbn_oversight.acts.act_kinds import KindOfAct, kinds_of_thing

UPLOAD_HANDED_OVER: Final = KindOfAct("certification.upload_handed_over", _("upload handed over"))
UPLOAD_STARTED_AGAIN: Final = KindOfAct(
    "certification.upload_started_again", _("upload that had stopped let through again")
)
UPLOAD_TAKEN_BACK: Final = KindOfAct(
    "certification.upload_taken_back", _("upload that had stopped taken back")
)
RUN_ASKED: Final = KindOfAct(
    "certification.run_asked",
    _("figures asked to be computed again"),
    path="/runs/{key}/",
    opens=SEE_RUNS,
)
PHASE: Final = kinds_of_thing("certification.chart_phase", _("phase of a chart"))

KINDS: Final = (
    UPLOAD_HANDED_OVER,
    UPLOAD_STARTED_AGAIN,
    UPLOAD_TAKEN_BACK,
    RUN_ASKED,
    *PHASE,
)
