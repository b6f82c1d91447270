"""Acts on what is recorded of certificates, audits, inspections, plans and papers.

Their detail says which part it was; words of a paper never stand in it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from audits.documents.selectors import acts_on_known_papers
from audits.rights import SEE_TIMELINE
from jbn_oversight.acts.act_kinds import KindOfAct, kinds_of_thing

_PARTS: Final = {
    "weighing": _("what was weighed"),
    "condition": _("a condition"),
    "decision": _("a later decision"),
    "judged": _("findings judged"),
    "cause": _("a cause"),
    "institution": _("an institution in it"),
    "message": _("an interim message"),
    "report": _("the report"),
    "verdicts": _("verdicts on norms"),
    "measure": _("a measure"),
    "lifted": _("a measure lifted"),
    "visit": _("a visit"),
    "claim": _("what another source says"),
    "removed": _("taken back"),
    "progress": _("progress"),
    "done": _("done"),
    "dropped": _("dropped"),
    "resumed": _("taken up again"),
    "evidence": _("evidence"),
    "answered": _("answered"),
    "decided": _("decided which source to follow"),
    "quoted": _("a quoted passage"),
    "tied": _("a fact tied to a passage"),
    "untied": _("a fact untied from a passage"),
}
_ONE: Final = "/oversight/{institution}/"


def _at(path: str) -> dict[str, object]:
    return {"path": f"{_ONE}{path}", "opens": SEE_TIMELINE, "words": _PARTS}


CERTIFICATE: Final = kinds_of_thing(
    "audits.certificate", _("certificate"), **_at("certificates/{key}/")
)
AUDIT: Final = kinds_of_thing("audits.audit", _("audit"), **_at("audits/{key}/"))
FINDING: Final = kinds_of_thing("audits.finding", _("finding"), **_at("findings/"))
INSPECTION: Final = kinds_of_thing(
    "audits.inspection", _("inspection"), **_at("inspections/{key}/")
)
PLAN: Final = kinds_of_thing("audits.plan", _("plan"), **_at("plans/"))
STUDY: Final = kinds_of_thing("audits.study", _("study"), **_at("plans/studies/"))
RECOMMENDATION: Final = kinds_of_thing(
    "audits.recommendation", _("recommendation"), **_at("plans/studies/")
)
ACTION: Final = kinds_of_thing(
    "audits.action", _("action of a plan"), **_at("findings/actions/{key}/")
)
EVENT: Final = kinds_of_thing("audits.event", _("event"), **_at("events/"))
CONTRADICTION: Final = kinds_of_thing("audits.contradiction", _("contradiction"), **_at("events/"))
EXPLAINED: Final = KindOfAct("audits.disagreement_explained", _("disagreement explained"))
THEME: Final = kinds_of_thing("audits.theme", _("theme of the comparison"))
FRAMEWORK: Final = kinds_of_thing("audits.framework", _("framework of norms"))
CATEGORY: Final = kinds_of_thing("audits.category", _("word for findings"))
PAPER: Final = kinds_of_thing(
    "audits.paper", _("paper of the register"), visible=acts_on_known_papers, words=_PARTS
)
PAPER_RELEASED: Final = KindOfAct(
    "audits.paper_released", _("paper of the register released"), visible=acts_on_known_papers
)
PAPER_WITHDRAWN: Final = KindOfAct(
    "audits.paper_withdrawn", _("paper of the register withdrawn"), visible=acts_on_known_papers
)
PAPER_READERS: Final = KindOfAct(
    "audits.paper_readers",
    _("readers of a paper under embargo named"),
    visible=acts_on_known_papers,
)

KINDS: Final = (
    *CERTIFICATE,
    *AUDIT,
    *FINDING,
    *INSPECTION,
    *PLAN,
    *STUDY,
    *RECOMMENDATION,
    *ACTION,
    *EVENT,
    *CONTRADICTION,
    EXPLAINED,
    *THEME,
    *FRAMEWORK,
    *CATEGORY,
    *PAPER,
    PAPER_RELEASED,
    PAPER_WITHDRAWN,
    PAPER_READERS,
)
